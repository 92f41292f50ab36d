package import Care
package import Vocabulary

/// Which pictures go into packs.
package struct OffloadRequest: Hashable, Sendable {
    /// Those of which every frame is older; `nil`: none for its age alone.
    package let olderThan: Duration?
    /// The oldest, until so much is free beside the archive; `nil`: none for want of room.
    package let keepFree: ByteCount?
    /// How long pictures that are old enough wait for others to fill a pack with, so that who offloads every hour makes no small packs;
    /// `nil`: not at all. Where room is wanting nothing waits.
    package let patience: Duration?

    /// However short the disk is, the newest day stays.
    package static let youngest = Duration.seconds(86_400)

    /// - Throws: ``PackError/nothingAsked``
    package init(
        olderThan: Duration?, keepFree: ByteCount?, waiting patience: Duration? = nil
    ) throws(PackError) {
        guard olderThan != nil || keepFree != nil else { throw .nothingAsked }
        (self.olderThan, self.keepFree, self.patience) = (olderThan, keepFree, patience)
    }
}

/// How far an offload has come.
package enum OffloadProgress: Hashable, Sendable {
    /// How many were moved, and how many there are to go; `nil` where that depends on the room there is.
    case pictures(Int, of: Int?)
    /// Space goes back to the file system.
    case space(SpaceReturnProgress)
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
    /// Whether the store is in the archive's own file system, where moving pictures makes no room; looked at where room was asked for.
    package internal(set) var sharesRoom = false
    /// Whether another copy of this archive was found to write to the store, so that this one went on beside it.
    package internal(set) var isBesideAnother = false
    /// The locations of other stores with packs that did not answer, so that nobody sees there that this archive goes on.
    package internal(set) var unmarked: [String] = []

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
        Field("same_disk", \.sharesRoom),
        Field("beside_another", \.isBesideAnother),
        Field("unmarked", \.unmarked),
    ]
}
