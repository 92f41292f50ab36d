import ArgumentParser
import Catalog
import Vocabulary

/// Durations, instants, days and how much faster they pass.
extension Word {
    /// `500ms`, `10s`, `5m`, `2h`, `3d`, longer than nothing.
    static func duration(_ text: String) throws -> Duration {
        let duration = try explained { try Duration(parsing: text) }
        guard duration > .zero else { throw ValidationError("it must be longer than nothing.") }
        return duration
    }

    /// A duration, nothing included.
    static func span(_ text: String) throws -> Duration { try explained { try Duration(parsing: text) } }

    static func time(_ text: String) throws -> Timestamp {
        try explained { try Timestamp(parsing: text, now: .wallClock) }
    }

    static func day(_ text: String) throws -> LocalDay { try LocalDay(parsing: text, now: .wallClock) }

    /// A factor such as `60` or `60x`.
    static func speed(_ text: String) throws -> Double {
        guard let speed = Double(text.hasSuffix("x") ? String(text.dropLast()) : text), speed > 0, speed.isFinite else {
            throw ValidationError("a speed is a factor above 0, as 60 or 60x.")
        }
        return speed
    }
}
