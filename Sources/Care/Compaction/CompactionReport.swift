internal import NIOCore
package import Vocabulary

/// What a compaction did, or by a sample what it would do.
package struct CompactionReport: Hashable, Sendable {
    /// Pictures that were coded anew, those included that it made no smaller.
    package internal(set) var pictures = 0
    /// Pictures that take fewer bytes now.
    package internal(set) var shrunk = 0
    /// The bytes of ``pictures`` before and after.
    package internal(set) var bytesBefore = ByteCount.zero
    package internal(set) var bytesAfter = ByteCount.zero
    /// Pictures that were left as they are; at most ``leftAloneLimit`` are named.
    package internal(set) var leftAlone: [LeftAlonePicture] = []
    /// How many pictures were left as they are, because they are damaged or the new coding was not proven to be the same.
    package internal(set) var leftAloneCount = 0
    /// The length of the archive's file before, with what its log held for it, and after.
    package internal(set) var fileBefore = ByteCount.zero
    package internal(set) var fileAfter = ByteCount.zero
    /// Of an estimate: how many pictures were tried; the other numbers are those of the sample, scaled to all frames. `nil` after a
    /// compaction.
    package internal(set) var sample: Int?

    /// How many pictures that were left alone are named.
    package static let leftAloneLimit = 100

    /// By how many bytes the pictures shrank.
    package var saved: ByteCount { bytesBefore - bytesAfter }

    /// By how much the archive's file is shorter: what the disk gets back. 0 where a capture beside it has made it longer.
    package var fileSaved: ByteCount { fileBefore - fileAfter }

    /// By how much the pictures shrank, 0 to 1; 0 where there were none.
    package var savedShare: Double {
        bytesBefore == .zero ? 0 : Double(saved.bytes) / Double(bytesBefore.bytes)
    }

    mutating func add(_ result: CompactionCandidate.Result, of candidate: CompactionCandidate) {
        switch result {
        case .shrunk(let picture):
            add(candidate.bytes, after: ByteCount(picture.bytes.readableBytes))
            shrunk += 1
        case .asSmallAsItGets: add(candidate.bytes, after: candidate.bytes)
        case .leftAlone(let problem): leaveAlone(LeftAlonePicture(frame: candidate.frame, problem: problem))
        case .gone: break
        }
    }

    private mutating func add(_ before: ByteCount, after: ByteCount) {
        pictures += 1
        bytesBefore += before
        bytesAfter += after
    }

    private mutating func leaveAlone(_ picture: LeftAlonePicture) {
        leftAloneCount += 1
        if leftAlone.count < Self.leftAloneLimit { leftAlone.append(picture) }
    }
}

/// A picture that stays as it is, for a reason that the owner should know.
package struct LeftAlonePicture: Hashable, Sendable {
    /// A frame that shows it.
    package let frame: FrameID
    package let problem: String
}

/// How far a compaction has come.
package enum CompactionProgress: Hashable, Sendable {
    /// Frames whose pictures were looked at, of those that were there when it began.
    case pictures(done: Int, of: Int)
    /// Space goes back to the file system.
    case space(SpaceReturnProgress)
}

extension CompactionReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("sample", \.sample),
        Field("pictures", \.pictures),
        Field("shrunk", \.shrunk),
        Field("bytes_before", \.bytesBefore),
        Field("bytes_after", \.bytesAfter),
        Field("saved", \.saved),
        Field("saved_share") { ($0.savedShare * 10_000).rounded() / 10_000 },
        Field("left_alone", \.leftAlone),
        Field("left_alone_count", \.leftAloneCount),
        Field("file_before", \.fileBefore),
        Field("file_after", \.fileAfter),
        Field("file_saved", \.fileSaved),
    ]
}

extension LeftAlonePicture: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frame", \.frame),
        Field("problem", \.problem),
    ]
}
