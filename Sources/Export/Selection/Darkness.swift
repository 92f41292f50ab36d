/// Which frames are too dark to be worth showing, by the mean luma that was measured when they were captured.
///
/// The brightest tenth of a selection tells how bright its pictures are when there is light. A frame is dark below 40 %
/// of that, but never from 48 on, where `frames --dark` ends too, and always below 16, where a picture is black with
/// noise in it. So a dim camera keeps its frames, and a night with a lamp survives beside a sunny day.
struct Darkness: Hashable, Sendable {
    /// Frames with a lower mean luma are dark.
    let threshold: Int

    private static let share = 0.4
    private static let bounds = 16...48

    /// - Parameter brightness: of all frames of the selection; those that were never measured have no say.
    init(among brightness: some Sequence<Int?>) {
        var counts = [Int](repeating: 0, count: 256)
        for case let value? in brightness { counts[min(255, max(0, value))] += 1 }
        let total = counts.reduce(0, +)
        var seen = 0
        let lit = counts.indices.reversed().first { level in
            seen += counts[level]
            return seen * 10 > total
        }
        let wanted = Int(Double(lit ?? 0) * Self.share)
        threshold = min(Self.bounds.upperBound, max(Self.bounds.lowerBound, wanted))
    }

    /// A frame that was never measured is not.
    func covers(_ candidate: ExportCandidate) -> Bool { candidate.brightness.map { $0 < threshold } ?? false }
}
