internal import Archive
internal import Deduplication
internal import GRDB
package import Storage
package import Vocabulary

// Every step is one short transaction, so that a capture beside it hardly waits, and one that is interrupted anywhere leaves a
// sound archive, in which the next run goes on.
extension FrameArchive {
    /// What a policy would remove now.
    ///
    /// - Throws: ``ArchiveError``, `CancellationError`.
    package func retentionPlan(_ policy: RetentionPolicy, at now: Timestamp) async throws -> RetentionPlan {
        try await explained { try await RetentionPlanner(database: pool, path: path).plan(policy, at: now) }
    }

    /// Brings the archive down to what a policy keeps, and gives the space back to the file system.
    ///
    /// - Parameters:
    ///   - plan: of this policy, where there is one already.
    ///   - progress: is called after each step.
    /// - Returns: what went; what went before an error did not come back.
    /// - Throws: ``ArchiveError``, `inUse` where another process takes care of the archive; `CancellationError`.
    package func prune(
        _ policy: RetentionPolicy, at now: Timestamp, plan: RetentionPlan? = nil,
        progress: (PruneProgress) -> Void = { _ in }
    ) async throws -> PruneResult {
        // Held by an archive that was opened for care.
        let care =
            role == .care
            ? nil : try WriterLock(archive: path, role: .care, holder: .current(program: "printlapse"))
        let careOfFile = role == .care ? nil : try FileLock(archive: path, role: .care)
        // What was given up to make room is taken again, as far as there is room now.
        defer { if FileIdentity(path: reserve.path) == nil { keepReserveIfPossible() } }
        let result = try await removeInRounds(policy, at: now, plan: plan, progress)
        _ = consume careOfFile
        _ = consume care
        return result
    }

    private func removeInRounds(
        _ policy: RetentionPolicy, at now: Timestamp, plan: RetentionPlan?, _ progress: (PruneProgress) -> Void
    ) async throws -> PruneResult {
        var result = PruneResult()
        result.fileBefore = try fileSize()
        var next: RetentionPlan? = plan
        // What a frame takes is known only when it is gone: where room is to be made, look again.
        for _ in 0..<Self.rounds {
            let plan: RetentionPlan
            if let next { plan = next } else { plan = try await retentionPlan(policy, at: now) }
            next = nil
            result.shortfall = plan.shortfall
            guard plan.frames > 0 else { break }
            try await remove(plan, &result, progress)
            try await returnSpace()
            try Task.checkCancellation()
            guard policy.maximumSize != nil || policy.minimumFree != nil else { break }
        }
        // Also what a run that was interrupted has left to be given back.
        try await returnSpace()
        result.fileAfter = try fileSize()
        return result
    }

    private static var rounds: Int { 8 }

    private func remove(
        _ plan: RetentionPlan, _ result: inout PruneResult, _ progress: (PruneProgress) -> Void
    ) async throws {
        var step = CareStep(1...(isShortOfRoom ? 16 : 256))
        var done = 0
        for camera in plan.removals {
            var left = camera.removals[...]
            while !left.isEmpty {
                try Task.checkCancellation()
                let removal = FrameRemoval(camera: camera.camera, removals: Array(left.prefix(step.size)))
                left = left.dropFirst(removal.removals.count)
                let (outcome, time) = try await remove(removal, before: left.first)
                result.frames += outcome.frames
                result.bytes += ByteCount(outcome.bytes)
                done += removal.removals.count
                progress(PruneProgress(framesDone: done, frames: plan.frames))
                step.measured(removal.removals.count, took: time)
            }
        }
    }

    /// - Parameter next: the frame of the camera that goes after these: what is new in it is measured when it is known what
    ///   comes before it then, or never.
    private func remove(
        _ removal: FrameRemoval, before next: CameraRemovals.Removal?
    ) async throws -> (FrameRemoval.Outcome, StepTime) {
        try await explained {
            let successors = try await pool.read { try removal.successors(in: $0) }
            let measured = successors.filter { $0.before != nil && $0.frame != next?.place }
            let pairs = measured.compactMap { successor in
                successor.before.map { PictureComparison.Pair(frame: successor.frame.id, after: $0.id) }
            }
            let found = try await PictureComparison(database: pool, path: path).changes(pairs)
            var changes: [FrameRemoval.Successor: LumaChange] = [:]
            for (successor, change) in zip(measured, found) { changes[successor] = change }
            return try await commitRemoval { [changes, pictures] in
                try removal.remove(changes, successors, from: pictures, $0)
            }
        }
    }

    /// What reads the archive, with the database's errors as the archive's own; cancellation stays what it is.
    package func explained<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}
