import HTTP

/// The print job of an OctoPrint, or the last one where none is running.
public struct OctoPrintJob: Hashable, Sendable {
    public let state: OctoPrintState
    /// The file's name as people gave it, without its folder; `nil` where no file is selected.
    public let name: String?
    /// The file's path within OctoPrint's storage.
    public let path: String?
    /// 0 to 1.
    public let progress: Double?
    public let printTime: Duration?

    public init(
        state: OctoPrintState, name: String? = nil, path: String? = nil, progress: Double? = nil,
        printTime: Duration? = nil
    ) {
        (self.state, self.name, self.path) = (state, name, path)
        (self.progress, self.printTime) = (progress, printTime)
    }

    /// Whether a print has begun and not ended.
    public var isActive: Bool { state.isActive }

    /// Reads OctoPrint's “Job information response”: `{"job": {"file": {"name": …, "display": …, "path": …}}, "progress":
    /// {"completion": 22.9, "printTime": 276, "printTimeLeft": 912}, "state": "Printing"}`.
    ///
    /// All but the state may be `null` or missing, as most is while nothing prints.
    ///
    /// - Throws: ``TunnelError/unreadable(_:received:)``
    init(decoding response: HTTPExchangeResponse) throws(TunnelError) {
        let fields = try JSONFields(decoding: response, of: .job)
        guard let state = fields["state"].text else { throw fields.unusable("state") }
        let (file, progress) = (fields["job"]["file"], fields["progress"])
        self.init(
            state: OctoPrintState(state), name: file["display"].text ?? file["name"].text, path: file["path"].text,
            // In percent.
            progress: progress["completion"].number.map { min(1, max(0, $0 / 100)) },
            printTime: Self.duration(progress["printTime"]))
    }

    /// From seconds; what is negative or longer than a year says nothing.
    private static func duration(_ seconds: JSONFields.Value) -> Duration? {
        guard let seconds = seconds.number, (0...(366 * 86_400)).contains(seconds) else { return nil }
        return .milliseconds(Int64(seconds * 1000))
    }
}
