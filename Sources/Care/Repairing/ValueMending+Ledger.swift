internal import Archive
internal import GRDB
internal import Vocabulary

/// A row of the ledger as it is in the file, whatever it says.
private struct RawRun {
    let camera: Int64
    let key: Int64
    var from: Int64
    var interval: Int64
    var slots: Int64
    let isStored: Bool

    var isFromSound: Bool { Timestamp(milliseconds: from).isPlausible }
    var isIntervalSound: Bool { (1...LedgerTable.longestInterval).contains(interval) }
    var isLengthSound: Bool {
        isIntervalSound && (1...ValueRule.greatestNumber).contains(slots)
            && slots.multipliedSaturating(by: interval) <= Timestamp.plausible.upperBound.milliseconds
    }
    var isSound: Bool { isFromSound && isLengthSound }
    var until: Int64 { from + slots * interval }
}

extension ValueMending {
    /// Puts each camera's runs back between one another: a beginning, a distance of slots or a number of them that cannot be
    /// follows from the runs before and after, and from the frames' slots.
    mutating func mendRuns() throws {
        for rule in ValueRule.rules(of: "ledger_run") {
            switch rule.column {
            case "bytes": try replace(rule, by: "0")
            case "frame_id":
                try replace(
                    rule,
                    by: """
                        CASE WHEN outcome = 'stored' THEN (
                            SELECT max(id) FROM frame WHERE frame.camera_id = ledger_run.camera_id
                                AND slot_at >= from_at AND slot_at < until_at)
                        WHEN outcome IN ('duplicate', 'unchanged') THEN (
                            SELECT id FROM frame WHERE frame.camera_id = ledger_run.camera_id AND captured_at < from_at
                            ORDER BY captured_at DESC, id DESC LIMIT 1) END
                        """)
            default: break
            }
        }
        let runs = try runs()
        for camera in Set(runs.map(\.camera)).sorted() { try mend(runs.filter { $0.camera == camera }) }
        try countRemoved()
    }

    private func runs() throws -> [RawRun] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT camera_id, from_at, interval_ms, slots, outcome = 'stored' FROM ledger_run ORDER BY camera_id, from_at
                """
        ).map { row in
            RawRun(
                camera: try row.value(at: 0), key: try row.value(at: 1), from: try row.value(at: 1),
                interval: try row.value(at: 2), slots: try row.value(at: 3), isStored: try row.value(at: 4))
        }
    }

    /// - Parameter runs: of one camera.
    private mutating func mend(_ runs: [RawRun]) throws {
        var sound = runs.filter(\.isFromSound)
        for index in sound.indices where !sound[index].isLengthSound {
            let (before, after) = (index > 0 ? sound[index - 1] : nil, index + 1 < sound.count ? sound[index + 1] : nil)
            try measure(&sound[index], before, after)
            try write(sound[index])
        }
        for run in runs where !run.isFromSound {
            guard let placed = try place(run, among: sound) else {
                tell(["camera \(run.camera): a run of the ledger at \(run.key) fits nowhere; it is removed"])
                try database.execute(
                    sql: "DELETE FROM ledger_run WHERE camera_id = ? AND from_at = ?", arguments: [run.camera, run.key])
                continue
            }
            try write(placed)
            sound = (sound + [placed]).sorted { $0.from < $1.from }
        }
    }

    /// Finds a run's interval and number of slots.
    private func measure(_ run: inout RawRun, _ before: RawRun?, _ after: RawRun?) throws {
        let room = after.map { $0.from - run.from }
        let isCountSound = (1...1_000_000_000).contains(run.slots)
        if !run.isIntervalSound {
            let own = isCountSound ? room.map { $0 / run.slots } : nil
            run.interval =
                [own, before?.interval, after?.interval].compactMap(\.self).first {
                    (1...LedgerTable.longestInterval).contains($0)
                }
                ?? 10_000
        }
        guard !run.isLengthSound else { return }
        // Where nothing follows, the frames tell how many there were.
        run.slots = max(
            1, try room.map { $0 / run.interval } ?? lastSlot(of: run).map { ($0 - run.from) / run.interval + 1 } ?? 1)
    }

    /// The last slot of the camera's frames at or after the run's beginning, where there is one.
    private func lastSlot(of run: RawRun) throws -> Int64? {
        guard run.isStored else { return nil }
        return try Int64.fetchOne(
            database,
            sql:
                "SELECT max(slot_at) FROM frame WHERE camera_id = ? AND slot_at >= ? AND \(ValueRule.isInstant("slot_at"))",
            arguments: [run.camera, run.from])
    }

    /// Finds where a run of a known length belongs: where its frames' slots are, in a hole of its length, or at the end.
    private func place(_ run: RawRun, among sound: [RawRun]) throws -> RawRun? {
        var placed = run
        if !run.isLengthSound { (placed.interval, placed.slots) = (sound.last?.interval ?? 10_000, 1) }
        if run.isStored, let first = try firstSlotInNoRun(of: run.camera) {
            placed.from = first
            return sound.contains { $0.from < placed.until && $0.until > placed.from } ? nil : placed
        }
        let length = placed.slots * placed.interval
        let hole = zip(sound, sound.dropFirst()).first { before, after in
            abs(after.from - before.until - length) <= max(before.interval, after.interval)
        }
        guard let end = hole?.0.until ?? sound.last?.until else { return nil }
        placed.from = end
        return placed
    }

    private func firstSlotInNoRun(of camera: Int64) throws -> Int64? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT min(slot_at) FROM frame WHERE camera_id = ?1 AND \(ValueRule.isInstant("slot_at")) AND NOT EXISTS (
                    SELECT 1 FROM ledger_run AS run WHERE run.camera_id = ?1 AND run.from_at <= slot_at
                        AND run.until_at > slot_at AND \(ValueRule.isInstant("run.from_at")))
                """, arguments: [camera])
    }

    private mutating func write(_ run: RawRun) throws {
        tell([
            """
            camera \(run.camera): the run at \(run.key) has a value that cannot be: it begins at \
            \(Timestamp(milliseconds: run.from)) now, with \(run.slots) slots of \(Duration.milliseconds(run.interval).shortText)
            """
        ])
        try database.execute(
            sql: "UPDATE ledger_run SET from_at = ?, interval_ms = ?, slots = ? WHERE camera_id = ? AND from_at = ?",
            arguments: [run.from, run.interval, run.slots, run.camera, run.key])
    }

    /// What a run of stored slots has no frames for was removed.
    private mutating func countRemoved() throws {
        let inside = """
            (SELECT count(*) FROM frame WHERE frame.camera_id = ledger_run.camera_id AND slot_at >= from_at
                AND slot_at < until_at)
            """
        guard let rule = ValueRule.rules(of: "ledger_run").first(where: { $0.column == "removed" }) else { return }
        try replace(rule, by: "CASE WHEN outcome = 'stored' THEN max(0, slots - \(inside)) ELSE 0 END")
    }
}
