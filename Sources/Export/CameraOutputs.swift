internal import Vocabulary

/// How outputs are called of which there is one for each camera.
struct CameraOutputs {
    private var taken: Set<String> = []

    private static let field = "{camera}"

    /// Whether an output's name asks for one of each camera, however many there are.
    static func isAsked(by output: String) -> Bool { output.contains(field) }

    /// `day-printer.mp4` for `day.mp4`, or the camera's name where `{camera}` stands; with a number where two cameras'
    /// names come to the same.
    mutating func path(for output: String, of camera: CameraName) -> String {
        let name = PortableName(camera.text).text
        var path = Self.path(output, name)
        var number = 2
        while !taken.insert(path.lowercased()).inserted {
            path = Self.path(output, "\(name)-\(number)")
            number += 1
        }
        return path
    }

    private static func path(_ output: String, _ camera: String) -> String {
        guard !isAsked(by: output) else {
            // Only what the camera's name has a part in is ours to mend.
            return output.split(separator: "/", omittingEmptySubsequences: false).map { name in
                guard isAsked(by: String(name)) else { return String(name) }
                let filled = name.split(separator: field, omittingEmptySubsequences: false).joined(separator: camera)
                return PortableName(mending: filled).text
            }.joined(separator: "/")
        }
        let slashes = output.reversed().prefix { $0 == "/" }.count
        let whole = output.dropLast(slashes)
        let start = whole.lastIndex(of: "/").map { whole.index(after: $0) } ?? whole.startIndex
        let dot = whole[start...].lastIndex(of: ".").flatMap { $0 == start || slashes > 0 ? nil : $0 } ?? whole.endIndex
        return whole[..<dot] + "-" + camera + whole[dot...] + output.suffix(slashes)
    }
}

extension ExportFormat {
    /// Whether frames of several cameras in one output of this kind would be mixed up: pictures in a folder keep their names.
    var mixesCameras: Bool { !holdsPictures }
}
