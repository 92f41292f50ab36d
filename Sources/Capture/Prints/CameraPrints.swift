import Archive
import Snapshots
import Storage
import Synchronization
import Tunnel
import Validation
import Vocabulary

/// What is known of one camera's prints, gathered from the capture of its pictures and from OctoPrint, which run side by side.
///
/// Whatever begins or ends is in the archive before it is told. Where there is no room for it, it waits until there is.
final class CameraPrints: Sendable {
    private let camera: CameraName
    private let clock: ClockWatch?
    private let archive: FrameArchive
    private let tell: @Sendable (CaptureEvent) -> Void
    private let state: Mutex<State>

    fileprivate struct State {
        var tracker: PrintTracker
        var polling: JobPolling
        /// Whether a picture was announced since the job began, so that the next new one is a fresh one.
        var hasSeenAnnounced = false
        /// What is not in the archive yet.
        var unrecorded: [PrintTracker.Change] = []
        /// Only where nothing better tells of prints.
        var stillness: StillnessWatch?
    }

    /// - Parameters:
    ///   - announces: whether the camera's pictures come, or also come, from the webcam API.
    ///   - asksOctoPrint: whether OctoPrint is asked about its job.
    ///   - tracker: with the print that had not ended when the job did.
    init(
        camera: CameraName, announces: Bool, asksOctoPrint: Bool, tracker: PrintTracker = PrintTracker(),
        clock: ClockWatch? = nil, archive: FrameArchive, tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.camera, self.clock, self.archive, self.tell) = (camera, clock, archive, tell)
        state = Mutex(
            State(
                tracker: tracker, polling: JobPolling(hasOtherWitness: announces),
                stillness: announces || asksOctoPrint ? nil : StillnessWatch()))
    }

    /// The print that has not ended, as far as it is known.
    var current: PrintJob? { state.withLock(\.tracker.current) }

    /// Whether a print is seen to run, or was no longer ago than `postRoll`.
    func isPrinting(at now: Timestamp, orWithin postRoll: Duration = .zero) -> Bool {
        state.withLock { state in
            state.tracker.isRunning(at: now) || state.tracker.lastRan(at: now).map { now - $0 <= postRoll } ?? false
        }
    }

    /// Takes a picture that has just come, unlike the one before it.
    ///
    /// - Returns: the print that it shows.
    func print(shownBy frame: ValidFrame, at now: Timestamp) async throws(ArchiveError) -> PrintJob? {
        // The first one may have been announced for half an hour, and that is nothing here.
        if let takenAt = frame.origin.takenAt { try await clock?.hear(picture: takenAt) }
        var shown: PrintJob?
        try await record(at: now) { state in
            let changes = state.saw(frame, at: now)
            shown = state.print(shownBy: frame)
            return changes
        }
        return shown ?? frame.origin.earlierPrint(at: now)
    }

    /// Takes OctoPrint's word.
    func saw(_ job: OctoPrintJob, at now: Timestamp) async throws(ArchiveError) {
        try await record(at: now, asksAgain: false) { $0.tracker.saw(job, at: now) }
    }

    /// Takes that an announced picture is not there any more: the server deletes those of a print when it ends.
    func pictureIsGone(at now: Timestamp) async throws(ArchiveError) {
        try await record(at: now) { $0.sawIdle(at: now) }
    }

    /// Whether idle pictures would end the print now, unless the server still has its pictures.
    ///
    /// - Parameter isIdle: whether such a picture has just come.
    func mayEnd(at now: Timestamp, by isIdle: Bool) -> Bool {
        state.withLock { $0.tracker.mayEnd(at: now, by: isIdle) }
    }

    /// Takes that the server still has the print's newest picture.
    func pictureIsStillThere(at now: Timestamp) { state.withLock { $0.tracker.sawPictureStillThere(at: now) } }

    /// Ends a print by what has not come for too long.
    func waited(until now: Timestamp) async throws(ArchiveError) {
        try await record(at: now) { $0.tracker.waited(until: now) }
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
    private func record(
        at now: Timestamp, asksAgain: Bool = true, _ change: (inout State) -> [PrintTracker.Change]
    ) async throws(ArchiveError) {
        var changes = state.withLock { state in
            let changes = change(&state)
            if asksAgain, !changes.isEmpty { state.polling.want() }
            defer { state.unrecorded = [] }
            return state.unrecorded + changes
        }
        while let change = changes.first {
            do throws(ArchiveError) {
                try await archive.record(change.print, camera: camera)
            } catch {
                guard !error.disposition.endsJob else { throw error }
                state.withLock { [changes] in $0.unrecorded = changes + $0.unrecorded }
                return
            }
            changes.removeFirst()
            switch change {
            case .started(let print): tell(.printStarted(camera, print))
            case .resumed(let print): tell(.printResumed(camera, print))
            case .ended(let print): tell(.printEnded(camera, print))
            }
        }
    }
}

extension PrintTracker.Change {
    fileprivate var print: PrintJob {
        switch self {
        case .started(let print), .resumed(let print), .ended(let print): print
        }
    }
}

extension CameraPrints.State {
    fileprivate mutating func saw(_ frame: ValidFrame, at now: Timestamp) -> [PrintTracker.Change] {
        guard frame.origin.source == .webcamAPI else {
            guard let start = stillness?.saw(frame.luma, at: now) else { return [] }
            return tracker.sawChange(since: start, at: now)
        }
        guard frame.origin.isOfPrint else { return sawIdle(at: now) }
        // The first one may have been announced for half an hour already, and its print be over.
        let isFresh = hasSeenAnnounced || frame.origin.takenAt.map { now - $0 <= PrintTracker.patience } ?? false
        hasSeenAnnounced = true
        guard isFresh else { return [] }
        return tracker.sawPicture(ofPrint: frame.origin.printNumber, in: frame.origin.printSeries, at: now)
    }

    /// OctoPrint knows whether the print is over or somebody only looks at the page.
    fileprivate mutating func sawIdle(at now: Timestamp) -> [PrintTracker.Change] {
        let wasInSight = tracker.idleSince == nil
        defer { if wasInSight, tracker.idleSince != nil { polling.want() } }
        return tracker.sawIdlePicture(at: now)
    }

    /// The print that a picture shows: the one that runs, unless the picture says that it is of another.
    fileprivate func print(shownBy frame: ValidFrame) -> PrintJob? {
        guard frame.origin.isOfPrint, let number = frame.origin.printNumber else { return tracker.current }
        if let print = tracker.current, print.number ?? number == number { return print }
        return tracker.previous?.number == number ? tracker.previous : nil
    }
}

extension SnapshotOrigin {
    /// Whether the picture was uploaded while a print ran.
    fileprivate var isOfPrint: Bool { variant == .raw || variant == .tagged }

    /// The print that the picture was taken of, where none runs any more.
    fileprivate func earlierPrint(at now: Timestamp) -> PrintJob? {
        guard isOfPrint, let printNumber else { return nil }
        return PrintJob(
            number: printNumber, series: printSeries, state: .ended, startedAt: takenAt ?? now, endedAt: takenAt ?? now,
            toldBy: .url)
    }
}
