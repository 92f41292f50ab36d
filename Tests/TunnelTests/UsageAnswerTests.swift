import HTTP
import Testing
import Tunnel
import Vocabulary

@Suite struct `The usage answer` {
    private let now = Timestamp(milliseconds: 1_763_900_000_000)

    private func usage(_ json: String) async throws -> UsageReading { try await client(.ok(json)).usage(at: now) }

    @Test func `is read with a cap that is a float`() async throws {
        let reading = try await usage(#"{"total": 1234, "monthly_cap": 314572800.0, "reset_in_seconds": 3600.5}"#)
        #expect(reading.total == ByteCount(1234))
        #expect(reading.monthlyCap == ByteCount(314_572_800))
        #expect(reading.resetAt == now + .milliseconds(3_600_500))
    }

    @Test(arguments: ["-1", "-1.0", "-0.5"])
    func `with a negative cap is unlimited`(cap: String) async throws {
        #expect(try await usage(#"{"total": 1, "monthly_cap": \#(cap), "reset_in_seconds": 1}"#).monthlyCap == nil)
    }

    @Test(arguments: ["", #", "reset_in_seconds": null"#, "-5", "0", "1e300", "9e18", "2700000", #""soon""#, "[]"])
    func `without a sensible reset resets with the month`(reset: String) async throws {
        let field = reset.isEmpty || reset.hasPrefix(",") ? reset : #", "reset_in_seconds": \#(reset)"#
        let reading = try await usage(#"{"total": 1, "monthly_cap": 10\#(field)}"#)
        #expect(reading.resetAt == now.startOfNextMonth)
    }

    @Test(arguments: [("-3", Int64(0)), ("1e30", .max), ("12.9", 12), ("9007199254740993", 9_007_199_254_740_992)])
    func `has a total within what can be counted`(total: String, bytes: Int64) async throws {
        #expect(try await usage(#"{"total": \#(total), "monthly_cap": -1}"#).total == ByteCount(bytes))
    }

    @Test(arguments: [
        (#"{"monthly_cap": 1}"#, "unexpected_json"), (#"{"total": 1}"#, "unexpected_json"),
        (#"{"total": "1", "monthly_cap": 1}"#, "unexpected_json"),
        (#"{"total": 1, "monthly_cap": null}"#, "unexpected_json"),
        (#"{"total": true, "monthly_cap": 1}"#, "unexpected_json"), ("[]", "not_json"), ("", "not_json"),
        ("{", "not_json"),
        ("nul", "not_json"), ("\u{0}", "not_json"), ("\n<!DOCTYPE html><title>Login</title>", "html_for_json"),
        (String(repeating: "[", count: 60_000), "not_json"),
        (String(repeating: #"{"total":"#, count: 6000), "not_json"),
    ])
    func `that is another thing is named`(body: String, label: String) async {
        let error = await tunnelError { try await usage(body) }
        #expect(error?.label == label)
        #expect(error?.outcome == .rejected)
        #expect(error?.bytesReceived == ByteCount(body.utf8.count))
    }
}
