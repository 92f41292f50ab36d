/// Why a slot went as it did, as the ledger's `detail` column has it: the label of an error, a verdict or a pause.
///
/// Labels are for programs and never change; a person reads the ``phrase``.
public struct SlotReason: Hashable, Sendable {
    public let label: String

    public init(_ label: String) {
        self.label = label
    }

    /// What a person reads, to stand behind the outcome: `missed: the program was not running`.
    public var phrase: String {
        Self.phrases[label] ?? label.replacing("_", with: " ")
    }

    /// Those whose label alone does not say it.
    private static let phrases = [
        "asleep": "the machine slept",
        "busy": "the slot before was still busy",
        "not_running": "the program was not running",
        "clock_set": "the clock was set",
        "none_announced": "none is announced",
        "deleted": "deleted after the print",
        "identical": "the same picture",
        "near": "nearly the same picture",
        "not_jpeg": "not a JPEG",
        "empty": "nothing came",
        "truncated": "cut short",
        "corrupt_data": "damaged picture data",
        "corrupt_structure": "damaged structure",
        "incomplete": "scans are missing",
        "cut_short": "the connection ended too soon",
        "no_answer": "no answer in time",
        "name_not_found": "the host's name is not known",
        "not_http": "it does not speak HTTP",
        "descriptors": "too many open files",
        "low_space": "little space left",
        "quota": "the archive is at its largest",
        "full": "the disk is full",
        "locked": "the archive was locked",
    ]
}

extension SlotOutcome {
    /// The outcome as a person reads it: `no picture`.
    public var phrase: String { rawValue.replacing("_", with: " ") }

    /// The outcome and why: `missed: the program was not running`.
    public func phrase(because detail: String?) -> String {
        ([phrase] + (detail.map { [SlotReason($0).phrase] } ?? [])).joined(separator: ": ")
    }
}
