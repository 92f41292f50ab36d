internal import Vocabulary

/// What a sheet is about: the frames that were asked for, all together.
struct SheetSubject: Sendable {
    let kind: SheetKind
    let givenTitle: String?
    let cameras: [CameraName]
    /// Of the print that all frames belong to.
    let printName: String?
    let clock: SheetClock
    /// Frames that match.
    let frames: Int
    /// What else is to be said.
    var note: String?

    /// What was given, or `printer · benchy.gcode`.
    var title: String { givenTitle ?? (cameras.map(\.text) + [printName].compactMap { $0 }).joined(separator: " · ") }

    /// `2026-11-23, 14:05:10 – 14:17:32 · 12m 22s · 30 of 3412 frames`
    func details(shown: Int) -> String {
        let length = clock.span.upperBound - clock.span.lowerBound
        let count = frames == 1 ? "1 frame" : shown == frames ? "\(frames) frames" : "\(shown) of \(frames) frames"
        return [clock.spanText, length >= .seconds(1) ? length.shortText : nil, count, note].compactMap { $0 }
            .joined(separator: " · ")
    }
}
