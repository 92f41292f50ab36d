/// What a mark came to.
public struct MarkReport: Hashable, Sendable, Encodable {
    /// How many frames were concerned.
    public internal(set) var frames = 0
    /// How many of them did not have the mark before.
    public internal(set) var changed = 0
    /// The print whose own record was concerned, by the archive's number of it.
    public internal(set) var print: Int64?
}
