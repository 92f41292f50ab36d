public import Vocabulary

/// How long to wait for an answer, and how much of it to take.
public struct TunnelLimits: Hashable, Sendable {
    /// For a call of the tunnel's own API, redirects included.
    public var apiDeadline: Duration = .seconds(10)
    /// For a picture, redirects included.
    public var pictureDeadline: Duration = .seconds(10)
    /// For a call that OctoPrint answers. The published guide says that the server gives up after 30 s; 55 s was seen.
    public var proxiedDeadline: Duration = .seconds(60)
    /// Of an answer of the tunnel's own API.
    public var answerBytes = ByteCount(64 * 1024)
    /// Of a picture, and of an answer of OctoPrint.
    public var pictureBytes = ByteCount(8 * 1024 * 1024)

    public init() {}
}
