internal import Archive
internal import GRDB
package import Storage
package import Stores
package import Vocabulary

/// What cleaning stores of packs did.
package struct CleaningReport: Hashable, Sendable {
    /// Packs that were removed: nothing was in them that anybody needs.
    package internal(set) var removed: [String] = []
    package internal(set) var bytes = ByteCount.zero
    /// Pictures that were moved out of packs in which little else was needed.
    package internal(set) var rewritten = 0
    /// Objects in the archive's own folders that it knows nothing of. They stay, and all packs in these folders with them: another copy
    /// of this archive may need them.
    package internal(set) var unknown: [String] = []
    /// Folders with packs from which nothing was removed: another copy was found there, or once was.
    package internal(set) var shared: [String] = []
    /// Of the first store that did not do what was asked.
    package internal(set) var failure: StoreError?
    /// Whether nothing was removed from any store because one did not answer: there may be the sign of another copy.
    package internal(set) var isWithheld = false
}

extension CleaningReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("removed", \.removed),
        Field("bytes", \.bytes),
        Field("rewritten", \.rewritten),
        Field("unknown", \.unknown),
        Field("shared", \.shared),
    ]
}

extension FrameArchive {
    /// Removes packs that nothing is in: those that an offload did not finish, and those whose pictures were all removed or have come
    /// back. Before, what is still needed of packs that are mostly dead goes into new ones.
    ///
    /// Only packs that are on record go, and none from a folder in which there is a sign of another copy of this archive, or that was
    /// left for one. All stores are looked into before anything is removed from any.
    ///
    /// - Parameters:
    ///   - isOnlyCopy: whether its owner knows that no other copy goes on, whatever is found.
    ///   - open: opens the store at a location.
    /// - Returns: what was done, with the ``CleaningReport/failure`` of a store that is away.
    /// - Throws: `ArchiveError`, `PackError`, `CancellationError`.
    package func cleanPacks(
        isOnlyCopy: Bool = false, at now: Timestamp, open: @escaping StoreOpening
    ) async throws -> CleaningReport {
        try await withPacks {
            PackFile.remove(at: PackFile.path(besideArchive: path))
            var cleaning = PackCleaning(archive: self, isOnlyCopy: isOnlyCopy, now: now, open: open)
            try await cleaning.run()
            return cleaning.report
        }
    }
}

/// One cleaning of all stores.
private struct PackCleaning {
    let archive: FrameArchive
    let isOnlyCopy: Bool
    let now: Timestamp
    let folders: PackFolders
    var report = CleaningReport()

    init(archive: FrameArchive, isOnlyCopy: Bool, now: Timestamp, open: @escaping StoreOpening) {
        (self.archive, self.isOnlyCopy, self.now) = (archive, isOnlyCopy, now)
        folders = PackFolders(archive: archive, open: open)
    }

    mutating func run() async throws {
        let (packs, places) = try archive.read { database in
            (
                Dictionary(grouping: try PackTable.all(in: database), by: \.store),
                try PackTable.locations(in: database).sorted()
            )
        }
        var shared: [String: Set<String>] = [:]
        for place in places {
            let names = Set(packs[place, default: []].map(\.folder))
            // Where nothing is on record there may be another copy's packs alone; or the store was given up, and is away.
            try await goingOn(isNeeded: !names.isEmpty) { cleaning in
                shared[place] = try await cleaning.sharedFolders(among: names, of: try cleaning.folders.open(place))
            }
        }
        guard report.failure == nil || isOnlyCopy else {
            report.isWithheld = true
            return
        }
        let current = try archive.read { try PackTable.folders(in: $0) }
        let isSeen = shared.contains { place, folders in current[place].map(folders.contains) ?? false }
        if isSeen, !isOnlyCopy { try await folders.leave() }
        for (place, shared) in shared.sorted(by: { $0.key < $1.key }) {
            guard packs[place] != nil else { continue }
            try await goingOn { try await $0.clean(try $0.folders.open(place), shared) }
        }
    }

    private mutating func goingOn(
        isNeeded: Bool = true, _ work: (inout Self) async throws -> Void
    ) async throws {
        do { try await work(&self) } catch let error as StoreError where error != .cancelled {
            if isNeeded { report.failure = report.failure ?? error }
        }
    }

    /// The folders of a store in which there is a sign of another copy.
    private mutating func sharedFolders(
        among names: Set<String>, of store: any ObjectStore
    ) async throws -> Set<String> {
        let current = try archive.read { try PackTable.folders(in: $0)[store.location.description] }
        var shared: Set<String> = []
        for folder in names.union([current].compactMap(\.self)).sorted() {
            // Asked of each, also where nothing is to be removed: an unmounted store is to be told of.
            let strangers = try await folders.strangers(in: folder, of: store)
            guard !strangers.isEmpty else { continue }
            shared.insert(folder)
            report.unknown += strangers
        }
        return shared
    }

    private mutating func clean(_ store: any ObjectStore, _ shared: Set<String>) async throws {
        let location = store.location.description
        // Others that have left no sign there yet are to see one.
        try await folders.leaveMarks(by: location, in: store)
        let current = try archive.read { try PackTable.folders(in: $0)[location] }
        let isOwn: @Sendable (PackTable.Pack) -> Bool = { [isOnlyCopy] pack in
            pack.store == location && (isOnlyCopy || pack.folder == current && !shared.contains(pack.folder))
        }
        // What an offload did not finish goes first: what is written anew may have its name.
        try await removeEmptyPacks(from: store, where: isOwn)
        report.rewritten += try await PackRewriting(archive: archive, store: store, now: now).run { isOwn($0) }
        try await removeEmptyPacks(from: store, where: isOwn)
        let kept = try archive.read { database in
            try PackTable.all(in: database).filter { $0.store == location && !isOwn($0) }.map(\.folder)
        }
        report.shared += Set(kept).sorted()
    }

    private mutating func removeEmptyPacks(
        from store: any ObjectStore, where isOwn: (PackTable.Pack) -> Bool
    ) async throws {
        // Looked at, whatever the count says: it may be damaged, and a pack that is removed is gone.
        let empty = try archive.read { database in
            try PackTable.all(in: database).filter { try isOwn($0) && PackTable.isEmpty($0.id, in: database) }
        }
        for pack in empty {
            try Task.checkCancellation()
            guard let name = ObjectName(rawValue: pack.name) else { continue }
            try await store.remove(name)
            try await archive.commit { try PackTable.forget(pack.id, in: $0) }
            report.removed.append(pack.name)
            report.bytes += pack.bytes
        }
    }
}
