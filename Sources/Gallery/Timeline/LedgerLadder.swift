internal import Catalog
internal import Synchronization
internal import Vocabulary

/// The ledgers of cameras, summed up so that a timeline of years is drawn without reading all of its runs.
///
/// A camera's sums are made when it is first asked for, or ahead of that by ``fill()``, and then go on from the newest run. What
/// changes further back (times that are shifted, an import) is seen within ``lifetime``: then all is summed up anew, in the background.
final class LedgerLadder: Sendable {
    private struct Entry {
        let rungs: LedgerRungs
        let madeAt: ContinuousClock.Instant
        var usedAt: ContinuousClock.Instant
    }

    private let catalog: Catalog
    private let entries = Mutex<[CameraName: Entry]>([:])
    private let work = SharedWork<CameraName, LedgerRungs>()
    private let renewal = SharedWork<CameraName, LedgerRungs>()
    private let lifetime: Duration
    private let most: Int
    private let now: @Sendable () -> ContinuousClock.Instant

    /// - Parameters:
    ///   - lifetime: how long sums go on before they are made anew.
    ///   - bytes: the most that is kept, about: those that were not asked for longest go.
    init(
        catalog: Catalog, lifetime: Duration = .seconds(900), bytes: Int = 32 << 20,
        now: @Sendable @escaping () -> ContinuousClock.Instant = { .now }
    ) {
        (self.catalog, self.lifetime, most, self.now) = (catalog, lifetime, bytes, now)
    }

    /// Adds a camera's ledger to cells of level ``LedgerRungs/level`` or above, or to any that are much longer than that.
    func add(_ camera: CameraName, to cells: inout OutcomeCells) async throws {
        let kept = entries.withLock { $0[camera] }
        let rungs = try await work.value(camera) { [self] in
            try await keep(brought(kept?.rungs ?? LedgerRungs(), upToDateFor: camera), camera, since: kept?.madeAt)
        }
        rungs.add(to: &cells)
        if let kept, now() - kept.madeAt > lifetime { renew(camera) }
    }

    /// Sums up every camera's ledger ahead of being asked, at low priority.
    func fill() async throws {
        for camera in try await catalog.cameraNames() {
            try Task.checkCancellation()
            guard entries.withLock({ $0[camera] }) == nil else { continue }
            _ = try await work.value(camera) { [self] in
                try await keep(brought(LedgerRungs(), upToDateFor: camera), camera, since: nil)
            }
        }
    }

    private func renew(_ camera: CameraName) {
        Task(priority: .background) {
            // Where it fails, the next one who asks is told why.
            _ = try? await renewal.value(camera) { [self] in
                try await keep(brought(LedgerRungs(), upToDateFor: camera), camera, since: nil)
            }
        }
    }

    private func brought(_ rungs: LedgerRungs, upToDateFor camera: CameraName) async throws -> LedgerRungs {
        var rungs = rungs
        // The newest run, which may have grown, reaches into what follows its beginning.
        let since = rungs.newest.map { $0.from + .milliseconds(1) } ?? Timestamp.plausible.lowerBound
        try await catalog.forEachRunOutline(of: camera, since: since, until: Timestamp.plausible.upperBound) {
            rungs.add($0)
        }
        return rungs
    }

    private func keep(
        _ rungs: LedgerRungs, _ camera: CameraName, since madeAt: ContinuousClock.Instant?
    ) -> LedgerRungs {
        entries.withLock { entries in
            entries[camera] = Entry(rungs: rungs, madeAt: madeAt ?? now(), usedAt: now())
            while entries.count > 1, entries.values.reduce(0, { $0 + $1.rungs.size }) > most,
                let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key
            {
                entries[oldest] = nil
            }
        }
        return rungs
    }
}
