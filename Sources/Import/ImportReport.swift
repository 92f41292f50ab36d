internal import FoundationEssentials
package import Vocabulary

/// What an import of pictures came to, or would come to.
package struct ImportReport: Hashable, Sendable {
    /// Pictures that were found, sound or not.
    package internal(set) var found = 0
    /// New frames.
    package internal(set) var stored = 0
    /// The bytes of their pictures.
    package internal(set) var bytesStored = ByteCount.zero
    /// Pictures that were the frame before them, seen once more.
    package internal(set) var repeated = 0
    /// Pictures that were imported before.
    package internal(set) var known = 0
    /// Of the sound pictures those that may not be what the camera saw. They are frames, and marked.
    package internal(set) var suspect = 0
    /// What could not be imported, and why.
    package internal(set) var refused: [RefusedPicture] = []
    /// Files beside the pictures that were left alone.
    package internal(set) var otherFiles = 0
    /// How many pictures' times were found which way.
    package internal(set) var times: [TimeWitness: Int] = [:]
    /// Pictures whose times may be others, in the order of their times.
    package internal(set) var doubtful: [DoubtfulTime] = []
    /// Folders whose pictures come in turns under one camera: those of several cameras, it seems.
    package internal(set) var interleavedFolders: [String] = []
    /// Cameras under which pictures of several cameras were filed, it seems.
    package internal(set) var alternating: [AlternatingCamera] = []
    /// Folders and ZIPs whose pictures' dates lie closer together than a camera takes pictures: those of a copy, it seems.
    package internal(set) var copiedDates: [String] = []
    /// Which cameras they were filed under.
    package internal(set) var cameras: Set<CameraName> = []
    /// When the earliest picture was taken; `nil` where there is none.
    package internal(set) var from: Timestamp?
    /// When the latest was taken.
    package internal(set) var until: Timestamp?
    /// The time zone's name of times that came without an offset.
    package let timeZone: String
    package let isDryRun: Bool

    init(_ settings: ImportSettings) {
        (timeZone, isDryRun) = (settings.timeZone.identifier, settings.isDryRun)
    }

    /// Pictures that are in the archive now.
    package var imported: Int { stored + repeated + known }
}

/// How far an import has come.
package struct ImportProgress: Hashable, Sendable {
    package let done: Int
    package let total: Int

    init(done: Int, total: Int) {
        (self.done, self.total) = (done, total)
    }
}

extension ImportReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
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
