internal import FoundationEssentials
public import Vocabulary

/// What an import of pictures came to, or would come to.
public struct ImportReport: Hashable, Sendable {
    /// Pictures that were found, sound or not.
    public internal(set) var found = 0
    /// New frames.
    public internal(set) var stored = 0
    /// The bytes of their pictures.
    public internal(set) var bytesStored = ByteCount.zero
    /// Pictures that were the frame before them, seen once more.
    public internal(set) var repeated = 0
    /// Pictures that were imported before.
    public internal(set) var known = 0
    /// Of the sound pictures those that may not be what the camera saw. They are frames, and marked.
    public internal(set) var suspect = 0
    /// What could not be imported, and why.
    public internal(set) var refused: [RefusedPicture] = []
    /// Files beside the pictures that were left alone.
    public internal(set) var otherFiles = 0
    /// How many pictures' times were found which way.
    public internal(set) var times: [TimeWitness: Int] = [:]
    /// Pictures whose times may be others, in the order of their times.
    public internal(set) var doubtful: [DoubtfulTime] = []
    /// Folders whose pictures come in turns under one camera: those of several cameras, it seems.
    public internal(set) var interleavedFolders: [String] = []
    /// Cameras under which pictures of several cameras were filed, it seems.
    public internal(set) var alternating: [AlternatingCamera] = []
    /// Folders and ZIPs whose pictures' dates lie closer together than a camera takes pictures: those of a copy, it seems.
    public internal(set) var copiedDates: [String] = []
    /// Which cameras they were filed under.
    public internal(set) var cameras: Set<CameraName> = []
    /// When the earliest picture was taken; `nil` where there is none.
    public internal(set) var from: Timestamp?
    /// When the latest was taken.
    public internal(set) var until: Timestamp?
    /// The time zone's name of times that came without an offset.
    public let timeZone: String
    public let isDryRun: Bool

    init(_ settings: ImportSettings) {
        (timeZone, isDryRun) = (settings.timeZone.identifier, settings.isDryRun)
    }

    /// Pictures that are in the archive now.
    public var imported: Int { stored + repeated + known }
}

/// How far an import has come.
public struct ImportProgress: Hashable, Sendable {
    public let done: Int
    public let total: Int

    init(done: Int, total: Int) {
        (self.done, self.total) = (done, total)
    }
}

extension ImportReport: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("found", \.found),
        Field("stored", \.stored),
        Field("bytes_stored", \.bytesStored),
        Field("repeated", \.repeated),
        Field("known", \.known),
        Field("suspect", \.suspect),
        Field("refused", \.refused),
        Field("other_files", \.otherFiles),
        Field("times") { report in
            Dictionary(uniqueKeysWithValues: TimeWitness.allCases.map { ($0.rawValue, report.times[$0, default: 0]) })
        },
        Field("doubtful", \.doubtful),
        Field("copied_dates", \.copiedDates),
        Field("interleaved_folders", \.interleavedFolders),
        Field("alternating", \.alternating),
        Field("cameras") { $0.cameras.sorted().map(\.text) },
        Field("from", \.from),
        Field("until", \.until),
        Field("time_zone", \.timeZone),
        Field("dry_run", \.isDryRun),
    ]
}
