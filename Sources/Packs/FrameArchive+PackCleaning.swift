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
    /// Objects in the archive's own folder that it knows nothing of. They stay: this archive may be a restored one.
    package internal(set) var unknown: [String] = []
}

extension CleaningReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("removed", \.removed),
        Field("bytes", \.bytes),
        Field("unknown", \.unknown),
    ]
}

extension FrameArchive {
    /// Removes packs that nothing is in: those that an offload did not finish, and those whose pictures were all removed or have come
    /// back.
    ///
    /// Only packs that are on record go. What a store has besides is named and stays, because an archive that was restored from
    /// a backup does not know of the packs that were written after it.
    ///
    /// - Parameter open: opens the store at a location.
    /// - Throws: `ArchiveError`, `StoreError`, `CancellationError`.
    package func cleanPacks(
        open: @Sendable (String) throws(StoreError) -> any ObjectStore
    ) async throws -> CleaningReport {
        var report = CleaningReport()
        PackFile.remove(at: PackFile.path(besideArchive: path))
        let (packs, empty, folders) = try read { database throws in
            let packs = try PackTable.all(in: database)
            return (
                packs,
                // Looked at, whatever the count says: it may be damaged, and a pack that is removed is gone.
                try Set(packs.map(\.id).filter { try PackTable.isEmpty($0, in: database) }),
                try Row.fetchAll(database, sql: "SELECT location, folder FROM pack_store ORDER BY id")
                    .map { (location: try $0.value(at: 0) as String, folder: try $0.value(at: 1) as String) }
            )
        }
        for (location, folder) in folders {
            let store = try open(location)
            // Also where nothing is to be removed: an unmounted folder has none of them.
            let objects = try await store.list(folder + "/")
            let own = packs.filter { $0.store == location }
            for pack in own where empty.contains(pack.id) {
                try Task.checkCancellation()
                guard let name = ObjectName(rawValue: pack.name) else { continue }
                try await store.remove(name)
                try await commit { try PackTable.forget(pack.id, in: $0) }
                report.removed.append(pack.name)
                report.bytes += pack.bytes
            }
            let known = Set(own.map(\.name))
            report.unknown += objects.map(\.name.rawValue).filter { !known.contains($0) }
        }
        return report
    }
}
