import Budget
import Catalog
import FoundationEssentials
import Vocabulary

/// What the archive has of an account's month: the readings of all cameras whose tunnels share it.
struct AccountReadings {
    /// Oldest first.
    private(set) var steps: [UsageStep] = []
    /// What was captured after the newest of them.
    private(set) var unread = Receipts()

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
        guard FileManager.default.fileExists(atPath: path) else { return }
        let catalog = try Catalog.open(at: path)
        let cameras = try await Self.account(of: camera, declared: declared, in: catalog, at: now)
        var records: [UsageRecord] = []
        for camera in cameras {
            records += try await catalog.usageReadings(camera: camera, since: now.startOfMonth)
        }
        steps = records.sorted { $0.reading.readAt < $1.reading.readAt }.map { record in
            let receipts = Receipts(received: record.received, proxied: record.proxied, captures: record.captures)
            return UsageStep(record.reading, receipts)
        }
        let last = steps.last?.reading.readAt ?? now.startOfMonth
        for camera in cameras { try await addFrames(of: camera, since: last, in: catalog) }
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

    private mutating func addFrames(of camera: CameraName, since: Timestamp, in catalog: Catalog) async throws {
        var receipts = Receipts()
        try await catalog.forEachFrame(FrameQuery(camera: camera, since: since)) { frame in
            guard frame.source == .webcamAPI || frame.source == .live else { return }
            let proxied: ByteCount = frame.source == .live ? frame.bytes : .zero
            receipts = receipts + Receipts(received: frame.bytes, proxied: proxied, captures: 1)
        }
        unread = unread + receipts
    }
}
