/// How bytes come to us, which decides what they cost.
public enum FetchRoute: String, Hashable, Sendable, CaseIterable {
    /// Pictures that the webcam API announces. They were seen to cost nothing; the part that is charged is measured.
    case announced
    /// Calls through the tunnel to the printer: the live camera, OctoPrint's own API. The guide has them charged in full.
    case proxied
}

/// What a request is made for.
public enum FetchPurpose: Hashable, Sendable {
    /// A picture: a capture, whose cost is measured.
    case picture
    /// Anything else, such as asking whether a print runs.
    case question
}
