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
}

extension CleaningReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("removed", \.removed),
        Field("bytes", \.bytes),
        Field("rewritten", \.rewritten),
        Field("unknown", \.unknown),
    ]
}

extension FrameArchive {
    /// Removes packs that nothing is in: those that an offload did not finish, and those whose pictures were all removed or have come
    /// back. Before, what is still needed of packs that are mostly dead goes into new ones.
    ///
    /// Only packs that are on record go, and none from a folder that another copy of this archive writes to or has marked as needed.
    ///
    /// - Parameters:
    ///   - isOnlyCopy: whether its owner knows that no other copy goes on, whatever is found.
    ///   - open: opens the store at a location.
    /// - Throws: `ArchiveError`, `StoreError`, `PackError`, `CancellationError`.
    package func cleanPacks(
        isOnlyCopy: Bool = false, at now: Timestamp,
        open: @Sendable (String) throws(StoreError) -> any ObjectStore
    ) async throws -> CleaningReport {
        try await withPacks { try await clean(isOnlyCopy, now, open) }
    }

    private func clean(
        _ isOnlyCopy: Bool, _ now: Timestamp, _ open: @Sendable (String) throws(StoreError) -> any ObjectStore
    ) async throws -> CleaningReport {
        var report = CleaningReport()
        PackFile.remove(at: PackFile.path(besideArchive: path))
        // Of a store that was given up nothing is left on record.
        let stores = try read { try Set(PackTable.all(in: $0).map(\.store)) }
        var failure: StoreError?
        for location in stores.sorted() {
            do {
                try await clean(location, try open(location), isOnlyCopy, now, &report)
            } catch let error as StoreError where error != .cancelled {
                // The others are cleaned all the same.
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return report
    }

    private func clean(
        _ location: String, _ store: any ObjectStore, _ isOnlyCopy: Bool, _ now: Timestamp,
        _ report: inout CleaningReport
    ) async throws {
        let shared = try await sharedFolders(of: store, &report)
        let own: @Sendable (PackTable.Pack) -> Bool = { pack in
            pack.store == location && (isOnlyCopy || !shared.contains { pack.name.hasPrefix($0 + "/") })
        }
        // What an offload did not finish goes first: what is written anew may have its name.
        try await removeEmptyPacks(from: store, where: own, &report)
        let rewriting = PackRewriting(archive: self, store: store, now: now)
        report.rewritten += try await rewriting.run { own($0) }
        try await removeEmptyPacks(from: store, where: own, &report)
    }

    private func removeEmptyPacks(
        from store: any ObjectStore, where isOwn: (PackTable.Pack) -> Bool, _ report: inout CleaningReport
    ) async throws {
        // Looked at, whatever the count says: it may be damaged, and a pack that is removed is gone.
        let empty = try read { database in
            try PackTable.all(in: database).filter { try isOwn($0) && PackTable.isEmpty($0.id, in: database) }
        }
        for pack in empty {
            try Task.checkCancellation()
            guard let name = ObjectName(rawValue: pack.name) else { continue }
            try await store.remove(name)
            try await commit { try PackTable.forget(pack.id, in: $0) }
            report.removed.append(pack.name)
            report.bytes += pack.bytes
        }
    }

    /// The folders from which nothing is to be removed, because others write there, too.
    private func sharedFolders(of store: any ObjectStore, _ report: inout CleaningReport) async throws -> Set<String> {
        let location = store.location.description
        let folders = PackFolders(archive: self, store: store)
        let names = try read { database in
            try Set(
                PackTable.all(in: database).filter { $0.store == location }.compactMap {
                    $0.name.split(separator: "/").first.map(String.init)
                } + [PackTable.folder(at: location, in: database)].compactMap(\.self))
        }
        var shared: Set<String> = []
        for folder in names.sorted() {
            // Asked of each, also where nothing is to be removed: an unmounted store is to be told of.
            let strangers = try await folders.strangers(in: folder)
            guard !strangers.isEmpty else { continue }
            shared.insert(folder)
            report.unknown += strangers
            guard try await !folders.leaveWhereOthersWrite(),
                let own = try read({ try PackTable.folder(at: location, in: $0) })
            else { continue }
            try await folders.leaveMark(of: own, in: folder)
        }
        return shared
    }
}
