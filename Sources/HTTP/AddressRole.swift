/// What an address is for, in the words of whoever needs it.
public struct AddressRole: Hashable, Sendable {
    /// A short constant, with which labels begin.
    package let label: String
    /// The beginning of a sentence: “The camera's address”.
    let subject: String
    /// What the person does where it is none.
    let hint: String

    package init(_ label: String, subject: String, hint: String) {
        (self.label, self.subject, self.hint) = (label, subject, hint)
    }

    /// What a server redirects to.
    public static let redirect = AddressRole(
        "redirect", subject: "The address that the server redirects to", hint: expectedPublic)

    /// What a server announces in an answer, for whoever asked to fetch it from there: a picture.
    public static let announced = AddressRole(
        "snapshot", subject: "The snapshot URL that the server announces", hint: expectedPublic)

    private static let expectedPublic =
        "Ask the server's administrator: a public address of the server is expected there."
}
