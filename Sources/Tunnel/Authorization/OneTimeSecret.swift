import HTTP

/// 128 random bits that whoever comes back from the authorization page must know.
///
/// They stand in the callback's path, because servers append to it without looking whether there is a query already.
struct OneTimeSecret: Sendable {
    /// 32 hexadecimal digits.
    let text: Secret

    /// - Parameter generator: the system's is cryptographically secure on every platform that Swift supports.
    init(using generator: inout some RandomNumberGenerator) {
        let words: [UInt64] = [generator.next(), generator.next()]
        text = Secret(
            words.map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined())
    }

    /// Whether `candidate` is the secret. The time that this takes tells nothing about where the two differ.
    func matches(_ candidate: some StringProtocol) -> Bool {
        let (own, other) = (Array(text.revealed.utf8), Array(candidate.utf8))
        guard own.count == other.count else { return false }
        return zip(own, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
