internal import Archive
internal import GRDB
public import Vocabulary

extension Catalog {
    /// Totals over a stretch of time, of one camera or of all.
    ///
    /// They come from totals that the archive keeps by hour, and from single frames only at the stretch's ends.
    ///
    /// - Parameters:
    ///   - camera: whose; `nil` for all.
    ///   - since: frames captured, and slots due, at this instant or later.
    ///   - until: and before this one.
    public func statistics(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil
    ) async throws -> Statistics {
        let ledger = LedgerRange(camera: camera, since: since, until: until)
        return try await read { database in
            var statistics = Statistics()
            let frames = try FrameRange(ledger, in: database)
            statistics.cameras = try frames.cameras(database)
            statistics.hours = try frames.hours(database)
            statistics.prints = try frames.prints(database)
            statistics.frames = statistics.cameras.reduce(0) { $0 + $1.frames }
            statistics.bytes = statistics.cameras.reduce(.zero) { $0 + ByteCount($1.bytes) }
            try statistics.addSlots(in: ledger, database)
            try statistics.addRejections(in: ledger, database)
            statistics.suspects = try frames.suspects(database)
            if ledger == LedgerRange() { try statistics.addRoom(database) }
            return statistics
        }
    }
}

extension Statistics {
    /// Runs are cut to the stretch: of a run, the slots with `since ≤ from_at + n × interval_ms < until` count.
    ///
    /// Every outcome has a sum of its own, because grouping would sort the runs, which takes several times as long.
    fileprivate mutating func addSlots(in range: LedgerRange, _ database: Database) throws {
        let outcomes = SlotOutcome.allCases
        // The words of the schema's own set.
        let counts = outcomes.map { "CAST(total(counted) FILTER (WHERE outcome = '\($0.rawValue)') AS INTEGER)" }
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(counts.joined(separator: ", ")), CAST(total(\(range.share(of: "bytes"))) AS INTEGER),
                        CAST(total(\(range.share(of: "removed"))) AS INTEGER),
                        CAST(total(counted * (SELECT frame.bytes FROM frame WHERE frame.id = frame_id))
                            FILTER (WHERE outcome IN \(SlotOutcome.sqlList(where: \.repeatsFrame))) AS INTEGER)
                    FROM (SELECT *, \(range.slotsWithin) AS counted FROM (\(range.runs()))) WHERE counted > 0
                    """), arguments: StatementArguments(range.values))
        guard let row else { return }
        for (index, outcome) in outcomes.enumerated() { slots[outcome] = try row.count(at: index) }
        duplicates = slots[.duplicate, default: 0] + slots[.unchanged, default: 0]
        received = try row.byteCount(at: outcomes.count)
        removed = try row.count(at: outcomes.count + 1)
        bytesSaved = try row.byteCount(at: outcomes.count + 2)
    }

    fileprivate mutating func addRejections(in range: LedgerRange, _ database: Database) throws {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT coalesce(detail, 'unknown') AS verdict, CAST(total(counted) AS INTEGER)
                    FROM (SELECT *, \(range.slotsWithin) AS counted FROM (\(range.runs(rejectedOnly: true))))
                    WHERE counted > 0 GROUP BY verdict
                    """), arguments: StatementArguments(range.values))
        while let row = try rows.next() { rejections[try row.value(at: 0)] = try row.count(at: 1) }
    }

    fileprivate mutating func addRoom(_ database: Database) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT shared_bytes, compacted_bytes FROM archive_info"))
        guard let row else { return }
        let (shared, compacted) = (try row.byteCount(at: 0), try row.byteCount(at: 1))
        (storedBytes, compactedBytes) = (bytes - shared - compacted, compacted)
        let packed = try PackTable.totals(in: database)
        (offloadedPictures, offloadedBytes) = (packed.pictures, packed.bytes)
    }
}
