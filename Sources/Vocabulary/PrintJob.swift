/// A print job, as far as it is known.
public struct PrintJob: Hashable, Sendable {
    /// The server's number of the job, where it says one.
    public var number: Int64?
    /// Who gives that number: the server and its printer, as `app.obico.io/77`. The same number of another series is another
    /// job.
    public var series: String?
    /// The name of what is printed, as OctoPrint shows it.
    public var name: String?
    public var state: PrintState
    /// When it began, by this machine's clock: as far as that is known, else when it was first seen.
    public var startedAt: Timestamp
    /// When it was seen to be over.
    public var endedAt: Timestamp?
    /// Of the job that is done, 0 to 1, by OctoPrint's reckoning.
    public var progress: Double?
    public var toldBy: PrintWitness

    /// No print lasts longer, nor is it paused for longer: a number that comes again after more than that was given anew, as after
    /// a server was set up again.
    public static let longest = Duration.seconds(60 * 86_400)
    /// Two machines that watch one print see it at times no further apart.
    package static let longestApart = Duration.seconds(86_400)

    public init(
        number: Int64? = nil, series: String? = nil, name: String? = nil, state: PrintState = .printing,
        startedAt: Timestamp,
        endedAt: Timestamp? = nil, progress: Double? = nil, toldBy: PrintWitness
    ) {
        (self.number, self.series, self.name, self.state) = (number, series, name, state)
        (self.startedAt, self.endedAt) = (startedAt, endedAt)
        (self.progress, self.toldBy) = (progress, toldBy)
    }
}
