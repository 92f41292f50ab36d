import Archive
import Deduplication
import Storage
import Synchronization
import Vocabulary

/// One camera's slots on their way into the archive.
///
/// Slots that cannot be entered for want of room are counted here, and entered as what they were, `disk`, as soon as there is
/// some: before anything later of the camera, so that the ledger has no hole.
final class SlotLedger: Sendable {
    private let camera: CameraName
    private let archive: FrameArchive
    private let disk: DiskWatch
    private let clock: any JobClock
    private let waiting = Mutex<[SlotRun]>([])

    init(camera: CameraName, archive: FrameArchive, disk: DiskWatch, clock: any JobClock) {
        (self.camera, self.archive, self.disk, self.clock) = (camera, archive, disk, clock)
    }

    /// Accounts for a slot that brought no new frame.
    ///
    /// - Throws: ``ArchiveError`` where nothing can be recorded any more.
    func record(
        _ empty: EmptySlot, for slot: Slot, received: ByteCount = .zero, attempts: Int = 0
    ) async throws(ArchiveError) -> SlotReport {
        try await enter(slot, received: received, attempts: attempts) { [archive, camera] () throws(ArchiveError) in
            try await archive.record(
                empty.outcome, detail: empty.detail, for: slot, camera: camera, received: received,
                seen: empty.seen)
            return SlotReport(
                camera: camera, slot: slot, empty: empty, received: received, attempts: attempts)
        }
    }

    /// Keeps a frame, which accounts for its slot.
    ///
    /// - Returns: a report with the frame, or one that says why there was no room for it.
    /// - Throws: ``ArchiveError`` where nothing can be recorded any more.
    func store(
        _ frame: NovelFrame, for slot: Slot, received: ByteCount, attempts: Int, circumstances: FrameCircumstances
    ) async throws(ArchiveError) -> SlotReport {
        try await enter(slot, received: received, attempts: attempts) { [archive, camera] () throws(ArchiveError) in
            var report = SlotReport(camera: camera, slot: slot, received: received, attempts: attempts)
            report.frame = try await archive.store(
                frame, for: slot, received: received, circumstances: circumstances)
            return report
        }
    }

    /// Accounts for a slot that is left out for want of room.
    func leaveOut(_ slot: Slot, for pause: RoomPause) async throws(ArchiveError) -> SlotReport {
        let empty = EmptySlot(pause)
        guard pause.isUnwritable else { return try await record(empty, for: slot) }
        wait(SlotRun(empty, slot, received: .zero))
        return SlotReport(camera: camera, slot: slot, empty: empty, received: .zero, attempts: 0)
    }

    /// Accounts for slots that passed without an attempt.
    func recordMissed(
        from first: Timestamp, slots: Int, interval: Duration, detail: SlotReason
    ) async throws(ArchiveError) {
        wait(SlotRun(outcome: .missed, detail: detail, first: first, slots: slots, interval: interval))
        try await settleIfPossible()
    }

    /// Enters what waits, where that is possible now: at the camera's end the last chance. What is not entered then is found
    /// to have been missed by the next start.
    func settleIfPossible() async throws(ArchiveError) {
        do throws(ArchiveError) {
            try await settle()
        } catch {
            guard disk.failed(error, at: clock.now()) != nil else { throw error }
        }
    }

    private func enter(
        _ slot: Slot, received: ByteCount, attempts: Int,
        _ write: () async throws(ArchiveError) -> SlotReport
    ) async throws(ArchiveError) -> SlotReport {
        do throws(ArchiveError) {
            try await settle()
            let report = try await write()
            disk.succeeded(at: clock.now())
            return report
        } catch {
            guard let pause = disk.failed(error, at: clock.now()) else { throw error }
            let empty = EmptySlot(pause)
            wait(SlotRun(empty, slot, received: received))
            return SlotReport(
                camera: camera, slot: slot, empty: empty, received: received, attempts: attempts)
        }
    }

    private func wait(_ run: SlotRun) {
        waiting.withLock { waiting in
            if let last = waiting.indices.last, waiting[last].extend(by: run) { return }
            waiting.append(run)
        }
    }

    /// Enters what waits.
    private func settle() async throws(ArchiveError) {
        let runs = waiting.withLock { $0 }
        guard !runs.isEmpty else { return }
        try await archive.record(runs, camera: camera)
        waiting.withLock { $0.removeFirst(runs.count) }
    }
}

extension SlotRun {
    /// A single slot.
    fileprivate init(_ empty: EmptySlot, _ slot: Slot, received: ByteCount) {
        self.init(
            outcome: empty.outcome, detail: empty.detail, first: slot.due, slots: 1, interval: slot.interval,
            received: received)
    }
}
