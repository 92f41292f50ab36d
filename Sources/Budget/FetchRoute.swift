/// How bytes come to us, which decides what they cost.
package enum FetchRoute: String, Hashable, Sendable, CaseIterable {
    /// Pictures that the webcam API announces. They were seen to cost nothing; the part that is charged is measured.
    case announced
    /// Calls through the tunnel to the printer: the live camera, OctoPrint's own API. The guide has them charged in full.
    case proxied
}
