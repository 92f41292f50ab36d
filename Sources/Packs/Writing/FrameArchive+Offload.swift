internal import Archive
internal import Care
internal import GRDB
internal import NIOCore
package import Storage
package import Stores
package import Vocabulary

// A pack is noted before it is written and relied on only when it was read back; killed anywhere, an offload leaves every picture
// here or in such a pack, and at most a pack that nothing is in.
extension FrameArchive {
    /// Moves pictures into packs, the oldest first, and gives the space back to the file system. A capture may go on beside it.
    ///
    /// - Parameters:
    ///   - store: where the packs go; it is made ready where it is new.
    ///   - total: how many pictures are to go, where that is known, for the progress.
    ///   - progress: called from the calling task, after every pack.
    /// - Returns: what was moved.
    /// - Throws: `ArchiveError`, ``PackError``, `StoreError`; `CancellationError`: what was moved till then stays so.
    package func offload(
        _ request: OffloadRequest, to store: any ObjectStore, at now: Timestamp, total: Int? = nil,
        progress: (OffloadProgress) -> Void = { _ in }
    ) async throws -> OffloadReport {
        // Only where no pack is known to be: in the place of one that is not mounted there is to be nothing.
        if try !read({ try PackTable.isKnown(store.location.description, in: $0) }) { try await store.prepare() }
        var offload = Offload(archive: self, store: store, now: now, total: total)
        offload.report.fileBefore = try fileSize()
        defer { PackFile.remove(at: offload.path) }
        if let age = request.olderThan { try await offload.run(before: now - age, nil, progress) }
        if let keepFree = request.keepFree {
            try await offload.run(before: now - OffloadRequest.youngest, keepFree, progress)
        }
        try await returnSpace()
        try Task.checkCancellation()
        offload.report.fileAfter = try fileSize()
        return offload.report
    }
}

/// One offload.
private struct Offload {
    let archive: FrameArchive
    let store: any ObjectStore
    let now: Timestamp
    let total: Int?
    var report: OffloadReport
    private var sinceReturn = 0

    /// So many packs leave before the archive's file is made shorter; where room is short, each is.
    private static let packsBetweenReturns = 8
    /// Read at once, when a pack is packed or read back.
    private static let pieceSize: Int64 = 4 << 20

    init(archive: FrameArchive, store: any ObjectStore, now: Timestamp, total: Int?) {
        (self.archive, self.store, self.now, self.total) = (archive, store, now, total)
        report = OffloadReport(store: store.location.description)
    }

    var path: String { PackFile.path(besideArchive: archive.path) }

    /// - Parameter keepFree: where it stops as soon as so much is free.
    mutating func run(
        before end: Timestamp, _ keepFree: ByteCount?, _ progress: (OffloadProgress) -> Void
    ) async throws {
        let (kept, all) = try await archive.explained { [now] in
            try await archive.pool.read { database in
                (
                    try KeptPictures(youngFrom: end, now: now, in: database),
                    try OffloadList.all(before: end, in: database)
                )
            }
        }
        var lists = all
        while true {
            if let keepFree {
                report.shortfall = try await archive.explained {
                    try await OffloadRoom.wanting(to: keepFree, beside: archive.path, in: archive.pool)
                }
                guard report.shortfall > .zero else { return }
            }
            guard let oldest = try await oldest(of: &lists, keeping: kept) else { return }
            try await offload(&lists[oldest], keeping: kept)
            progress(OffloadProgress(pictures: report.pictures, total: total))
            sinceReturn += 1
            guard keepFree != nil || sinceReturn >= Self.packsBetweenReturns else { continue }
            sinceReturn = 0
            try await archive.returnSpace()
            try Task.checkCancellation()
        }
    }

    /// The camera whose next picture is the oldest.
    private func oldest(of lists: inout [OffloadList], keeping kept: KeptPictures) async throws -> Int? {
        var found: (index: Int, capturedAt: Timestamp)?
        for index in lists.indices {
            let next = try await archive.explained { [list = lists[index]] in
                var list = list
                let next = try await list.peek(archive.pool, keeping: kept)
                return (list, next)
            }
            lists[index] = next.0
            guard let capturedAt = next.1?.capturedAt else { continue }
            if found.map({ capturedAt < $0.capturedAt }) ?? true { found = (index, capturedAt) }
        }
        return found?.index
    }

