package import Archive
internal import Foundation
internal import GRDB
internal import NIOCore
package import Storage
package import Stores
package import Vocabulary

// A segment is written beside the archive and noted before it is put into the store, and what it tells is done with only when it was
// read back there: killed anywhere, the same segment goes on its way again.
extension FrameArchive {
    /// Tells what is new in this archive to whoever follows: puts it into a store, in segments that follow upon one another. A
    /// capture may go on beside it, and anything else.
    ///
    /// - Parameters:
    ///   - store: where the segments go, best the one where the packs are; it is made ready where it is new.
    ///   - name: what people call this machine; `nil` for what it was called before, with a number where it is to be another one.
    ///   - host: what it is called where nobody ever said.
    ///   - program: and its version, for whoever reads a segment.
    ///   - limit: records of a segment, about.
    ///   - progress: called from the calling task after each segment.
    /// - Throws: `ArchiveError`, ``MachineError``, `StoreError`; `CancellationError`: what was told till then stays so.
    package func publish(
        to store: any ObjectStore, as name: MachineName? = nil, host: String = "machine", mode: PublishMode = .onwards,
        at now: Timestamp, program: String = "printlapse", limit: Int = 4000,
        progress: (PublishReport) -> Void = { _ in }
    ) async throws -> PublishReport {
        try await explained {
            var publisher = Publisher(archive: self, store: store, now: now, program: program, limit: limit)
            try await publisher.begin(as: name, host: host, mode)
            try await publisher.run(progress)
            return publisher.report
        }
    }

    /// Where this archive was published to; `nil` where it was not.
    package func publishedStore() throws(ArchiveError) -> String? {
        try read { try PublicationTable.publication(in: $0)?.store }
    }

    /// Runs work that asks the archive, with errors of SQLite's in the archive's words.
    func explained<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as DatabaseError {
            throw ArchiveError(error, path: path)
        } catch let error as MisreadColumn {
            throw ArchiveError.damaged(path: path, what: error.description)
        }
    }
}

/// One run of publishing.
private struct Publisher {
    let archive: FrameArchive
    let store: any ObjectStore
    let now: Timestamp
    let program: String
    let limit: Int
    var report = PublishReport()

    private var location: String { store.location.description }
    private var path: String { SegmentFile.path(besideArchive: archive.path) }

    init(archive: FrameArchive, store: any ObjectStore, now: Timestamp, program: String, limit: Int) {
        (self.archive, self.store, self.now, self.program, self.limit) = (archive, store, now, program, limit)
    }

    private func publication() throws -> Publication {
        guard let publication = try archive.read({ try PublicationTable.publication(in: $0) }) else {
            throw MachineError.neverPublished
        }
        return publication
    }

    // MARK: Who tells

    /// Settles as which machine and generation this archive tells, and that it is the only one that does.
    mutating func begin(as name: MachineName?, host: String, _ mode: PublishMode) async throws {
        let known = try archive.read { try PublicationTable.publication(in: $0) }
        let location = location
        let isNew = try archive.read { database in
            try Bool.fetchOne(
                database, sql: "SELECT NOT EXISTS (SELECT 1 FROM pack_store WHERE location = ?)", arguments: [location])
                ?? true
        }
        // Before a folder is made a store in which nothing is published after all.
        if let known, mode == .onwards { try await requireLastSegment(of: known) }
        // In the place of one that is not mounted there is to be nothing.
        if known?.store != location, isNew { try await store.prepare() }
        // Two of one name are hard to tell apart.
        let kept = known.map { mode == .separate ? "\($0.name) 2" : $0.name }
        let name = name?.text ?? kept ?? (try? MachineName(host))?.text ?? "machine"
        if let known, mode == .onwards {
            try await requireAlone(known)
            if known.name != name || known.store != location {
                try await archive.commit { try PublicationTable.set(name: name, store: location, in: $0) }
            }
        } else {
            let machine = known.flatMap { mode == .separate ? nil : $0.machine } ?? Self.newMachine()
            let last = try await generations(of: machine).max() ?? 0
            let generation = max(last, machine == known?.machine ? known?.generation ?? 0 : 0) + 1
            try await archive.commit {
                try PublicationTable.begin(
                    machine: machine, name: name, generation: generation, store: location, in: $0)
            }
            SegmentFile.remove(at: path)
        }
        let publication = try publication()
        (report.machine, report.name, report.store) = (publication.machine, publication.name, location)
        (report.generation, report.lastSegment) = (publication.generation, publication.segment)
        if publication.segment == 0 { try await putMarker(of: publication) }
    }

    private static func newMachine() -> String { (0..<8).map { _ in UInt8.random(in: .min ... .max) }.hexadecimal }

    private func generations(of machine: String) async throws -> [Int] {
        try await store.list(MachineMarker.prefix + machine + "-").compactMap { MachineMarker($0.name)?.generation }
    }

    private func putMarker(of publication: Publication) async throws {
        let marker = MachineMarker(machine: publication.machine, generation: publication.generation)
        guard let name = marker.object else { return }
        let bytes = ByteBuffer(string: marker.json)
        let sha256 = SHA256Digest(hashing: bytes)
        // It lies where segments do on their way: none is, before the first one.
        try SegmentFile.write(bytes, to: path)
        defer { SegmentFile.remove(at: path) }
        _ = try await store.put(
            ObjectFile(path: path, size: Int64(bytes.readableBytes), sha256: sha256), as: name)
    }

