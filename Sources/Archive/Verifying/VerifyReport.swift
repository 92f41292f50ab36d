public import Vocabulary

/// What a check of the archive found.
public struct VerifyReport: Hashable, Sendable {
    /// Frames whose pictures were read, hashed and decoded; 0 after a quick check.
    public internal(set) var framesChecked = 0
    /// The bytes of the pictures read, each picture once.
    public internal(set) var bytesChecked = ByteCount.zero
    /// Frames whose pictures are not what was stored, or do not decode, and that nobody knew of.
    public internal(set) var damaged: [DamagedFrame] = []
    /// Frames that may not be what their camera saw, by what was noted when they were stored or by what this check saw. They are
    /// not damaged.
    public internal(set) var suspect: [SuspectFrame] = []
    /// Frames whose pictures are known to be damaged: a repair found no good copy of them, and exports leave them out.
    public internal(set) var quarantined = 0
    /// Whether the slot ledger holds together.
    public internal(set) var ledgerIsSound = true
    /// Everything found besides damaged pictures, a sentence each; at most ``problemLimit`` of a kind.
    public internal(set) var problems: [String] = []

    /// How many problems of one kind are told.
    public static let problemLimit = 100

    /// Whether nothing was found.
    public var isSound: Bool { damaged.isEmpty && ledgerIsSound && problems.isEmpty }
}

/// A frame whose picture cannot be trusted.
public struct DamagedFrame: Hashable, Sendable {
    public let frame: FrameID
    /// The digest of the picture as it was captured.
    public let sha256: SHA256Digest
    public let problem: String
}

/// A frame whose picture is suspected of something.
public struct SuspectFrame: Hashable, Sendable {
    public let frame: FrameID
    public let suspicion: Suspicion
    /// Whether the archive has it written down, so that exports leave the frame out; a repair does that.
    public let isNoted: Bool
}

/// How far a check has come.
public struct VerifyProgress: Hashable, Sendable {
    public let picturesChecked: Int
    /// As well as is known beforehand.
    public let pictures: Int
    public let bytesChecked: ByteCount
}

extension VerifyReport: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("frames_checked", \.framesChecked),
        Field("bytes_checked", \.bytesChecked),
        Field("damaged", \.damaged),
        Field("suspect", \.suspect),
        Field("quarantined", \.quarantined),
        Field("ledger_ok", \.ledgerIsSound),
        Field("problems", \.problems),
        Field("ok", \.isSound),
    ]
}

extension SuspectFrame: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("frame", \.frame),
        Field("suspect", \.suspicion.kind),
        Field("place", \.suspicion.place),
        Field("noted", \.isNoted),
    ]
}

extension DamagedFrame: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("frame", \.frame),
        Field("sha256", \.sha256),
        Field("problem", \.problem),
    ]
}
