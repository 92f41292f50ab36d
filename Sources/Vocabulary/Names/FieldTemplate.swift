/// A name with fields in braces, such as `{camera} {local:%Y-%m-%d}`, split into its text and its fields.
///
/// `{{` and `}}` are braces. What a field stands for is its reader's to say.
package struct FieldTemplate: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        case text(String)
        /// - Parameters:
        ///   - name: what stands before the first colon.
        ///   - format: what stands behind it; `nil` where there is none.
        ///   - whole: both, as written.
        case field(name: String, format: String?, whole: String)
    }

    package let pieces: [Piece]

    /// - Throws: what is wrong with it, as text: it is empty, its braces do not match, or it has what cannot stand in every
    ///   file's name.
    package init(_ text: String) throws(NameProblem) {
        guard !text.isEmpty else { throw NameProblem("it is empty") }
        var pieces: [Piece] = []
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                pieces.append(.text(String(character)))
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw NameProblem("a { has no }") }
                let field = rest[..<end]
                try Self.requireSafe(field.replacing("%", with: "").replacing(":", with: "", maxReplacements: 1))
                let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                pieces.append(
                    .field(
                        name: String(parts[0]), format: parts.dropFirst().first.map(String.init), whole: String(field)))
                rest = rest[rest.index(after: end)...]
            case "}": throw NameProblem("a } has no {")
            default:
                try Self.requireSafe([character])
                pieces.append(.text(String(character)))
            }
        }
        self.pieces = pieces
    }

    /// What is in no name on some file system, means something in a checksum list, or leads to another folder.
    private static func requireSafe(_ text: some Sequence<Character>) throws(NameProblem) {
        for character in text {
            if "/\\".contains(character) { throw NameProblem("“\(character)” would lead into another folder") }
            let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
            guard !isControl, !":*?\"<>|%".contains(character) else {
                throw NameProblem("“\(String(character).printable)” cannot stand in every file's name")
            }
        }
    }
}

/// What is wrong with a template.
package struct NameProblem: Error {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}
