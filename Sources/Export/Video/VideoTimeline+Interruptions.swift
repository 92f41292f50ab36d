internal import Vocabulary

extension VideoTimeline {
    /// The same with chapters where its print was interrupted and went on: one for the interruption, where there is enough of it to
    /// be seen, and one for what comes after.
    ///
    /// One that runs backwards has none.
    func withChapters(of interruptions: [Standstill]) -> VideoTimeline {
        guard !interruptions.isEmpty, !frames.isNewestFirst else { return self }
        var chapters = [Chapter(title: "Printing", start: 0)]
        func add(_ title: String, at start: Int64) {
            // What is too short to jump to is left to what follows it.
            if let last = chapters.last, start - last.start < Self.leastChapter { chapters.removeLast() }
            chapters.append(Chapter(title: title, start: chapters.isEmpty ? 0 : start))
        }
        for interruption in interruptions {
            guard let resumption = frames.firstIndex(where: { $0.capturedAt >= interruption.until }) else { continue }
            let begin = frames.firstIndex { $0.capturedAt >= interruption.from } ?? resumption
            let isSeen = starts[resumption] - starts[begin] >= Self.leastChapter
            if isSeen { add(interruption.title, at: starts[begin]) }
            add(
                isSeen
                    ? "Printing"
                    : "Goes on: " + interruption.title.prefix(1).lowercased() + interruption.title.dropFirst(),
                at: starts[resumption])
        }
        guard chapters.count > 1 else { return self }
        return VideoTimeline(
            frames: frames, starts: starts, duration: duration, rate: rate, isVariable: isVariable, chapters: chapters)
    }

    /// In microseconds.
    private static let leastChapter: Int64 = 500_000
}
