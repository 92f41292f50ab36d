internal import Archive
internal import GRDB
internal import Vocabulary

/// Reads a camera's ledger in another archive, in the order of time and in parts that a short transaction can take.
struct MergedLedgerReader {
    private let source: MergeSource
    private let camera: CameraName
    private let end: Timestamp
    /// The slots in which frames were stored, in their order: no index has them. They take 16 bytes each.
    private let slots: [FrameSlot]
    private var nextSlot = 0
    /// The run under way, and how many of its slots were read.
    private var current: (run: LedgerRun, done: Int)?
    private var last = Timestamp(milliseconds: .min)

    /// The most frames of a part.
    private static let partLimit = 256

    private struct FrameSlot {
        let instant: Timestamp
        let frame: FrameID
    }

    /// - Parameter end: the last slot that is read.
    init(source: MergeSource, camera: CameraName, until end: Timestamp) throws(ArchiveError) {
        (self.source, self.camera, self.end) = (source, camera, end)
        slots = try source.read { database in
            try Array(
                Row.fetchCursor(
                    database,
                    sql: """
                        SELECT slot_at, frame.id FROM camera CROSS JOIN frame ON frame.camera_id = camera.id
                        WHERE camera.name = ? AND slot_at IS NOT NULL ORDER BY slot_at
                        """, arguments: [camera.text]
                ).map { FrameSlot(instant: try $0.timestamp(at: 0), frame: FrameID(try $0.value(at: 1))) })
        }
    }

    /// Some parts of runs, which come to about so many rows; `nil` at the end.
    mutating func next(rows: Int) throws(ArchiveError) -> [MergedRun]? {
        var parts: [MergedRun] = []
        var read = 0
        while read < rows, let part = try nextPart() {
            parts.append(part)
            read += 1 + part.stored.count
        }
        return parts.isEmpty ? nil : parts
    }

    private mutating func nextPart() throws(ArchiveError) -> MergedRun? {
        if current == nil { current = try nextRun().map { ($0, 0) } }
        guard let (run, done) = current else { return nil }
        let end = min(run.slots, max(done + 1, partEnd(of: run)))
        let range = done..<end
        current = range.upperBound < run.slots ? (run, range.upperBound) : nil

        var merged = MergedRun(run: run.part(range))
        var stored: [FrameSlot] = []
        while nextSlot < slots.count, slots[nextSlot].instant <= merged.run.lastSlot {
            if slots[nextSlot].instant >= merged.run.from { stored.append(slots[nextSlot]) }
            nextSlot += 1
        }
        try source.read { database in
            merged.frame = try run.frame.flatMap { try Self.identity(of: $0, in: database) }
            merged.stored = try stored.compactMap { slot in
                try Self.identity(of: slot.frame, in: database).map { (slot.instant, $0) }
            }
        }
        return merged
    }

    /// Behind the slot of the last frame that the part takes: runs without frames are a part each, however long they are.
    private func partEnd(of run: LedgerRun) -> Int {
        let last = nextSlot + Self.partLimit
        guard last < slots.count else { return run.slots }
        return run.slots(before: slots[last].instant)
    }

    /// The next run that is no filler, up to the end; one that cannot be is damage, and no news.
    private mutating func nextRun() throws(ArchiveError) -> LedgerRun? {
        while true {
            let (camera, last) = (camera, last)
            guard let run = try source.read({ try LedgerTable.first(of: camera, after: last, in: $0) }), run.from <= end
            else { return nil }
            self.last = run.from
            let known = run.slots(before: end + .milliseconds(1))
            if !run.isFiller, run.from.isPlausible, run.until.isPlausible {
                return known < run.slots ? run.part(0..<known) : run
            }
        }
    }

    private static func identity(of frame: FrameID, in database: Database) throws -> MergedRun.Frame? {
        try FrameTable.frame(frame, in: database).map { MergedRun.Frame(capturedAt: $0.capturedAt, sha256: $0.sha256) }
    }
}

extension MergedRun {
    /// The same of a camera of another name.
    func called(_ camera: CameraName) -> MergedRun {
        var renamed = self
        renamed.run = LedgerRun(
            camera: camera, outcome: run.outcome, detail: run.detail, from: run.from, interval: run.interval,
            slots: run.slots, bytes: run.bytes, frame: run.frame)
        return renamed
    }
}

extension LedgerTable {
    /// The camera's first run that begins after an instant.
    fileprivate static func first(
        of camera: CameraName, after instant: Timestamp, in database: Database
    ) throws -> LedgerRun? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM camera CROSS JOIN ledger_run ON ledger_run.camera_id = camera.id
                    WHERE camera.name = ? AND from_at > ? ORDER BY from_at LIMIT 1
                    """), arguments: [camera.text, instant.milliseconds]
        ).map(run)
    }
}