    /// A store that moved has what was told to it.
    private func requireLastSegment(of known: Publication) async throws {
        guard known.store != location, known.segment > 0, let sha256 = known.sha256 else { return }
        let last = SegmentName(
            machine: known.machine, generation: known.generation, number: known.segment, sha256: sha256)
        if let object = last.object {
            do {
                if try await store.size(of: object) != nil { return }
            } catch StoreError.notPrepared {}
        }
        throw MachineError.otherStore(known: known.store, given: location, segment: known.segment)
    }

    /// - Throws: ``MachineError/fork(machine:store:generation:segment:)`` where the store has what this archive did not write.
    private func requireAlone(_ known: Publication) async throws {
        if let later = try await generations(of: known.machine).max(), later > known.generation {
            throw MachineError.fork(machine: known.name, store: location, generation: later, segment: 1)
        }
        for number in [known.segment, known.segment + 1] where number > 0 {
            for found in try await segments(number, of: known) {
                let isOwn =
                    number == known.segment
                    ? found.sha256 == known.sha256 : found.sha256.description == known.draft?.sha256
                if !isOwn {
                    throw MachineError.fork(
                        machine: known.name, store: location, generation: known.generation, segment: number)
                }
            }
        }
    }

    /// The segments of a number; more than one where two archives tell as one machine.
    private func segments(_ number: Int, of publication: Publication) async throws -> [SegmentName] {
        let prefix = SegmentName.prefix(publication.machine, publication.generation, number)
        return try await store.list("\(prefix)\(number.padded(9))-").compactMap { SegmentName($0.name) }
    }

    // MARK: What is told

    mutating func run(_ progress: (PublishReport) -> Void) async throws {
        if let draft = try publication().draft {
            try await resume(draft)
            progress(report)
        }
        while true {
            try Task.checkCancellation()
            let before = try publication()
            guard try await archive.pool.read({ try SegmentGathering.hasNews(before, in: $0) }) else { return }
            try await archive.commit { try PublicationTable.beginRound(in: $0) }
            let publication = try publication()
            let gathering = try await archive.pool.read { [limit] in
                try SegmentGathering(publication, limit: limit, in: $0).gathered
            }
            if gathering.records.isEmpty {
                try await archive.commit { [now] in
                    try PublicationTable.settle(gathering.cursor, as: nil, at: now, in: $0)
                }
            } else {
                let draft = try await write(gathering, publication)
                try await put(draft, of: publication)
                report.records += gathering.records.count
                progress(report)
            }
            guard gathering.isCut else { return }
        }
    }

    /// Writes a segment beside the archive, and notes that it is on its way.
    private func write(_ gathering: GatheredSegment, _ publication: Publication) async throws -> SegmentDraft {
        let number = publication.segment + 1
        var writer = try SegmentWriter(
            SegmentHeader(
                machine: publication.machine, name: publication.name, generation: publication.generation,
                number: number, previous: publication.sha256?.description, madeAt: now.milliseconds, program: program))
        for record in gathering.records { try writer.append(record) }
        guard let bytes = try writer.finish() else {
            throw MachineError.file(path: path, call: "pack", reason: "there is no memory")
        }
        let draft = SegmentDraft(
            number: number, sha256: SHA256Digest(hashing: bytes).description, bytes: Int64(bytes.readableBytes),
            cursor: gathering.cursor)
        try SegmentFile.write(bytes, to: path)
        try await archive.commit { try PublicationTable.keep(draft, in: $0) }
        return draft
    }

    /// Goes on with a segment that was on its way when this was ended.
    private mutating func resume(_ draft: SegmentDraft) async throws {
        let publication = try publication()
        guard let name = draft.name(of: publication.machine, publication.generation), let object = name.object else {
            return try await archive.commit { try PublicationTable.keep(nil, in: $0) }
        }
        // Without its file it is in the store, or nowhere: then another one is made.
        let isHere = SegmentFile.holds(name.sha256, size: draft.bytes, at: path)
        let isThere = try await store.size(of: object) != nil
        guard isHere || isThere else {
            return try await archive.commit { try PublicationTable.keep(nil, in: $0) }
        }
        try await put(draft, of: publication)
    }

    private mutating func put(_ draft: SegmentDraft, of publication: Publication) async throws {
        guard let name = draft.name(of: publication.machine, publication.generation), let object = name.object else {
            throw MachineError.notAsWritten(store: location, name: "segment \(draft.number)")
        }
        if SegmentFile.holds(name.sha256, size: draft.bytes, at: path) {
            _ = try await store.put(ObjectFile(path: path, size: draft.bytes, sha256: name.sha256), as: object)
        }
        guard try await store.size(of: object) == draft.bytes,
            SHA256Digest(hashing: try await store.read(object, 0..<draft.bytes)) == name.sha256
        else { throw MachineError.notAsWritten(store: location, name: object.rawValue) }
        // One who looked at the same time as we did is seen now, or sees us.
        if try await segments(draft.number, of: publication).contains(where: { $0 != name }) {
            throw MachineError.fork(
                machine: publication.name, store: location, generation: publication.generation, segment: draft.number)
        }
        try await archive.commit { [now] in try PublicationTable.settle(draft.cursor, as: name, at: now, in: $0) }
        SegmentFile.remove(at: path)
        report.segments += 1
        report.bytes += ByteCount(draft.bytes)
        report.lastSegment = draft.number
    }
}
