/// A word, number or time that could not be understood.
public enum VocabularyError: ExplainedError, Hashable {
    case cameraName(String, reason: String)
    case machineName(String)
    case byteCount(String)
    case duration(String)
    case timestamp(String)
    case note(reason: String)

    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .cameraName: "camera_name"
        case .machineName: "machine_name"
        case .byteCount: "byte_count"
        case .duration: "duration"
        case .timestamp: "timestamp"
        case .note: "note"
        }
    }

    public var description: String {
        switch self {
        case .cameraName(let text, let reason): "“\(text.printable)” cannot name a camera: \(reason)"
        case .machineName(let text): "“\(text.printable)” cannot name a machine"
        case .byteCount(let text): "“\(text.printable)” is not a size"
        case .duration(let text): "“\(text.printable)” is not a duration"
        case .timestamp(let text): "“\(text.printable)” is not a time"
        case .note(let reason): "the note cannot be kept: \(reason)"
        }
    }

    /// What the person does now.
    public var hint: String {
        switch self {
        case .cameraName: "Use 1 to 64 letters, digits, spaces and signs such as “printer” or “Prusa MK4 (left)”."
        case .machineName: "Use 1 to 80 characters on one line, without a slash, such as “hall 2, rack 7”."
        case .byteCount: "Write a whole number with a unit, such as 300MB, 2GiB or 4096."
        case .duration: "Write a number with a unit, such as 500ms, 10s, 5m, 2h, 3d, 2w or 1y."
        case .timestamp: "Write 2026-11-23, 14:05, 2026-11-23T14:05:00Z, or back from now: 2h, 3d."
        case .note: "Write 1 to 1,000 characters on one line."
        }
    }
}

extension String {
    /// This text with control characters replaced and at most 80 characters of it, fit for a message on a terminal.
    public var printable: String {
        let shown = unicodeScalars.prefix(80).map { scalar -> Character in
            scalar.properties.generalCategory == .control ? "\u{FFFD}" : Character(scalar)
        }
        return String(shown) + (unicodeScalars.count > 80 ? "…" : "")
    }
}
