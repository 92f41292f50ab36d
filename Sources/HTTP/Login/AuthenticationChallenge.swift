/// How a server wants to be shown who asks (RFC 9110, section 11.6.1): one of those that it offers in `WWW-Authenticate`.
struct AuthenticationChallenge: Hashable {
    /// In lower case: `basic`, `digest`, or another.
    let scheme: String
    /// Names in lower case.
    private(set) var parameters: [String: String] = [:]

    /// Longer ones are none: nobody needs so much to ask for a password.
    static let longest = 8192

    /// Reads all challenges of a field, or of several joined by commas, in their order.
    ///
    /// A comma parts parameters and challenges alike, so a challenge begins where a word stands that no equals sign follows.
    static func all(in text: String) -> [AuthenticationChallenge] {
        guard text.utf8.count <= longest else { return [] }
        var challenges: [AuthenticationChallenge] = []
        var reader = FieldReader(text)
        while true {
            reader.skip { $0 == "," || $0.isWhitespace }
            let word = reader.take { !" \t,=\"".contains($0) }
            guard !word.isEmpty else {
                // A sign that belongs nowhere is passed over, and so is the end.
                guard reader.takeOne() else { return challenges }
                continue
            }
            reader.skip(\.isWhitespace)
            if reader.skipsEqualsSign(), let last = challenges.indices.last {
                challenges[last].parameters[word.lowercased()] = reader.value()
            } else {
                challenges.append(AuthenticationChallenge(scheme: word.lowercased()))
            }
        }
    }
}

/// Reads a field from its front.
private struct FieldReader {
    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    mutating func skip(_ isSkipped: (Character) -> Bool) {
        rest = rest.drop(while: isSkipped)
    }

    mutating func take(_ isTaken: (Character) -> Bool) -> String {
        let taken = rest.prefix(while: isTaken)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    /// - Returns: `false` at the end.
    mutating func takeOne() -> Bool {
        rest.popFirst() != nil
    }

    mutating func skipsEqualsSign() -> Bool {
        guard rest.first == "=" else { return false }
        rest.removeFirst()
        skip(\.isWhitespace)
        return true
    }

    /// A word, or text in quotation marks in which a backslash takes the next character as it is.
    mutating func value() -> String {
        guard rest.first == "\"" else { return take { $0 != "," && !$0.isWhitespace } }
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.popFirst() { text.append(next) } else { text.append(character) }
        }
        return text
    }
}
