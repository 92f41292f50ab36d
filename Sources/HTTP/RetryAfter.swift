internal import Foundation

/// The `Retry-After` header (RFC 9110, section 10.2.3), brought within bounds.
enum RetryAfter {
    /// Shorter wishes become a second; longer ones, absurd ones included, an hour.
    static let bounds: ClosedRange<Duration> = .seconds(1) ... .seconds(3600)

    /// `nil` where there is none, or none that can be read. A date counts from the answer's own `Date`, so that a wrong clock on
    /// either side changes nothing.
    static func duration(in response: HTTPExchangeResponse) -> Duration? {
        guard let text = response.header("Retry-After")?.trimmingCharacters(in: .whitespaces), !text.isEmpty else {
            return nil
        }
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            // More digits than an Int64 holds are still a number, only a large one.
            return bounded(Int64(text).map { Double($0) } ?? .infinity)
        }
        guard let until = date(text), let now = response.header("Date").flatMap(date) else { return nil }
        return bounded(until.timeIntervalSince(now))
    }

    private static func bounded(_ seconds: Double) -> Duration {
        .seconds(min(max(seconds, 1), 3600))
    }

    /// The one form of date that servers may generate: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }
}
