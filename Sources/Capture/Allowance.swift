import Archive
import Budget
import Tunnel
import Vocabulary

/// The allowance of one tunnel: the budget's decisions, beside the usage calls and the archive that feed it.
actor Allowance {
    private var budget: Budget
    private let camera: CameraName
    private let client: TunnelClient
    private let archive: FrameArchive
    private let clock: any JobClock
    private let tell: @Sendable (CaptureEvent) -> Void
    /// What a picture is expected to take at most.
    private var expected = ByteCount(256 * 1024)

    /// Between two usage readings.
    static let readingInterval = Duration.seconds(300)
    /// After a usage call that failed.
    static let retryInterval = Duration.seconds(30)

    init(
        stop: CapStop, camera: CameraName, client: TunnelClient, archive: FrameArchive, clock: any JobClock,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) throws(ArchiveError) {
        budget = Budget(stop: stop)
        self.camera = camera
        self.client = client
        self.archive = archive
        self.clock = clock
        self.tell = tell
        if let last = try archive.lastUsage(of: camera) { budget.replay(last, received: .zero, captures: 0) }
    }

    /// Sets the bytes of one picture aside before it is asked for.
    ///
    /// - Throws: ``BudgetError/capReached(until:reason:)`` where they might pass the stop.
    func reserve() throws(BudgetError) -> BudgetReservation {
        try budget.reserve(expected, at: clock.now())
    }

    func settle(_ reservation: BudgetReservation, received bytes: ByteCount) {
        budget.settle(reservation, received: bytes)
        guard bytes > .zero else { return }
        // Pictures of one camera vary little; twice the last one leaves room for a busier scene.
        expected = bytes + bytes
    }

    func serverRefusedOverCap() {
        budget.serverRefusedOverCap(at: clock.now())
    }

    /// Asks the server once; a failure is told and leaves the last reading in force.
    ///
    /// - Throws: ``ArchiveError`` where the reading could not be kept.
    func read() async throws(ArchiveError) -> Bool {
        let receivedBefore = budget.received
        let reading: UsageReading
        do throws(TunnelError) {
            reading = try await cancelledByShutdown { [client, clock] () async throws(TunnelError) in
                try await client.usage(at: clock.now())
            }
        } catch {
            budget.recordFailedReading(at: clock.now())
            tell(.usageUnknown(camera, reason: error.description))
            return false
        }
        tell(.usage(camera, reading))
        let between = budget.record(reading, receivedBefore: receivedBefore)
        try await archive.recordUsage(
            reading, camera: camera, received: between.received, captures: between.captures)
        return true
    }

    /// Reads every few minutes, and right after the reset, until the task is cancelled.
    func keepReading(succeeded firstSucceeded: Bool) async throws -> Never {
        var succeeded = firstSucceeded
        while true {
            let now = clock.now()
            var next = now + (succeeded ? Self.readingInterval : Self.retryInterval)
            if let reset = budget.report(at: now).resetAt, reset > now { next = min(next, reset) }
            try await clock.sleep(until: next)
            succeeded = try await read()
        }
    }
}
