import Archive
import ArgumentParser
import Budget
import Capture
import Care
import Catalog
import Export
import HTTP
import Monitoring
import Settings
import Vocabulary

/// Reads the words of the command line that are types of the program; what does not fit is explained by the type's own error.
enum Word {
    /// `500ms`, `10s`, `5m`, `2h`, `3d`, longer than nothing.
    static func duration(_ text: String) throws -> Duration {
        let duration = try explained { try Duration(parsing: text) }
        guard duration > .zero else { throw ValidationError("it must be longer than nothing.") }
        return duration
    }

    /// A duration, nothing included.
    static func span(_ text: String) throws -> Duration { try explained { try Duration(parsing: text) } }

    /// A part of a whole such as `50%`.
    static func share(_ text: String) throws -> Double {
        guard let share = Double(share: text) else {
            throw ValidationError("a part is more than 0% and at most 100%, as 50%.")
        }
        return share
    }

    /// A URL to post to, or a command with its arguments, apart by spaces.
    static func eventHandler(_ text: String) throws -> EventHandler {
        try explained {
            let kind: EventHandler.Kind =
                text.contains("://")
                ? .webhook(try Webhook(parsing: text)) : .command(text.split(separator: " ").map(String.init))
            return try EventHandler(kind)
        }
    }

    static func size(_ text: String) throws -> ByteCount { try explained { try ByteCount(parsing: text) } }

    static func tier(_ text: String) throws -> RetentionTier { try explained { try RetentionTier(parsing: text) } }

    static func camera(_ text: String) throws -> CameraName { try explained { try CameraName(text) } }

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

    static func capStop(_ text: String) throws -> CapStop { try explained { try CapStop(parsing: text) } }

    static func ownersReserve(_ text: String) throws -> OwnersReserve {
        try explained { try OwnersReserve(parsing: text) }
    }

    static func nameTemplate(_ text: String) throws -> NameTemplate { try explained { try NameTemplate(text) } }

    static func exportFormat(_ text: String) throws -> ExportFormat {
        guard let format = ExportFormat(rawValue: text.lowercased()) else {
            throw ValidationError("there is: " + ExportFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return format
    }

    static func sheetKind(_ text: String) throws -> SheetKind {
        guard let kind = SheetKind(rawValue: text.lowercased()) else {
            throw ValidationError("there is: " + SheetKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return kind
    }

    static func videoPreset(_ text: String) throws -> VideoPreset {
        try named(text) { "\($0.rawValue) (\($0.options))" }
    }

    static func videoCodec(_ text: String) throws -> VideoCodec { try named(text, \.rawValue) }

    static func videoFit(_ text: String) throws -> VideoFit { try named(text, \.rawValue) }

    static func mirroring(_ text: String) throws -> Mirroring { try named(text, \.rawValue) }

    static func quarterTurns(_ text: String) throws -> QuarterTurns {
        guard let turns = Int(text).flatMap(QuarterTurns.init) else { throw ValidationError("there is: 90, 180, 270.") }
        return turns
    }

    static func videoCrop(_ text: String) throws -> VideoCrop { try explained { try VideoCrop(parsing: text) } }

    static func videoScale(_ text: String) throws -> VideoScale { try explained { try VideoScale(parsing: text) } }

    /// A picture where it is named as one is, and else a text.
    static func watermark(_ text: String) throws -> Watermark {
        let isPicture = [".png", ".jpg", ".jpeg"].contains { text.lowercased().hasSuffix($0) }
        return isPicture ? .picture(text) : .text(text)
    }

    /// One of a few words, by its name.
    private static func named<Value: CaseIterable & RawRepresentable<String>>(
        _ text: String, _ description: (Value) -> String
    ) throws -> Value {
        guard let value = Value(rawValue: text.lowercased()) else {
            throw ValidationError("there is: " + Value.allCases.map(description).joined(separator: ", ") + ".")
        }
        return value
    }

    static func frame(_ text: String) throws -> FrameID {
        guard let number = Int64(text), number > 0 else {
            throw ValidationError("a frame's number is 1 or more; “printlapse frames” lists them.")
        }
        return FrameID(number)
    }

    /// One frame's number, or a range such as `12-40`.
    static func frames(_ text: String) throws -> ClosedRange<FrameID> {
        let ends = try text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            .map { try frame(String($0)) }
        guard let first = ends.first, let last = ends.last, first <= last else {
            throw ValidationError("a range of frames goes from a number to a higher one, as 12-40.")
        }
        return first...last
    }

    /// A place in a list of frames, as the list before told it.
    static func cursor(_ text: String) throws -> FrameCursor {
        guard let cursor = FrameCursor(text) else {
            throw ValidationError("a cursor reads 2026-11-23T14:05:00.250Z/123, as the page before told it.")
        }
        return cursor
    }

    static func printState(_ text: String) throws -> PrintState {
        guard let state = PrintState(rawValue: text) else {
            throw ValidationError("a print is \(PrintState.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return state
    }

    static func timelapseState(_ text: String) throws -> ArchivedTimelapse.State { try named(text, \.rawValue) }

    static func note(_ text: String) throws -> Note { try explained { try Note(text) } }

    static func metricsAddress(_ text: String) throws -> MetricsAddress {
        try explained { try MetricsAddress(parsing: text) }
    }

    private static func explained<Value>(_ parse: () throws -> Value) throws -> Value {
        do {
            return try parse()
        } catch let error as any ExplainedError {
            throw ValidationError("\(error.description.asSentence) \(error.hint)")
        }
    }
}
