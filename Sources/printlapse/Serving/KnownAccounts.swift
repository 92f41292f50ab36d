import Budget
import Capture
import Catalog
import Gallery
import Settings
import Vocabulary

/// What is known of the accounts' allowances without asking their servers: by the readings that captures kept.
struct KnownAccounts: Sendable {
    private let catalog: Catalog
    private let kept = Kept<[AccountUsage]>(for: .seconds(60))
    /// A reading older than this says little of the month.
    private static let oldest = Duration.seconds(31 * 86_400)

    init(_ catalog: Catalog) { self.catalog = catalog }

    /// Once an account, under its first camera.
    func usage(configured: JobConfiguration?, at now: Timestamp) async throws -> [AccountUsage] {
        try await kept.value { try await read(configured, now) }
    }

    /// When the cap is met at this month's pace, of the cameras whose account meets it before it begins anew.
    func capsMet(configured: JobConfiguration?, at now: Timestamp) async -> [CameraName: Timestamp] {
        let accounts = (try? await usage(configured: configured, at: now)) ?? []
        var caps: [CameraName: Timestamp] = [:]
        for account in accounts {
            guard let met = account.forecast.byMonth?.capMetAt else { continue }
            for camera in account.cameras { caps[camera] = met }
        }
        return caps
    }

    private func read(_ configured: JobConfiguration?, _ now: Timestamp) async throws -> [AccountUsage] {
        let policies = Dictionary((configured?.cameras ?? []).map { ($0.name, $0.policy) }) { first, _ in first }
        var seen: Set<CameraName> = []
        var accounts: [AccountUsage] = []
        for camera in try await catalog.cameraNames().sorted(by: { $0.text < $1.text })
        where !seen.contains(camera) {
            guard
                let newest = try await catalog.usageReadings(camera: camera, since: now - Self.oldest, limit: 1).first
            else { continue }
            let stored = try await AccountReadings(
                of: camera, declared: configured?.accounts ?? [:], archive: catalog.path, at: now)
            let policy = policies[camera] ?? CapturePolicy()
            var budget = Budget(stop: policy.capStop, ownersReserve: policy.ownersReserve)
            stored.replayed(into: &budget)
            let report = budget.report(at: now)
            seen.formUnion(stored.cameras + [camera])
            guard newest.reading.resetAt > now else { continue }
            accounts.append(
                AccountUsage(
                    camera: camera, report: report, forecast: Forecast(from: stored.steps, report, at: now),
                    running: try await stored.runningSlots(of: camera, at: now), cameras: stored.cameras + [camera]))
        }
        return accounts
    }
}
