package import Archive
internal import Foundation
internal import GRDB
internal import NIOCore
package import Storage
package import Stores
internal import Synchronization
package import Vocabulary

// One transaction takes a segment in and notes that it did: killed anywhere, it goes on with the next one.
extension FrameArchive {
    /// Takes in what the machines of a store tell of their archives, as far as it is new. A capture may go on beside it.
    ///
    /// What is wrong with one machine is noted and told with it, and the others go on.
    ///
    /// - Parameters:
    ///   - names: what cameras are called here when they are first heard of, where that differs.
    ///   - progress: called from the calling task after each segment.
    /// - Throws: `ArchiveError`, `StoreError` where the store does not answer; `CancellationError`.
    package func follow(
        _ store: any ObjectStore, calling names: [FollowedCameraName: CameraName] = [:], at now: Timestamp,
        progress: (FollowReport) -> Void = { _ in }
    ) async throws -> FollowReport {
        try await explained {
            var follower = Follower(archive: self, store: store, names: names, now: now)
            try await follower.run(progress)
            return follower.report
        }
    }

    /// Notes with the machines that are followed from a store that it could not be looked into; the next look that can says otherwise.
    ///
    /// - Parameter location: the store's, as it is on record.
    package func note(_ error: StoreError, ofStore location: String) async throws {
        try await commit { database in
            try database.execute(
                sql: """
                    UPDATE followed_machine SET problem = ?, reason = ?, hint = ? WHERE store = ? AND retired_at IS NULL
                    """, arguments: [error.label, error.description, error.hint, location])
        }
    }

    /// Why a camera is not called here as it was to be; `nil` where it is.
    ///
    /// A name is for a camera that is first heard of: the frames of one that is known are under its name already.
    package func refusal(of name: CameraName, for camera: FollowedCameraName) throws(ArchiveError) -> MachineError? {
        try read { database in
            let known = try String.fetchAll(
                database,
                sql: """
                    SELECT camera.name FROM followed_camera
                    JOIN followed_machine ON followed_machine.id = followed_camera.machine_id
                    JOIN camera ON camera.id = followed_camera.camera_id
                    WHERE followed_camera.name = ?1 AND (followed_machine.machine = ?2 OR followed_machine.name = ?2)
                    """, arguments: [camera.camera.text, camera.machine])
            guard !known.contains(name.text) else { return nil }
            return .notRenamed(machine: camera.machine, camera: camera.camera.text, called: known.first)
        }
    }

    /// The stores from which machines are followed, but for those whose machines are all retired.
    package func followedStores() throws(ArchiveError) -> [String] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT DISTINCT store FROM followed_machine WHERE retired_at IS NULL ORDER BY 1")
        }
    }
}

/// One look into a store.
private struct Follower {
    let archive: FrameArchive
    let store: any ObjectStore
    let names: [FollowedCameraName: CameraName]
    let now: Timestamp
    var report = FollowReport()

    /// How far a machine is here.
    private struct Standing: Sendable {
        let machine: String
        /// `nil` where nothing is here yet.
        var row: Int64?
        var name: String
        var generation: Int
        var segment: Int
        var sha256: SHA256Digest?
        var behind = 0
        var problem: MachineError?
    }

    private var location: String { store.location.description }

    init(
        archive: FrameArchive, store: any ObjectStore, names: [FollowedCameraName: CameraName], now: Timestamp
    ) {
        (self.archive, self.store, self.names, self.now) = (archive, store, names, now)
    }

    mutating func run(_ progress: (FollowReport) -> Void) async throws {
        let markers = try await store.list(MachineMarker.prefix).compactMap { MachineMarker($0.name) }
        let generations = Dictionary(markers.map { ($0.machine, $0.generation) }, uniquingKeysWith: max)
        let others = try archive.read { database in
            let retired = try String.fetchSet(
                database, sql: "SELECT machine FROM followed_machine WHERE retired_at IS NOT NULL")
            let own = try PublicationTable.publication(in: database)?.machine
            return generations.filter { $0.key != own && !retired.contains($0.key) }
        }
        var standings: [Standing] = []
        for (machine, generation) in others.sorted(by: { $0.key < $1.key }) {
            try Task.checkCancellation()
            var standing = try standing(of: machine)
            try await follow(&standing, upTo: generation, progress)
            standings.append(standing)
        }
        let all = standings
        try await archive.commit { [now, location] database in
            for standing in all { try Self.note(standing, in: location, at: now, database) }
        }
        report.machines = try archive.read { try FollowedMachine.all(in: $0) }
    }

