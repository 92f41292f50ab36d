/// The head of an answer: its status, and the fields that came with it.
struct AnswerHead: Sendable {
    /// Three digits of any value, 000 to 999: what it means is decided where the whole answer is known.
    var status: Int
    /// Whether the connection ends with the answer unless it says otherwise, as before HTTP/1.1.
    var isOld: Bool
    var fields: [(name: String, value: String)] = []

    /// The elements of all fields of a name, which is given in lower case, as a list (RFC 9110, section 5.6.1).
    func elements(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name }
            .flatMap { $0.value.split(separator: ",").map { $0.trimmed.lowercased() } }
            .filter { !$0.isEmpty }
    }

    func value(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name }?.value
    }

    /// Whether the server means to keep the connection open.
    var isPersistent: Bool {
        let options = elements("connection")
        return isOld ? options.contains("keep-alive") : !options.contains("close")
    }

    /// Whether the body is what it seems to be: neither compressed nor the body of an error.
    var hasPlainSuccess: Bool {
        (200...299).contains(status) && elements("content-encoding").allSatisfy { $0 == "identity" }
    }
}

extension StringProtocol {
    /// Without spaces and tabs around it.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
