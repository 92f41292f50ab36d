import Archive
import Care
import Storage
import Synchronization
import Vocabulary

/// Looks at the room of one archive for all cameras of a job, and says once when captures pause and when they go on.
final class DiskWatch: Sendable {
    private struct State {
        var decision: RoomDecision
        var retention: RetentionPolicy?
        var lookedAt: Timestamp?
        var toldRoomAt: Timestamp?
        /// Whether it was told that the log has grown.
        var toldLog = false
        /// Whether it was told that the archive has a second name.
        var toldNames = false
        /// Since when captures pause, where that was told.
        var pausedAt: Timestamp?
        var generator = SystemRandomNumberGenerator()
    }

    private let archive: FrameArchive
    private let alarm: Alarm
    private let tell: @Sendable (CaptureEvent) -> Void
    private let state: Mutex<State>

    /// Between two looks, whatever the number of cameras.
    static let interval = Duration.seconds(1)
    /// Between two events that tell the room there is.
    static let tellingInterval = Duration.seconds(60)

    /// Four times the length at which the log begins anew where nobody stands in the way.
    static let largeLog = ByteCount(256 << 20)

    /// - Parameter alarm: rings when room gets short.
    init(
        archive: FrameArchive, rules: RoomRules, retention: RetentionPolicy?, alarm: Alarm,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.archive, self.alarm, self.tell) = (archive, alarm, tell)
        state = Mutex(State(decision: RoomDecision(rules: rules), retention: retention))
    }

    /// Goes on by other rules, from the next slot on.
    func change(to rules: RoomRules, _ retention: RetentionPolicy?) {
        state.withLock { state in
            state.decision.rules = rules
            state.retention = retention
            state.lookedAt = nil
        }
    }

    /// Why the slot that is due now has to be left out; asked before every slot.
    func pause(at now: Timestamp) async -> RoomPause? {
        let isDue = state.withLock { state in
            guard state.lookedAt.map({ now - $0 >= Self.interval }) ?? true else { return false }
            state.lookedAt = now
            return true
        }
        let reading = isDue ? await look() : nil
        if let reading {
            let (rules, retention) = state.withLock { ($0.decision.rules, $0.retention) }
            if rules.isNear(reading) || retention?.isExceeded(by: reading) == true { alarm.ring() }
            watchLog(reading.log)
            watchNames(reading.names)
        }
        let (pause, isTry) = update(at: now, room: reading?.free) { state in
            let pause = state.decision.pause(for: reading, at: now)
            return (pause, pause == nil && state.decision.pause != nil)
        }
        guard isTry else { return pause }
        do throws(ArchiveError) {
            // What a removal gave up to make room is not ours to fill again.
            try archive.keepReserve()
            return nil
        } catch {
            return failed(error, at: now)
        }
    }

    /// Takes a write's failure.
    ///
    /// - Returns: what it means for captures; `nil` where waiting is of no use.
    func failed(_ error: ArchiveError, at now: Timestamp) -> RoomPause? {
        guard let pause = RoomPause(error) else { return nil }
        let reading = RoomReading(archive: archive.path)
        update(at: now, room: reading?.free) { state in
            state.decision.failed(pause, reading, at: now, using: &state.generator)
        }
        return pause
    }

    /// Takes a write's success.
    func succeeded(at now: Timestamp) {
        update(at: now) { $0.decision.succeeded() }
    }

    /// Goes by another time from now on.
    func timeLeapt(by shift: Duration) {
        state.withLock { state in
            (state.lookedAt, state.toldRoomAt) = (nil, nil)
            state.pausedAt = state.pausedAt.map { $0 + shift }
            state.decision.timeLeapt()
        }
    }

    private func look() async -> RoomReading? {
        let reading = RoomReading(archive: archive.path)
        // The log is part of the size, and may hold much that is in the file by now.
        guard let reading, let limit = state.withLock({ $0.decision.rules.maximumSize }),
            reading.used.bytes >= limit.bytes - limit.bytes / 20,
            reading.log > .zero, await archive.shortenLog()
        else { return reading }
        return RoomReading(archive: archive.path)
    }

    /// Tells once that the log has grown, and once that it is short again.
    private func watchLog(_ size: ByteCount) {
        let change: Bool? = state.withLock { state in
            let isLarge = state.toldLog ? size.bytes > Self.largeLog.bytes / 2 : size > Self.largeLog
            defer { state.toldLog = isLarge }
            return isLarge == state.toldLog ? nil : isLarge
        }
        switch change {
        case true?: tell(.logGrown(size, readers: LogReader.others(ofArchive: archive.path)))
        case false?: tell(.logShortened)
        case nil: break
        }
    }

    /// Tells once that the archive has got a second name, and once that it has one again. Who captures into it does no harm by that; who
    /// writes to it by the other name would, and is refused.
    private func watchNames(_ names: Int) {
        let isNews = state.withLock { state in
            defer { state.toldNames = names > 1 }
            return state.toldNames != (names > 1)
        }
        if isNews { tell(.archiveNames(names, path: archive.path)) }
    }

    /// Changes the state, and tells what that changes for captures.
    @discardableResult
    private func update<Value: Sendable>(
        at now: Timestamp, room free: ByteCount? = nil, _ change: (inout State) -> Value
    ) -> Value {
        let (value, events) = state.withLock { state in
            let value = change(&state)
            var events: [CaptureEvent] = []
            if let free, state.toldRoomAt.map({ now - $0 >= Self.tellingInterval }) ?? true {
                state.toldRoomAt = now
                events.append(.disk(free: free))
            }
            switch (state.decision.pause, state.pausedAt) {
            case (let pause?, nil):
                state.pausedAt = now
                events.append(.paused(pause))
            case (nil, let since?):
                state.pausedAt = nil
                events.append(.resumed(after: now - since))
            case (nil, nil), (_?, _?): break
            }
            return (value, events)
        }
        for event in events { tell(event) }
        return value
    }
}
