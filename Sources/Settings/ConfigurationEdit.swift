package import Vocabulary
import Yams

/// Adds cameras to a configuration's text and takes them out of it; comments, order and layout of the rest stay as they are.
///
/// The result is read back, so that what is saved is a configuration that says what it is meant to say and nothing else new.
package struct ConfigurationEdit {
    private let file: String
    private var lines: [String]

    /// - Parameters:
    ///   - text: the configuration as it is; empty for a new one.
    ///   - file: named in errors.
    package init(_ text: String, file: String) {
        self.file = file
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
    }

    /// Adds a camera behind the others.
    ///
    /// - Parameter settings: keys and values, as they are to be written.
    /// - Throws: ``ConfigurationError`` where the text is no configuration, or would not be one afterwards.
    package func adding(
        _ camera: CameraName, settings: [(key: String, value: String)]
    ) throws(ConfigurationError) -> String {
        let keys = [(key: "name", value: camera.text)] + settings
        var edited = lines
        if lines.isEmpty {
            edited = ["cameras:"] + item(keys, indentation: 2)
        } else {
            let spans = try spans()
            guard !spans.contains(where: { $0.name == camera }) else {
                throw error("it has a camera “\(camera)” already", hint: "Choose another name, or edit the file.")
            }
            guard let last = spans.last else { throw error("it has no cameras", hint: "See Samples/config.yaml.") }
            edited.insert(contentsOf: item(keys, indentation: last.indentation), at: last.lines.upperBound)
        }
        return try checked(edited) { before, after in
            after.cameras.dropLast().map(\.name) == before.map(\.name) && after.cameras.last?.name == camera
        }
    }

    /// Takes a camera out, with the comments above its lines.
    ///
    /// - Returns: `nil` where it was the only one, so that nothing would be left.
    package func removing(_ camera: CameraName) throws(ConfigurationError) -> String? {
        let spans = try spans()
        guard let span = spans.first(where: { $0.name == camera }) else {
            throw error("it has no camera “\(camera)”", hint: "“printlapse cameras” lists them.")
        }
        guard spans.count > 1 else { return nil }
        var edited = lines
        var start = span.lines.lowerBound
        while start > 0, isComment(lines[start - 1], indentation: span.indentation) { start -= 1 }
        // One of the empty lines around it goes with it.
        if start > 0, lines[start - 1].allSatisfy(\.isWhitespace) { start -= 1 }
        edited.removeSubrange(start..<span.lines.upperBound)
        return try checked(edited) { before, after in
            after.cameras.map(\.name) == before.map(\.name).filter { $0 != camera }
        }
    }

    // MARK: Where things stand

    private struct Span {
        let name: CameraName
        /// Of the item's dash.
        let indentation: Int
        /// From the dash to the last line with something in it.
        let lines: Range<Int>
    }

    private func spans() throws(ConfigurationError) -> [Span] {
        let text = lines.joined(separator: "\n") + "\n"
        let cameras = try ConfigurationFile.parse(text, file: file).cameras
        var spans: [Span] = []
        for (index, camera) in cameras.enumerated() {
            // The mark is at the item's first key; its dash is before it, or on a line above.
            guard let place = camera.place, var start = Optional(place.line - 1), lines.indices.contains(start) else {
                throw error("it is not laid out line by line", hint: "Edit the file by hand.")
            }
            while start > 0, !lines[start].trimmed.hasPrefix("-") { start -= 1 }
            let indentation = lines[start].prefix { $0 == " " }.count
            guard lines[start].trimmed.hasPrefix("-") else {
                throw error("its cameras are not written one below the other", hint: "Edit the file by hand.")
            }
            let next = index + 1 < cameras.count ? (cameras[index + 1].place?.line ?? lines.count + 1) - 1 : lines.count
            var end = start + 1
            for line in start + 1..<max(start + 1, next) {
                let text = lines[line]
                if text.allSatisfy(\.isWhitespace) || text.trimmed.hasPrefix("#") { continue }
                guard text.prefix(while: { $0 == " " }).count > indentation else { break }
                end = line + 1
            }
            spans.append(Span(name: camera.name, indentation: indentation, lines: start..<end))
        }
        return spans
    }

    private func isComment(_ line: String, indentation: Int) -> Bool {
        line.trimmed.hasPrefix("#") && line.prefix { $0 == " " }.count >= indentation
    }

    private func item(_ keys: [(key: String, value: String)], indentation: Int) -> [String] {
        let margin = String(repeating: " ", count: indentation)
        return keys.enumerated().map { index, pair in
            "\(margin)\(index == 0 ? "- " : "  ")\(pair.key): \(Self.quoted(pair.value))"
        }
    }

    /// A value as YAML: plain where that is safe, else in double quotes.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            value.first.map { $0.isLetter || $0.isNumber || "/.".contains($0) } == true && !value.hasSuffix(" ")
            && value.allSatisfy { $0.isLetter || $0.isNumber || " ./:-_%?=&()@+,~".contains($0) }
            && !value.contains(": ") && !value.hasSuffix(":")
        guard !isPlain else { return value }
        let escaped = value.map { character -> String in
            switch character {
            case "\"": "\\\""
            case "\\": "\\\\"
            default: String(character)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private func checked(
        _ edited: [String], _ isMeant: ([JobConfiguration.Camera], JobConfiguration) -> Bool
    ) throws(ConfigurationError) -> String {
        let text = edited.joined(separator: "\n") + "\n"
        let before = lines.isEmpty ? [] : try ConfigurationFile.parse(lines.joined(separator: "\n"), file: file).cameras
        guard isMeant(before, try ConfigurationFile.parse(text, file: file)) else {
            throw error("the change does not fit its layout", hint: "Edit the file by hand; nothing was changed.")
        }
        return text
    }

    private func error(_ problem: String, hint: String) -> ConfigurationError {
        ConfigurationError(file: file, place: nil, problem: problem, hint: hint)
    }
}

extension String {
    fileprivate var trimmed: Substring {
        drop { $0 == " " || $0 == "\t" }
    }
}
