package import Vocabulary

/// Which pictures go into packs.
package struct OffloadRequest: Hashable, Sendable {
    /// Those of which every frame is older; `nil`: none for its age alone.
    package let olderThan: Duration?
    /// The oldest, until so much is free beside the archive; `nil`: none for want of room.
    package let keepFree: ByteCount?

    /// However short the disk is, the newest day stays.
    package static let youngest = Duration.seconds(86_400)

    /// - Throws: ``PackError/nothingAsked``
    package init(olderThan: Duration?, keepFree: ByteCount?) throws(PackError) {
        guard olderThan != nil || keepFree != nil else { throw .nothingAsked }
        (self.olderThan, self.keepFree) = (olderThan, keepFree)
    }
}

/// How far an offload has come.
package struct OffloadProgress: Hashable, Sendable {
    package let pictures: Int
    /// How many there are to go; `nil` where that depends on the room there is.
    package let total: Int?
}

/// What an offload did, or would do.
package struct OffloadReport: Hashable, Sendable {
    /// The store's location.
    package internal(set) var store: String
    /// Whether it was tried only.
    package internal(set) var isDryRun = false
    package internal(set) var pictures = 0
    /// Of these pictures, as they are stored.
    package internal(set) var bytes = ByteCount.zero
    package internal(set) var packs = 0
    package internal(set) var fileBefore = ByteCount.zero
    package internal(set) var fileAfter = ByteCount.zero
    /// What is still wanting to the room that was asked for.
    package internal(set) var shortfall = ByteCount.zero

    init(store: String) { self.store = store }
}

extension OffloadReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("store", \.store),
        Field("dry_run", \.isDryRun),
        Field("pictures", \.pictures),
        Field("bytes", \.bytes),
        Field("packs", \.packs),
        Field("file_before", \.fileBefore),
        Field("file_after", \.fileAfter),
        Field("shortfall", \.shortfall),
    ]
}
