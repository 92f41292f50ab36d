/// An error that tells a person what is wrong and what to do now, and a log or metric which kind it is.
public protocol ExplainedError: Error, CustomStringConvertible {
    /// A constant from a fixed set, in snake_case.
    var label: String { get }
    /// What is wrong and where, as one sentence, with or without its full stop; it holds no secret.
    var description: String { get }
    /// What the person does now.
    var hint: String { get }
}

extension ExplainedError {
    /// The description and below it, indented, the hint: what a person is shown.
    public var message: String { message(hint: hint) }

    /// The description and below it, indented, what the person does now in the words of a command.
    public func message(hint: String) -> String {
        (description.asSentence + "\n  " + hint.asSentence).shown
    }
}

extension String {
    /// This text with a full stop at its end, unless it ends like a sentence already.
    public var asSentence: String {
        // A quotation that is a sentence of its own has its full stop inside.
        let end = last == "”" ? dropLast().last : last
        guard let end, !".!?:".contains(end) else { return self }
        return self + "."
    }
}
