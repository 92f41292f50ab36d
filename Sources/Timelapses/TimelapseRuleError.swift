internal import Vocabulary

/// Something in a rule for timelapses that cannot be used.
package enum TimelapseRuleError: ExplainedError, Hashable {
    case timeOfDay(String)
    case name(String, reason: String)

    package var label: String {
        switch self {
        case .timeOfDay: "time_of_day"
        case .name: "file_name"
        }
    }

    package var description: String {
        switch self {
        case .timeOfDay(let text): "“\(text.printable)” is no time of day"
        case .name(let text, let reason): "“\(text.printable)” cannot name files: \(reason)"
        }
    }

    package var hint: String {
        switch self {
        case .timeOfDay: "Write hours and minutes, as “06:00”."
        case .name: "Write text with fields, as “{camera} {local:%Y-%m-%d %H%M} {print}.mp4”."
        }
    }
}
