/// Who answers, in the words of whoever asks.
public struct Respondent: Hashable, Sendable {
    /// The beginning of a sentence: “The camera”.
    package let subject: String
    private let hints: @Sendable (HTTPStatus) -> String

    /// - Parameter hints: what the person does where it answers with a status that is no success.
    package init(_ subject: String, hints: @escaping @Sendable (HTTPStatus) -> String) {
        (self.subject, self.hints) = (subject, hints)
    }

    func hint(_ status: HTTPStatus) -> String { hints(status) }

    public static func == (some: Respondent, other: Respondent) -> Bool { some.subject == other.subject }

    public func hash(into hasher: inout Hasher) { hasher.combine(subject) }
}
