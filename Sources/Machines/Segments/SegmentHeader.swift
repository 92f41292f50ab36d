/// A segment's first line.
struct SegmentHeader: Codable, Hashable, Sendable {
    /// Of the format. What a program of this version does not know in a line it passes over; what it has to know is a new version.
    static let version = 1
    static let format = "printlapse catalog segment"

    var format = Self.format
    var version = Self.version
    let machine: String
    let name: String
    let generation: Int
    let number: Int
    /// The digest of the segment before; `nil` for the first.
    let previous: String?
    let madeAt: Int64
    let program: String

    enum CodingKeys: String, CodingKey {
        case format, version, machine, name, generation, number, previous, program
        case madeAt = "made_at"
    }
}

/// A segment as it was read.
struct Segment: Sendable {
    let header: SegmentHeader
    let records: [SegmentRecord]
}
