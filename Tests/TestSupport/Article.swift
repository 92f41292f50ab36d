package import Foundation

/// A page of one of the documentation's catalogues: tests hold its tables and examples to what the types say.
package struct Article: Sendable {
    /// The package's folder.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Of this file, from the package's folder on.
    package let path: String
    private let lines: [String]

    /// - Parameters:
    ///   - module: whose catalogue it is in.
    ///   - name: of the file, without its ending.
    package init(_ module: String, _ name: String) throws {
        try self.init(path: "Sources/\(module)/\(module).docc/\(name).md")
    }

    private init(path: String) throws {
        self.path = path
        lines = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// All pages of a module's catalogue.
    package static func all(of module: String) throws -> [Article] {
        let folder = "Sources/\(module)/\(module).docc"
        return try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
            .filter { $0.hasSuffix(".md") }.map { try Article(path: "\(folder)/\($0)") }
    }

    /// The rows of the tables whose first column has this heading, cell by cell, as they are read: without the marks of code.
    package func rows(under heading: String) -> [[String]] {
        var rows: [[String]] = []
        var isInside = false
        for line in lines {
            guard line.hasPrefix("|") else {
                isInside = false
                continue
            }
            let cells = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces) }
            if cells.first == heading {
                isInside = true
            } else if isInside, cells.first?.allSatisfy({ $0 == "-" }) != true || cells.first?.isEmpty == true {
                rows.append(cells)
            }
        }
        return rows
    }

    /// The examples of a language.
    package func examples(in language: String) -> [String] {
        var examples: [String] = []
        var example: [String]?
        for line in lines {
            if let begun = example {
                if line == "```" {
                    examples.append(begun.joined(separator: "\n"))
                    example = nil
                } else {
                    example = begun + [line]
                }
            } else if line == "```\(language)" {
                example = []
            }
        }
        return examples
    }

    /// What is set as code within the text.
    package var words: [String] {
        lines.flatMap { line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        }
    }
}
