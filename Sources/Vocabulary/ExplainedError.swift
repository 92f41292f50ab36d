/// An error that tells a person what is wrong and what to do now, and a log or metric which kind it is.
public protocol ExplainedError: Error, CustomStringConvertible {
    /// A constant from a fixed set, in snake_case.
    var label: String { get }
    /// What is wrong and where, as a sentence without its full stop; it holds no secret.
    var description: String { get }
    /// What the person does now.
    var hint: String { get }
}
