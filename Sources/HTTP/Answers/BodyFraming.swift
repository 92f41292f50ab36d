/// How an answer's body ends (RFC 9112, section 6).
enum BodyFraming: Hashable {
    case none
    case counted(Int)
    case chunked
    case untilClose

    init(of head: AnswerHead, isLenient: Bool) throws(AnswerProblem) {
        if head.status == 204 || head.status == 304 {
            self = .none
            return
        }
        let codings = head.elements("transfer-encoding").filter { $0 != "identity" }
        let length = try Self.length(of: head, isLenient: isLenient)
        guard codings.isEmpty else {
            if let other = codings.first(where: { $0 != "chunked" }) { throw .coding(other) }
            // Both together is how requests are smuggled past whatever reads them otherwise.
            guard isLenient || length == nil, codings.count == 1 else { throw .garbled }
            self = .chunked
            return
        }
        self = length.map { .counted($0) } ?? .untilClose
    }

    /// A length past what an `Int` holds is the longest there is: it is past every limit.
    private static func length(of head: AnswerHead, isLenient: Bool) throws(AnswerProblem) -> Int? {
        let texts = Set(head.elements("content-length"))
        guard let text = texts.first else { return nil }
        guard texts.count == 1 else { throw .notHTTP }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            // Browsers read on to the end of the connection.
            guard isLenient else { throw .notHTTP }
            return nil
        }
        return Int(text) ?? .max
    }
}
