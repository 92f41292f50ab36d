/// What OctoPrint says that its printer does.
public enum OctoPrintState: Hashable, Sendable {
    /// Starting to print is printing too.
    case printing
    /// On the way into or out of a pause, too.
    case paused
    case cancelling
    case finishing
    /// Connected and idle.
    case operational
    case error
    /// OctoPrint has no connection to its printer.
    case offline
    /// Any other, in OctoPrint's words, at most 64 characters: connecting, sending a file to the printer's card.
    case other(String)

    /// Reads the words of OctoPrint's `state`, which its documentation calls “not exhaustive”. Those known are of
    /// `ConnectedPrinterState` and the serial connection's own (“Printing from SD”), and of versions before 1.4 (“Closed”,
    /// “Offline (Error: …)”).
    init(_ text: String) {
        let words = text.lowercased()
        switch words {
        case "starting", "starting print from sd", "printing", "printing from sd": self = .printing
        case "pausing", "paused", "resuming": self = .paused
        case "cancelling": self = .cancelling
        case "finishing": self = .finishing
        case "operational": self = .operational
        case "closed": self = .offline
        default:
            self =
                words.hasPrefix("offline")
                ? .offline : words.hasPrefix("error") ? .error : .other(String(text.prefix(64)))
        }
    }

    /// Whether a print has begun and not ended.
    public var isActive: Bool {
        switch self {
        case .printing, .paused, .cancelling, .finishing: true
        case .operational, .error, .offline, .other: false
        }
    }
}

extension OctoPrintState: CustomStringConvertible {
    /// One word in lower case, or OctoPrint's own words.
    public var description: String {
        switch self {
        case .printing: "printing"
        case .paused: "paused"
        case .cancelling: "cancelling"
        case .finishing: "finishing"
        case .operational: "operational"
        case .error: "error"
        case .offline: "offline"
        case .other(let words): words
        }
    }
}
