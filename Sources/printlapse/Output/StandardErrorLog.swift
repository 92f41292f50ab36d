import FoundationEssentials
import Logging
import Vocabulary

/// Writes log records to standard error: one line of text or one JSON object each.
struct StandardErrorLog: LogHandler {
    var metadata = Logger.Metadata()
    var logLevel: Logger.Level
    let format: LogFormat

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
        switch format {
        case .text: StandardError.write(Self.text(event.level, "\(event.message)", fields, at: .wallClock))
        case .json: StandardError.write(Self.json(event.level, "\(event.message)", fields, at: .wallClock))
        }
    }

    /// `2026-11-23T14:05:10.250Z info printer: stored frame=12 bytes=145000`
    static func text(_ level: Logger.Level, _ message: String, _ fields: Logger.Metadata, at time: Timestamp) -> String
    {
        var line = "\(time) \(level.rawValue)"
        if let camera = fields["camera"] { line += " \(camera):" }
        line += " \(message)"
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) where key != "camera" {
            let text = "\(value)"
            line += " \(key)=" + (text.contains(" ") ? "“\(text)”" : text)
        }
        return line
    }

    /// What stands in the place of lines that were lost.
    @Sendable static func lostLines(_ lines: Int) -> String {
        json(
            .warning, "lines of the log were lost here, because nobody read them", ["lost_lines": "\(lines)"],
            at: .wallClock)
    }

    /// Numbers stay numbers; `time`, `level` and `message` are always there.
    static func json(_ level: Logger.Level, _ message: String, _ fields: Logger.Metadata, at time: Timestamp) -> String
    {
        var object: [String: JSONField] = [
            "time": .text("\(time)"), "level": .text(level.rawValue), "message": .text(message),
        ]
        for (key, value) in fields {
            let text = "\(value)"
            object[key] = Int64(text).map(JSONField.number) ?? .text(text)
        }
        // The fields are strings and integers, which always encode.
        return (try? JSONOutput.encode(object, pretty: false)) ?? ""
    }
}

private enum JSONField: Encodable {
    case text(String)
    case number(Int64)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        }
    }
}
