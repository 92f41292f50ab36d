internal import Archive
internal import GRDB
internal import Vocabulary

/// The rules of the slot ledger, for one camera's runs in their order.
///
/// Runs share no slot. Between two there is no hole larger than the larger of their intervals: that much passes
/// between the last slot before a restart and the first one after it; or a leap of the clock passed over that time. A run of `stored` has as many slots as frames
/// were stored in it or removed since. (That a run's length is its slots times its interval is the schema's doing: `until_at` is
/// computed.)
struct LedgerCheck {
    private var last: LedgerRun?
    private(set) var problems: [String] = []
    /// The times that leaps of the clock passed over, forward or back.
    private let leaps: [ClosedRange<Timestamp>]

    /// A leap is noted when all cameras have finished their slots: so long after the last slot of one that had to wait.
    static let rest = Duration.seconds(600)

    init(leaps: [ClosedRange<Timestamp>] = []) {
        self.leaps = leaps
    }

    /// - Parameter frames: how many frames say that they were stored in the run.
    mutating func visit(_ run: LedgerRun, frames: Int) {
        if let last, last.camera == run.camera {
            if run.from <= last.lastSlot {
                report(run, "shares slots with the run from \(last.from)")
            } else if run.from - last.until > max(run.interval, last.interval), !isPassedOver(from: last, to: run) {
                report(
                    run, "comes \((run.from - last.until).shortText) after the run before: slots are unaccounted for")
            }
        }
        if run.outcome == .stored, run.slots != frames + run.removed {
            let removed = run.removed > 0 ? " and \(run.removed) removed ones" : ""
            report(run, "has \(run.slots) stored slots, but \(frames) frames\(removed)")
        }
        if run.outcome != .stored, frames > 0 {
            report(run, "is \(run.outcome.rawValue), but \(frames) frames were stored in it")
        }
        last = run
    }

    private func isPassedOver(from last: LedgerRun, to run: LedgerRun) -> Bool {
        let slack = Self.rest + max(run.interval, last.interval) * 2
        return leaps.contains { $0.lowerBound - slack <= last.until && run.from <= $0.upperBound + slack }
    }

    /// - Parameters:
    ///   - slot: a frame's slot that lies in no run.
    ///   - camera: its camera's number.
    mutating func visit(frameOutsideOfRuns slot: Timestamp, camera: Int64) {
        problems.append(
            "camera \(camera): a frame was stored for the slot \(slot), which no run of the ledger tells of")
    }

    private mutating func report(_ run: LedgerRun, _ problem: String) {
        problems.append("\(run.camera): the run from \(run.from) \(problem)")
    }
}

extension LedgerCheck {
    /// Checks the whole ledger, side by side with the frames' slots in the same order.
    static func problems(in database: Database) throws -> [String] {
        let leaps = try ClockEventTable.all(in: database).filter { $0.kind == .leap }
        var check = LedgerCheck(leaps: leaps.map { min($0.before, $0.after)...max($0.before, $0.after) })
        let runs = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(LedgerTable.columns), camera_id FROM ledger_run CROSS JOIN camera ON camera.id = camera_id
                ORDER BY camera_id, from_at
                """)
        let frames = try Row.fetchCursor(
            database,
            sql: """
                SELECT camera_id, slot_at FROM frame WHERE slot_at IS NOT NULL ORDER BY camera_id, slot_at
                """)
        var frame = try FrameSlot(frames.next())
        while let row = try runs.next(), check.problems.count <= VerifyReport.problemLimit {
            let run = try LedgerTable.run(row)
            let camera: Int64 = try row.value(at: 9)
            var inside = 0
            while let slot = frame, slot.camera < camera || slot.camera == camera && slot.instant <= run.lastSlot {
                if slot.camera == camera, slot.instant >= run.from {
                    inside += 1
                } else {
                    check.visit(frameOutsideOfRuns: slot.instant, camera: slot.camera)
                }
                frame = try FrameSlot(frames.next())
            }
            check.visit(run, frames: inside)
        }
        while let slot = frame, check.problems.count <= VerifyReport.problemLimit {
            check.visit(frameOutsideOfRuns: slot.instant, camera: slot.camera)
            frame = try FrameSlot(frames.next())
        }
        return check.problems
    }

    private struct FrameSlot {
        let camera: Int64
        let instant: Timestamp

        init?(_ row: Row?) throws {
            guard let row else { return nil }
            camera = try row.value(at: 0)
            instant = try row.timestamp(at: 1)
        }
    }
}
