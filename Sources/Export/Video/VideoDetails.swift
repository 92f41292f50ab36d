internal import Vocabulary

/// What a video's file says about itself.
struct VideoDetails: Hashable, Sendable {
    var cameras: [CameraName]
    /// The names of the prints that it shows.
    var prints: [String]
    /// When its first and last frame were captured.
    var span: ClosedRange<Timestamp>
    var frames: Int
    /// The program's.
    var version: String?
    /// The title that was given.
    var givenTitle: String?

    /// Shown by players: what it was given, else the print's name, else the camera and the first frame's time.
    var title: String {
        if let givenTitle { return givenTitle }
        if prints.count == 1 { return prints[0].printable }
        return cameras.map(\.text).joined(separator: ", ") + " \(span.lowerBound)"
    }

    /// In the terms that all containers know, and for Matroska in terms of our own as well.
    func tags(for format: ExportFormat) -> [(key: String, value: String)] {
        let program = "Printlapse" + (version.map { " " + $0 } ?? "")
        let names = prints.map(\.printable).joined(separator: ", ")
        let comment =
            "\(frames == 1 ? "1 frame" : "\(frames) frames") of \(cameras.map(\.text).joined(separator: ", "))"
            + (names.isEmpty ? "" : ", \(names)") + ", \(span.lowerBound) to \(span.upperBound), by \(program)"
        var tags = [("title", title), ("creation_time", "\(span.lowerBound)"), ("comment", comment)]
        guard format.takesAnyTag else { return tags }
        tags += [
            ("CAMERA", cameras.map(\.text).joined(separator: ", ")), ("FRAMES", "\(frames)"),
            ("CAPTURED_FROM", "\(span.lowerBound)"), ("CAPTURED_UNTIL", "\(span.upperBound)"), ("PROGRAM", program),
        ]
        if !names.isEmpty { tags.append(("PRINT", names)) }
        return tags
    }
}
