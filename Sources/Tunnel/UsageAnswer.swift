internal import HTTP
internal import Vocabulary

/// The usage API's answer: `{"total": 123, "monthly_cap": 314572800.0, "reset_in_seconds": 864000.0}`.
///
/// The cap was seen as a JSON float and as -1 for unlimited, and the seconds to the reset up to a day late, so all three are
/// read as numbers. Without a total or a cap there is no answer; a reset that is missing or absurd is computed instead.
enum UsageAnswer {
    static func reading(
        decoding response: HTTPExchangeResponse, at now: Timestamp
    ) throws(TunnelError) -> UsageReading {
        let fields = try JSONFields(decoding: response, of: .usage)
        guard case .number(let total) = fields["total"] else { throw fields.unusable("total") }
        guard case .number(let cap) = fields["monthly_cap"] else { throw fields.unusable("monthly_cap") }
        var resetIn: Duration?
        // Beyond a year it is absurd, and could overflow; the reading then computes the reset by itself.
        if case .number(let seconds) = fields["reset_in_seconds"], seconds.magnitude < 366 * 86_400 {
            resetIn = .milliseconds(Int64(seconds * 1000))
        }
        return UsageReading(
            readAt: now, total: bytes(total), monthlyCap: cap < 0 ? nil : bytes(cap), resetIn: resetIn)
    }

    private static func bytes(_ number: Double) -> ByteCount {
        ByteCount(Int64(exactly: number.rounded(.down)) ?? (number > 0 ? .max : 0))
    }
}
