internal import Deduplication
internal import Vocabulary

/// Leaves out frames for what they show.
struct FrameSieve: Sendable {
    private(set) var frames: [ExportCandidate] = []
    private(set) var leftOut: LeftOutFrames

    private enum Fate { case kept, suspect, tagged, dark, still }

    /// - Parameters:
    ///   - withTwins: whether pictures with boxes stay where one without is near.
    ///   - leftOut: what was left out before.
    init(
        _ candidates: [ExportCandidate], as selection: ExportSelection, withTwins: Bool = false,
        leftOut: LeftOutFrames = LeftOutFrames()
    ) {
        self.leftOut = leftOut
        // A suspect picture that is left out itself is no reason to leave out the one with boxes beside it.
        let clean = selection.takesSuspect ? candidates : candidates.filter { !$0.isSuspect }
        let twins = TaggedTwins(among: withTwins ? [] : clean)
        let darkness = selection.skipsDark ? Darkness(among: candidates.lazy.map(\.brightness)) : nil
        var stillness = selection.skipsStill ? Stillness() : nil
        // Whether a frame is still depends on those captured before it, whatever the order of the list.
        let isBackwards = candidates.isNewestFirst
        for candidate in isBackwards ? candidates.reversed() : candidates {
            stillness?.see(candidate)
            if !selection.takesSuspect, candidate.isSuspect {
                self.leftOut.suspect += 1
            } else if twins.contains(candidate) || selection.skipsTagged && candidate.isTagged {
                self.leftOut.tagged += 1
            } else if let darkness, darkness.covers(candidate) {
                self.leftOut.dark += 1
            } else if stillness?.isShown(candidate) == true {
                self.leftOut.still += 1
            } else {
                stillness?.show(candidate)
                frames.append(candidate)
            }
        }
        if isBackwards { frames.reverse() }
    }
}

/// Whether what a camera shows is in the frames that were taken.
///
/// The archive says of each frame how much changed against the camera's kept frame before. A frame without a change
/// beyond noise shows what that one does; it is needed only where that one was left out, and what it showed first.
private struct Stillness {
    /// Cameras whose newest frame shows what a taken one does.
    private var shown: Set<CameraName> = []

    mutating func see(_ candidate: ExportCandidate) {
        guard let change = candidate.change, change <= LumaChange.noise else {
            shown.remove(candidate.camera)
            return
        }
    }

    func isShown(_ candidate: ExportCandidate) -> Bool { shown.contains(candidate.camera) }

    mutating func show(_ candidate: ExportCandidate) { shown.insert(candidate.camera) }
}
