/// What an owner writes about a frame or a print: 1 to 1,000 characters on one line.
///
/// Without control characters, so that it can stand in a table, a log line and a file as it is. Markup in it is allowed:
/// whoever writes HTML escapes it.
public struct Note: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// White space around the text does not count.
    ///
    /// - Throws: ``VocabularyError/note(reason:)`` that names the rule which the text breaks.
    public init(_ text: String) throws(VocabularyError) {
        let blanks = text.prefix(while: \.isWhitespace).count
        let trimmed = text.dropFirst(blanks).reversed().drop(while: \.isWhitespace).reversed()
        guard !trimmed.isEmpty else { throw .note(reason: "it is empty") }
        guard trimmed.count <= 1000 else { throw .note(reason: "it has \(trimmed.count) characters") }
        self.text = String(trimmed)
        let controls: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator]
        guard !self.text.unicodeScalars.contains(where: { controls.contains($0.properties.generalCategory) }) else {
            throw .note(reason: "it has a line break or another control character")
        }
    }

    public var description: String { text }
}
