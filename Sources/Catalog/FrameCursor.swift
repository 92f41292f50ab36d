public import Archive
internal import FoundationEssentials
public import Vocabulary

/// A frame's place in a list, for asking for the page that begins after it.
///
/// It names the place and not the frame: frames stored or removed meanwhile never make a page repeat or skip one. Its
/// text is made of the frame's own record, so whoever has the record can write it down: `2026-11-23T14:05:00.250Z/123`,
/// the instant of capture and the number, and in a ranked list the value of the rank in front:
/// `37/2026-11-23T14:05:00.250Z/123`.
public struct FrameCursor: Hashable, Sendable {
    /// The value that a ranked list is ordered by: ``FrameRanking/value(of:)``, or the distance of near frames;
    /// `nil` in a list by time.
    public let rank: Int?
    public let capturedAt: Timestamp
    public let id: FrameID

    public init(rank: Int? = nil, capturedAt: Timestamp, id: FrameID) {
        (self.rank, self.capturedAt, self.id) = (rank, capturedAt, id)
    }

    /// The place of a frame in a list by time, or in a ranked one by the value it has there.
    public init(after frame: ArchivedFrame, rank: Int? = nil) {
        self.init(rank: rank, capturedAt: frame.capturedAt, id: frame.id)
    }
}

extension FrameCursor: LosslessStringConvertible {
    public var description: String {
        (rank.map { "\($0)/" } ?? "") + "\(capturedAt)/\(id)"
    }

    /// `nil` for any text that no cursor has.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let number = Int64(parts[parts.count - 1]), number > 0,
            let capturedAt = Timestamp(exactly: String(parts[parts.count - 2]))
        else { return nil }
        let rank = parts.count == 3 ? Int(parts[0]) : nil
        guard rank != nil || parts.count == 2 else { return nil }
        self.init(rank: rank, capturedAt: capturedAt, id: FrameID(number))
    }
}

extension Timestamp {
    /// Reads what ``description`` writes, and nothing else.
    fileprivate init?(exactly text: String) {
        guard let timestamp = try? Timestamp(parsing: text, now: Timestamp(seconds: 0), timeZone: .gmt),
            timestamp.description == text
        else { return nil }
        self = timestamp
    }
}
