/// Why bytes are no answer that can be read.
enum AnswerProblem: Error, Hashable {
    /// What came is not the beginning of an HTTP answer.
    case notHTTP
    /// The body's frame is broken.
    case garbled
    /// The body comes in a transfer coding that was not asked for.
    case coding(String)
}
