import Archive
import Snapshots
import Synchronization
import Tunnel
import Validation
import Vocabulary

/// What is known of one camera's prints, gathered from the capture of its pictures and from OctoPrint, which run side by side.
///
/// Whatever begins or ends is in the archive before it is told. Where there is no room for it, it waits until there is.
final class PrintDesk: Sendable {
    private let camera: CameraName
    private let archive: FrameArchive
    private let tell: @Sendable (CaptureEvent) -> Void
    private let state: Mutex<State>

    fileprivate struct State {
        var tracker = PrintTracker()
        var polling: JobPolling
        /// Whether a picture was announced since the job began, so that the next new one is a fresh one.
        var hasSeenAnnounced = false
        /// When the last print ended.
        var endedAt: Timestamp?
        /// What is not in the archive yet.
        var unrecorded: [PrintTracker.Change] = []
        /// Only where nothing better tells of prints.
        var stillness: StillnessWatch?
    }

    /// - Parameters:
    ///   - announces: whether the camera's pictures come, or also come, from the webcam API.
    ///   - asksOctoPrint: whether OctoPrint is asked about its job.
    init(
        camera: CameraName, announces: Bool, asksOctoPrint: Bool, archive: FrameArchive,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.camera, self.archive, self.tell) = (camera, archive, tell)
        state = Mutex(
            State(
                polling: JobPolling(hasOtherWitness: announces),
                stillness: announces || asksOctoPrint ? nil : StillnessWatch()))
    }

    /// The print that runs.
    var current: PrintJob? { state.withLock(\.tracker.current) }

    /// Whether a print runs, or ended no longer ago than `postRoll`.
    func isPrinting(at now: Timestamp, orWithin postRoll: Duration) -> Bool {
        state.withLock { state in
            state.tracker.current != nil || state.endedAt.map { now - $0 <= postRoll } ?? false
        }
    }

    /// Takes a picture that has just come, unlike the one before it.
    ///
    /// - Returns: the print that it shows.
    func print(shownBy frame: ValidFrame, at now: Timestamp) async throws(ArchiveError) -> PrintJob? {
        var shown: PrintJob?
        try await note(at: now) { state in
            let changes = state.saw(frame, at: now)
            shown = state.tracker.current
            return changes
        }
        return shown ?? frame.origin.earlierPrint(at: now)
    }

    /// Takes OctoPrint's word.
    func saw(_ job: OctoPrintJob, at now: Timestamp) async throws(ArchiveError) {
        try await note(at: now, asksAgain: false) { $0.tracker.saw(job, at: now) }
    }

    /// Ends a print of which there was no sign for too long.
    func waited(until now: Timestamp) async throws(ArchiveError) {
        try await note(at: now) { $0.tracker.waited(until: now) }
    }

    /// Whether OctoPrint is to be asked now; if so, it counts as asked.
    func shallAskOctoPrint(at now: Timestamp) -> Bool {
        state.withLock { state in
            guard state.polling.isDue(at: now, isPrinting: state.tracker.current != nil) else { return false }
            state.polling.asked(at: now)
            return true
        }
    }

    /// - Parameter asksAgain: whether OctoPrint may know more about what changed.
    private func note(
        at now: Timestamp, asksAgain: Bool = true, _ change: (inout State) -> [PrintTracker.Change]
    ) async throws(ArchiveError) {
        var changes = state.withLock { state in
            let changes = change(&state)
            for case .ended in changes { state.endedAt = now }
            if asksAgain, !changes.isEmpty { state.polling.want() }
            defer { state.unrecorded = [] }
            return state.unrecorded + changes
        }
        while let change = changes.first {
            do throws(ArchiveError) {
                try await archive.record(change.print, camera: camera)
            } catch {
                guard case .wait = error.disposition else { throw error }
                state.withLock { [changes] in $0.unrecorded = changes + $0.unrecorded }
                return
            }
            changes.removeFirst()
            switch change {
            case .started(let print): tell(.printStarted(camera, print))
            case .ended(let print): tell(.printEnded(camera, print))
            }
        }
    }
}

extension PrintTracker.Change {
    fileprivate var print: PrintJob {
        switch self {
        case .started(let print), .ended(let print): print
        }
    }
}

extension PrintDesk.State {
    fileprivate mutating func saw(_ frame: ValidFrame, at now: Timestamp) -> [PrintTracker.Change] {
        guard frame.origin.source == .webcamAPI else {
            guard let start = stillness?.saw(frame.luma, at: now) else { return [] }
            return tracker.sawChange(since: start, at: now)
        }
        guard frame.origin.isOfPrint else { return tracker.sawIdlePicture(at: now) }
        // The first one may have been announced for half an hour already, and its print be over.
        let isFresh = hasSeenAnnounced || frame.origin.takenAt.map { now - $0 <= PrintTracker.patience } ?? false
        hasSeenAnnounced = true
        return isFresh ? tracker.sawPicture(ofPrint: frame.origin.printNumber, at: now) : []
    }
}

extension SnapshotOrigin {
    /// Whether the picture was uploaded while a print ran.
    fileprivate var isOfPrint: Bool { variant == .raw || variant == .tagged }

    /// The print that the picture was taken of, where none runs any more.
    fileprivate func earlierPrint(at now: Timestamp) -> PrintJob? {
        guard isOfPrint, let printNumber else { return nil }
        return PrintJob(
            number: printNumber, state: .ended, startedAt: takenAt ?? now, endedAt: takenAt ?? now, toldBy: .url)
    }
}
