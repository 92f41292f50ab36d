package import Vocabulary

/// What a check of the archive found.
package struct VerifyReport: Hashable, Sendable {
    /// Frames whose pictures were read, hashed and decoded; 0 after a quick check.
    package internal(set) var framesChecked = 0
    /// The bytes of the pictures read, each picture once.
    package internal(set) var bytesChecked = ByteCount.zero
    /// Frames whose pictures are not what was stored, or do not decode, and that nobody knew of.
    package internal(set) var damaged: [DamagedFrame] = []
    /// Frames that may not be what their camera saw, by what was noted when they were stored or by what this check saw. They are
    /// not damaged.
    package internal(set) var suspect: [SuspectFrame] = []
    /// Frames whose pictures are known to be damaged: a repair found no good copy of them, and exports leave them out.
    package internal(set) var quarantined = 0
    /// Why pictures in packs could not be read, a sentence for each reason. They may be well.
    package internal(set) var unread: [String] = []
    /// Pictures in packs that were not asked for, because nobody could have fetched them.
    package internal(set) var picturesPassedOver = 0
    /// Packs that an offload began to write and did not finish: nothing is in them that is not here.
    package internal(set) var unfinishedPacks: [String] = []
    /// Whether the slot ledger holds together.
    package internal(set) var ledgerIsSound = true
    /// Everything found besides damaged pictures, a sentence each; at most ``problemLimit`` of a kind.
    package internal(set) var problems: [String] = []

    /// How many problems of one kind are told.
    package static let problemLimit = 100

    /// Whether nothing was found.
    package var isSound: Bool { isSoundHere && unread.isEmpty }
    /// Whether nothing was found in what could be read.
    package var isSoundHere: Bool { damaged.isEmpty && ledgerIsSound && problems.isEmpty }
}

/// A frame whose picture cannot be trusted.
package struct DamagedFrame: Hashable, Sendable {
    package let frame: FrameID
    /// The digest of the picture as it was captured.
    package let sha256: SHA256Digest
    package let problem: String
}

/// A frame whose picture is suspected of something.
package struct SuspectFrame: Hashable, Sendable {
    package let frame: FrameID
    package let suspicion: Suspicion
    /// Whether the archive has it written down, so that exports leave the frame out; a repair does that.
    package let isNoted: Bool
}

extension VerifyReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frames_checked", \.framesChecked),
        Field("bytes_checked", \.bytesChecked),
        Field("damaged", \.damaged),
        Field("suspect", \.suspect),
        Field("quarantined", \.quarantined),
        Field("unread", \.unread),
        Field("pictures_passed_over", \.picturesPassedOver),
        Field("unfinished_packs", \.unfinishedPacks),
        Field("ledger_ok", \.ledgerIsSound),
        Field("problems", \.problems),
        Field("ok", \.isSound),
    ]
}

extension SuspectFrame: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frame", \.frame),
        Field("suspect", \.suspicion.kind),
        Field("place", \.suspicion.place),
        Field("noted", \.isNoted),
    ]
}

extension DamagedFrame: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frame", \.frame),
        Field("sha256", \.sha256),
        Field("problem", \.problem),
    ]
}
