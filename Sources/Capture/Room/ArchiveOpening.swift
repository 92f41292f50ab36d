import Archive
package import Storage
import Vocabulary

/// Opens the archive of a capture. Where there is no room for one, or for what opening takes, it waits as a capture does that
/// runs: it goes on by itself, and the ledger says what the slots in between came to.
package struct ArchiveOpening: Sendable {
    private let path: String
    /// The cameras whose slots go by meanwhile.
    private let cameras: [(name: CameraName, interval: Duration)]
    private let clock: any JobClock
    private let tell: @Sendable (CaptureEvent) -> Void

    /// Between two attempts.
    static let interval = Duration.seconds(2)

    /// - Parameter tell: is told of a pause and its end.
    package init(
        path: String, cameras: [CameraSetup], clock: any JobClock, tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        self.path = path
        self.cameras = cameras.map { ($0.name, $0.policy.interval) }
        (self.clock, self.tell) = (clock, tell)
    }

    /// - Parameter waiting: runs what waits for room, which may be long; it is not called where nothing has to wait.
    /// - Throws: ``ArchiveError`` where waiting is of no use, and what `waiting` throws.
    package func open(
        waiting: (@Sendable @escaping () async throws -> FrameArchive) async throws -> FrameArchive
    ) async throws -> FrameArchive {
        do throws(ArchiveError) {
            return try await FrameArchive.open(at: path)
        } catch {
            guard let pause = RoomPause(error) else { throw error }
            return try await waiting { try await openWhenPossible(since: clock.now(), for: pause) }
        }
    }

    private func openWhenPossible(since begun: Timestamp, for pause: RoomPause) async throws -> FrameArchive {
        // Who is told of it may ask for the end at once: that is seen to by now.
        tell(.paused(pause))
        while true {
            try await clock.sleep(until: clock.now() + Self.interval)
            let archive: FrameArchive
            do throws(ArchiveError) {
                archive = try await FrameArchive.open(at: path)
            } catch {
                guard RoomPause(error) != nil else { throw error }
                continue
            }
            do throws(ArchiveError) {
                for camera in cameras { try await account(for: camera, since: begun, pause, in: archive) }
            } catch {
                try await archive.close()
                guard RoomPause(error) != nil else { throw error }
                continue
            }
            tell(.resumed(after: clock.now() - begun))
            return archive
        }
    }

    /// The slots before the wait went by while the program was not running; those since then for want of room. Where it was
    /// done for a camera in an attempt before, the ledger goes on from there.
    private func account(
        for camera: (name: CameraName, interval: Duration), since begun: Timestamp, _ pause: RoomPause,
        in archive: FrameArchive
    ) async throws(ArchiveError) {
        var runs: [SlotRun] = []
        var next = begun
        if let last = try archive.lastRun(of: camera.name, by: begun + SystemJobClock.tolerance) {
            next = max(last.until, begun)
            if let downtime = Downtime(after: last.until, interval: last.interval, until: begun) {
                runs.append(
                    SlotRun(
                        outcome: .missed, detail: SlotReason(.notRunning), first: downtime.first, slots: downtime.slots,
                        interval: downtime.interval))
                next = downtime.first + downtime.interval * downtime.slots
            }
        }
        if let waited = Downtime(after: next, interval: camera.interval, until: clock.now()) {
            runs.append(
                SlotRun(
                    outcome: .disk, detail: pause.detail, first: waited.first, slots: waited.slots,
                    interval: waited.interval))
        }
        try await archive.record(runs, camera: camera.name)
    }
}

extension RoomPause {
    /// The pause that a failure to write means; `nil` where waiting is of no use.
    init?(_ error: ArchiveError) {
        guard case .wait = error.disposition else { return nil }
        self = if case .busy = error { .locked } else { .full }
    }
}
