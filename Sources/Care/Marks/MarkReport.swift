/// What a mark came to.
package struct MarkReport: Hashable, Sendable, Encodable {
    /// How many frames were concerned.
    package internal(set) var frames = 0
    /// How many of them did not have the mark before.
    package internal(set) var changed = 0
    /// The print whose own record was concerned, by the archive's number of it.
    package internal(set) var print: Int64?
}
