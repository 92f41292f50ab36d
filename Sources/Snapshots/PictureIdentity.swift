/// What tells one picture of a source from the next without fetching either.
///
/// It holds no query and no credential, so it may be stored and logged.
package struct PictureIdentity: Hashable, Sendable, CustomStringConvertible {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    package var description: String { text }
}
