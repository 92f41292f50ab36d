import HTTP

/// How likely the server's failure detection finds it that the present print is failing.
public struct FailurePrediction: Hashable, Sendable {
    /// 0 to 1. The published guide calls less than 0.33 low and more than 0.66 high.
    public let value: Double

    /// - Parameter value: brought into 0 to 1.
    public init(_ value: Double) {
        self.value = min(1, max(0, value))
    }

    /// Reads `{"normalized_p": 0.12}`; `nil` where that is `null` or absent.
    ///
    /// - Throws: ``TunnelError/unreadable(_:received:)`` for anything but a number there.
    init?(decoding response: HTTPExchangeResponse) throws(TunnelError) {
        let fields = try JSONFields(decoding: response, of: .prediction)
        switch fields["normalized_p"] {
        case .absent: return nil
        case .number(let number): self.init(number)
        case .text, .object, .other: throw fields.unusable("normalized_p")
        }
    }
}
