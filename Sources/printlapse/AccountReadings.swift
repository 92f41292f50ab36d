import Archive
import Budget
import Catalog
import FoundationEssentials
import Monitoring
import Vocabulary

/// What the archive has of an account's month: the readings of all cameras whose tunnels share it.
struct AccountReadings {
    /// All that share the account, as far as is known.
    private(set) var cameras: [CameraName] = []
    /// Oldest first.
    private(set) var steps: [UsageStep] = []
    /// What was captured after the newest of them.
    private(set) var unread = Receipts()
    private let catalog: Catalog?

    /// How far back readings are compared to tell which cameras share the account.
    private static let compared = Duration.seconds(2 * 86_400)

    /// Nothing where there is no archive.
    ///
    /// - Parameters:
    ///   - camera: one of the account's.
    ///   - declared: the accounts of cameras whose owner names them.
    init(
        of camera: CameraName, declared: [CameraName: String], archive path: String, at now: Timestamp
    ) async throws {
        guard FileManager.default.fileExists(atPath: path) else {
            catalog = nil
            return
        }
        let catalog = try Catalog.open(at: path)
        self.catalog = catalog
        cameras = try await Self.account(of: camera, declared: declared, in: catalog, at: now)
        var records: [UsageRecord] = []
        for camera in cameras {
            records += try await catalog.usageReadings(camera: camera, since: now.startOfMonth)
        }
        steps = records.sorted { $0.reading.readAt < $1.reading.readAt }.map { record in
            let receipts = Receipts(received: record.received, proxied: record.proxied, captures: record.captures)
            return UsageStep(record.reading, receipts)
        }
        let last = steps.last?.reading.readAt ?? now.startOfMonth
        let live = Set(records.filter { $0.proxied > .zero }.map(\.camera))
        for camera in cameras {
            try await add(camera, takesLive: live.contains(camera), since: last, in: catalog)
        }
    }

    /// The newest slots of a capture that runs; `nil` where none does.
    func runningSlots(of camera: CameraName, at now: Timestamp) async throws -> LedgerRun? {
        let newest = TimelineQuery(
            camera: camera, until: now + .milliseconds(1), limit: 1, order: .newestFirst)
        guard let run = try await catalog?.timeline(newest).first else { return nil }
        return CameraHealth.isRunning(run, at: now) ? run : nil
    }

    /// The account with these readings, as it was left.
    func replayed(into budget: inout Budget) {
        for step in steps {
            budget.replay(
                step.reading, received: step.receipts.received, proxied: step.receipts.proxied,
                captures: step.receipts.captures)
        }
        budget.replay(received: unread.received, proxied: unread.proxied, captures: unread.captures)
    }

    private static func account(
        of camera: CameraName, declared: [CameraName: String], in catalog: Catalog, at now: Timestamp
    ) async throws -> [CameraName] {
        var recognition = AccountRecognition(declared: declared)
        for record in try await catalog.usageReadings(since: now - compared).reversed() {
            recognition.record(record.reading, of: record.camera)
        }
        return recognition.account(of: camera)
    }

    /// All that came for the camera's slots, pictures that were refused included; the ledger does not say by which route.
    private mutating func add(
        _ camera: CameraName, takesLive: Bool, since: Timestamp, in catalog: Catalog
    ) async throws {
        var frames = Receipts()
        try await catalog.forEachFrame(FrameQuery(camera: camera, since: since)) { frame in
            guard frame.source == .webcamAPI || frame.source == .live else { return }
            let proxied: ByteCount = frame.source == .live ? frame.bytes : .zero
            frames = frames + Receipts(received: frame.bytes, proxied: proxied, captures: 1)
        }
        let runs = try await catalog.timeline(TimelineQuery(camera: camera, since: since))
        let received = max(frames.received, runs.map { $0.bytes(since: since) }.reduce(.zero, +))
        // What was no frame came by the route that costs, where the camera takes live pictures at all.
        let isLive = takesLive || frames.proxied > .zero
        unread =
            unread
            + Receipts(
                received: received, proxied: isLive ? received - frames.announced : .zero, captures: frames.captures)
    }
}

extension LedgerRun {
    /// What was received from an instant on: of a run that had begun, as large a part as lies after it.
    fileprivate func bytes(since instant: Timestamp) -> ByteCount {
        guard from < instant else { return bytes }
        let part = Double((until - instant).milliseconds) / Double(max(1, (until - from).milliseconds))
        return ByteCount(Int64(Double(bytes.bytes) * min(1, max(0, part))))
    }
}
