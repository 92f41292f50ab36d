/// What a request is made for.
package enum FetchPurpose: Hashable, Sendable {
    /// A picture: a capture, whose cost is measured.
    case picture
    /// Anything else, such as asking whether a print runs.
    case question
}
