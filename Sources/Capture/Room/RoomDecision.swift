import Budget
import Vocabulary

/// Decides whether there is room to capture: readings and failed writes go in, a pause or none comes out. A pure value.
///
/// A limit that was met must be left well behind before captures go on, so that a figure that wavers about it does not pause and
/// resume them slot by slot: a tenth more than the floor must be free, or the archive be a twentieth below its limit.
///
/// After a write that failed, nothing is written until there is noticeably more room, or until a while is over: a limit of the
/// user's or the process's shows in no reading. Then one slot is tried.
struct RoomDecision: Sendable {
    var rules: RoomRules
    /// Why captures pause; `nil` while they go on.
    private(set) var pause: RoomPause?
    private var reading: RoomReading?
    private var backOff = BackOff()
    private var freeAtFailure: ByteCount?

    /// So much more room after a failed write is reason to try again at once.
    static let noticeable = ByteCount(1 << 20)

    init(rules: RoomRules) {
        self.rules = rules
    }

    /// Takes a new reading, where there is one, and says why the next slot has to be left out.
    ///
    /// - Returns: `nil` where it may be run, be it to try whether the archive can be written again.
    mutating func pause(for newest: RoomReading?, at now: Timestamp) -> RoomPause? {
        reading = newest ?? reading
        guard let pause, pause.isUnwritable else {
            self.pause = limit()
            return self.pause
        }
        return isWorthATry(at: now) ? limit() : pause
    }

    /// Takes a write that failed for want of room.
    mutating func failed(
        _ pause: RoomPause, _ reading: RoomReading?, at now: Timestamp,
        using generator: inout some RandomNumberGenerator
    ) {
        // Cameras that fail together are one failure.
        if !backOff.isWaiting(at: now) { backOff.failed(.wait(atLeast: nil), at: now, using: &generator) }
        self.pause = pause
        self.reading = reading ?? self.reading
        freeAtFailure = self.reading?.free
    }

    /// Takes a write that succeeded.
    mutating func succeeded() {
        guard let pause, pause.isUnwritable else { return }
        backOff.succeeded()
        freeAtFailure = nil
        self.pause = limit()
    }

    /// Forgets instants of another time.
    mutating func timeLeapt() {
        backOff = BackOff()
    }

    private func isWorthATry(at now: Timestamp) -> Bool {
        if !backOff.isWaiting(at: now) { return true }
        guard let reading, let freeAtFailure else { return false }
        return reading.free >= freeAtFailure + Self.noticeable
    }

    /// The limit that is met by the last reading.
    private func limit() -> RoomPause? {
        guard let reading else { return nil }
        let floor = rules.minimumFree
        let enough = pause == nil ? floor : floor + ByteCount(floor.bytes / 10)
        if reading.free < enough { return .lowSpace(free: reading.free, floor: floor) }
        guard let limit = rules.maximumSize else { return nil }
        let least = pause == nil ? limit : limit - ByteCount(limit.bytes / 20)
        return reading.used >= least ? .quota(used: reading.used, limit: limit) : nil
    }
}