    private func standing(of machine: String) throws -> Standing {
        try archive.read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT id, name, generation, segment, sha256 FROM followed_machine WHERE machine = ?",
                arguments: [machine])
            guard let row else { return Standing(machine: machine, name: machine, generation: 1, segment: 0) }
            let sha256: Data? = try row.value(at: 4)
            return Standing(
                machine: machine, row: try row.value(at: 0), name: try row.value(at: 1),
                generation: try row.count(at: 2), segment: try row.count(at: 3),
                sha256: sha256.flatMap { SHA256Digest(bytes: $0) })
        }
    }

    private static func note(
        _ standing: Standing, in store: String, at now: Timestamp, _ database: Database
    ) throws {
        // One of which nothing was taken in is known by what stands in the way.
        guard standing.row != nil || standing.problem != nil else { return }
        try database.execute(
            sql: """
                INSERT INTO followed_machine
                    (machine, name, store, generation, segment, looked_at, behind, problem, reason, hint)
                VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)
                ON CONFLICT (machine) DO UPDATE SET looked_at = excluded.looked_at, behind = excluded.behind,
                    problem = excluded.problem, reason = excluded.reason, hint = excluded.hint
                """,
            arguments: [
                standing.machine, standing.name, store, standing.generation, now.milliseconds, standing.behind,
                standing.problem?.label, standing.problem?.description, standing.problem?.hint,
            ])
    }

    // MARK: One machine

    private mutating func follow(
        _ standing: inout Standing, upTo generation: Int, _ progress: (FollowReport) -> Void
    ) async throws {
        // Where a machine began anew, what it told before is a part of what it tells now.
        if generation > standing.generation {
            let first = try await segments(of: standing.machine, generation, from: 1)
            if !first.isEmpty {
                standing.generation = generation
                (standing.segment, standing.sha256) = (0, nil)
            }
        }
        do {
            while try await takeNext(&standing) {
                try Task.checkCancellation()
                progress(report)
            }
        } catch let problem as MachineError {
            standing.problem = problem
        } catch let error as StoreError {
            // What is wrong with one object is this machine's alone.
            switch error {
            case .missing:
                standing.problem = .missing(
                    machine: standing.name, segment: standing.segment + 1, store: location)
            case .wrongBytes:
                standing.problem = .wrongBytes(
                    machine: standing.name, segment: standing.segment + 1, store: location)
            default: throw error
            }
        }
    }

    /// The segments of the thousand in which a number is, from that number on.
    private func segments(of machine: String, _ generation: Int, from number: Int) async throws -> [StoredSegment] {
        try await store.list(SegmentName.prefix(machine, generation, number)).compactMap { object in
            SegmentName(object.name).map { StoredSegment(name: $0, object: object.name, size: object.size) }
        }.filter { $0.name.number >= number }
    }

    private struct StoredSegment {
        let name: SegmentName
        let object: ObjectName
        let size: Int64
    }

    /// Takes in what follows upon the last segment, as far as one list goes.
    ///
    /// - Returns: whether there may be more.
    private mutating func takeNext(_ standing: inout Standing) async throws -> Bool {
        let first = standing.segment + 1
        // The last one as well, in which a fork may show.
        let isSameFolder = standing.segment > 0 && standing.segment % SegmentName.perFolder != SegmentName.perFolder - 1
        let listed = try await segments(
            of: standing.machine, standing.generation, from: isSameFolder ? standing.segment : first)
        let byNumber = Dictionary(grouping: listed, by: \.name.number)
        if isSameFolder, let last = byNumber[standing.segment],
            last.contains(where: { $0.name.sha256 != standing.sha256 })
        {
            standing.behind = listed.count { $0.name.number > standing.segment }
            throw MachineError.forked(
                machine: standing.name, generation: standing.generation, segment: standing.segment)
        }
        let newest = byNumber.keys.max() ?? 0
        standing.behind = max(0, newest - standing.segment)
        var number = first
        while number <= newest {
            guard let found = byNumber[number] else {
                throw MachineError.missing(machine: standing.name, segment: number, store: location)
            }
            guard found.count == 1, let segment = found.first else {
                throw MachineError.forked(machine: standing.name, generation: standing.generation, segment: number)
            }
            try await take(segment, &standing)
            standing.behind = newest - number
            number += 1
        }
        // The last one of a thousand: the next stand elsewhere.
        return number > first && number.isMultiple(of: SegmentName.perFolder)
    }

    private mutating func take(_ stored: StoredSegment, _ standing: inout Standing) async throws {
        let name = stored.name
        let machine = standing.name
        let problem = { MachineError.unreadable(machine: machine, segment: name.number, problem: $0) }
        guard stored.size <= SegmentReader.longest else { throw problem("it has \(ByteCount(stored.size))") }
        let bytes = try await store.read(stored.object, 0..<stored.size)
        guard SHA256Digest(hashing: bytes) == name.sha256 else {
            throw MachineError.wrongBytes(machine: standing.name, segment: name.number, store: location)
        }
        let segment: Segment
        do throws(SegmentProblem) {
            segment = try SegmentReader.read(bytes)
        } catch .newer(let version) {
            throw MachineError.newer(machine: standing.name, segment: name.number, version: version)
        } catch .unreadable(let text) {
            throw problem(text)
        }
        let header = segment.header
        guard header.machine == name.machine, header.generation == name.generation, header.number == name.number else {
            throw problem("it says that it is another one")
        }
        guard header.previous == standing.sha256?.description else {
            throw MachineError.forked(machine: header.name, generation: name.generation, segment: name.number)
        }
        standing.name = header.name
        let names = self.names.reduce(into: [CameraName: CameraName]()) { names, entry in
            if entry.key.machine == header.name || entry.key.machine == header.machine {
                names[entry.key.camera] = entry.value
            }
        }
        let (location, now, pictures) = (location, now, archive.pictures)
        // An error of a change is the archive's by the time that it arrives here.
        let found = Mutex<TakingInProblem?>(nil)
        do throws(ArchiveError) {
            let taken = try await archive.commit { database in
                do {
                    let row = try Self.begin(name, header, in: location, at: now, database)
                    var taking = try TakingIn(row, pictures: pictures, calling: names, in: database)
                    for record in segment.records { try taking.take(record) }
                    return (row: row, frames: taking.newFrames, removed: taking.removedFrames)
                } catch {
                    found.withLock { $0 = TakingInProblem(error) }
                    throw error
                }
            }
            standing.row = taken.row
            report.frames += taken.frames
            report.removed += taken.removed
        } catch {
            switch found.withLock({ $0 }) {
            case .cameraTaken(let camera, let owner):
                throw MachineError.cameraTaken(machine: header.name, camera: camera.text, owner: owner)
            case .unreadable(let text): throw problem(text)
            case nil: throw error
            }
        }
        report.segments += 1
        (standing.segment, standing.sha256) = (name.number, name.sha256)
    }

    /// Notes that a segment is taken in, in the transaction that does it.
    ///
    /// - Returns: the machine's row.
    private static func begin(
        _ name: SegmentName, _ header: SegmentHeader, in store: String, at now: Timestamp, _ database: Database
    ) throws -> Int64 {
        let known = try Row.fetchOne(
            database, sql: "SELECT id, generation FROM followed_machine WHERE machine = ?", arguments: [name.machine])
        let values: StatementArguments = [
            header.name, store, name.generation, name.number, name.sha256.data, header.madeAt,
        ]
        guard let known else {
            try database.execute(
                sql: """
                    INSERT INTO followed_machine (name, store, generation, segment, sha256, segment_at, machine, looked_at, behind)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
                    """, arguments: values + [name.machine, now.milliseconds])
            return database.lastInsertedRowID
        }
        let row: Int64 = try known.value(at: 0)
        let before: Int = try known.value(at: 1)
        if before < name.generation { try beginGeneration(of: row, in: database) }
        try database.execute(
            sql: """
                UPDATE followed_machine SET name = ?, store = ?, generation = ?, segment = ?, sha256 = ?, segment_at = ?
                WHERE id = ?
                """, arguments: values + [row])
        return row
    }

    /// Everything is told anew, under numbers of its own. Frames that are not told of again stay: who was restored from a backup has
    /// lost them, and they may lie in packs still. The ledger is as it is told now.
    private static func beginGeneration(of machine: Int64, in database: Database) throws {
        let cameras = "(SELECT camera_id FROM followed_camera WHERE machine_id = ?1)"
        for sql in [
            "DELETE FROM ledger_run WHERE camera_id IN \(cameras)",
            "UPDATE frame SET slot_at = NULL WHERE camera_id IN \(cameras) AND slot_at IS NOT NULL",
            "DELETE FROM followed_frame WHERE machine_id = ?1", "DELETE FROM followed_print WHERE machine_id = ?1",
            "UPDATE followed_camera SET number = NULL WHERE machine_id = ?1",
            "UPDATE followed_pack SET number = -id WHERE machine_id = ?1",
        ] {
            try database.execute(sql: sql, arguments: [machine])
        }
    }
}