    /// One pack.
    private mutating func offload(_ list: inout OffloadList, keeping kept: KeptPictures) async throws {
        guard let draft = try await pack(&list, keeping: kept) else { return }
        let location = store.location.description
        let (name, number) = try await archive.commit { [now] database in
            let store = try PackTable.store(at: location, in: database)
            let name = draft.name(in: store.folder)
            return (name, try PackTable.note(draft, as: name, in: store, at: now, database))
        }
        guard let object = ObjectName(rawValue: name) else {
            throw PackError.notAsWritten(store: location, pack: name)
        }
        _ = try await store.put(draft.file, as: object)
        try await readBack(draft, as: object)
        let (moved, _) = try await archive.commitStep { [now, pictures = archive.pictures] database in
            try PackTable.settle(number, with: draft, at: now, in: pictures, database)
        }
        report.pictures += moved.pictures
        report.bytes += moved.bytes
        report.packs += 1
    }

    /// Writes the camera's next pictures into a pack beside the archive, as many as it takes.
    ///
    /// - Returns: `nil` where there are none to be packed after all.
    private func pack(_ list: inout OffloadList, keeping kept: KeptPictures) async throws -> PackDraft? {
        var writer = try PackWriter(at: path, camera: list.name)
        var packed: Set<SHA256Digest> = []
        while true {
            var (page, bytes) = ([OffloadList.Candidate](), Int64(0))
            var isFull = false
            while bytes < Self.pieceSize, let next = try await list.peek(archive.pool, keeping: kept) {
                // Into an empty pack goes any.
                guard writer.hasRoom(for: bytes + next.bytes, in: page.count + 1) || writer.isEmpty && page.isEmpty
                else {
                    isFull = true
                    break
                }
                list.take()
                guard packed.insert(next.sha256).inserted else { continue }
                page.append(next)
                bytes += next.bytes
            }
            for (frame, candidate, bytes) in try await read(page) {
                try writer.add(frame, bytes, content: candidate.content, stored: candidate.stored)
            }
            if isFull || page.isEmpty { break }
        }
        guard !writer.isEmpty else { return nil }
        return try writer.finish()
    }

    /// The pictures of a page, hashed again. One that was removed meanwhile, or is not what was stored, stays where it is:
    /// `verify` names it.
    private func read(
        _ page: [OffloadList.Candidate]
    ) async throws -> [(ArchivedFrame, OffloadList.Candidate, ByteBuffer)] {
        let found = try await archive.explained { [pictures = archive.pictures] in
            try await archive.pool.read { database in
                try page.compactMap { candidate -> (ArchivedFrame, OffloadList.Candidate, ByteBuffer)? in
                    guard let frame = try FrameTable.frame(candidate.frame, in: database),
                        let record = try PictureTable.record(of: candidate.sha256, in: database),
                        record.content == candidate.content, record.stored == candidate.stored,
                        let bytes = try pictures.getHere(candidate.content, in: database)
                    else { return nil }
                    return (frame, candidate, bytes)
                }
            }
        }
        return found.filter { SHA256Digest(hashing: $0.2) == $0.1.stored }
    }

    /// Reads a pack back from its store, and holds it against what was written.
    private func readBack(_ draft: PackDraft, as name: ObjectName) async throws {
        var hash = SHA256Hash()
        var start: Int64 = 0
        while start < draft.size {
            try Task.checkCancellation()
            let range = start..<min(draft.size, start + 2 * Self.pieceSize)
            let bytes = try await store.read(name, range)
            bytes.withUnsafeReadableBytes { hash.update($0) }
            start = range.upperBound
        }
        guard hash.digest() == draft.sha256, try await store.size(of: name) == draft.size else {
            throw PackError.notAsWritten(store: store.location.description, pack: name.rawValue)
        }
    }
}
