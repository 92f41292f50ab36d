/// What people call a machine whose archive is published: 1 to 80 characters on one line, without a slash.
package struct MachineName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Throws: ``VocabularyError/machineName(_:)``
    package init(_ text: String) throws(VocabularyError) {
        // What a hub shows of it is all of it.
        guard !text.isEmpty, text.utf8.count <= 400, !text.contains("/"), text.printable == text else {
            throw .machineName(text)
        }
        self.text = text
    }

    package var description: String { text }
}
