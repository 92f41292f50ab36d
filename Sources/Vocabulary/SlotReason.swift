/// Why a slot went as it did: what the ledger's `detail` column says behind the outcome.
///
/// Labels are for programs and never change; a person reads the ``phrase``. Slots of one outcome and reason share a run of
/// the ledger. An archive may hold labels that this version does not give any more, or not yet: they are kept as they are,
/// and have no ``word``.
public struct SlotReason: Hashable, Sendable, CustomStringConvertible {
    public let label: String

    public init(_ word: Word) {
        label = word.rawValue
    }

    /// - Parameter label: as an archive or an error has it.
    public init(label: String) {
        self.label = label
    }

    /// Which of the reasons that this version gives it is.
    public var word: Word? { Word(rawValue: label) }

    /// What a person reads, to stand behind the outcome: `missed: the program was not running`.
    public var phrase: String {
        if let word { return word.phrase }
        if let (place, word) = placed { return "\(place): \(word.phrase)" }
        return label.replacing("_", with: " ")
    }

    /// Whether this version has a phrase for it.
    package var isKnown: Bool { word != nil || placed != nil }

    /// What failed is not the server or camera that was asked: whose word it is.
    private var placed: (place: String, word: Word)? {
        for (prefix, place) in Self.places where label.hasPrefix(prefix) {
            if let word = Word(rawValue: String(label.dropFirst(prefix.count))) { return (place, word) }
        }
        return nil
    }

    private static let places = [
        ("picture_", "the picture's host"), ("snapshot_", "the announced address"), ("camera_", "the camera's address"),
        ("redirect_", "the address it redirects to"), ("request_", "the address asked for"),
        ("endpoint_", "the tunnel's endpoint"), ("server_", "the server's address"),
    ]

    public var description: String { label }
}

extension SlotOutcome {
    /// The outcome as a person reads it: `no picture`.
    public var phrase: String { rawValue.replacing("_", with: " ") }

    /// The outcome and why: `missed: the program was not running`.
    public func phrase(because reason: SlotReason?) -> String {
        ([phrase] + (reason.map { [$0.phrase] } ?? [])).joined(separator: ": ")
    }
}
