internal import Archive
internal import GRDB
internal import NIOCore
internal import Storage
internal import Stores
internal import Vocabulary

/// Brings a pack into its store: noted before it is written, and relied on only when it was read back.
struct PackDelivery {
    let archive: FrameArchive
    let store: any ObjectStore
    let now: Timestamp

    /// Read back at once.
    private static let pieceSize: Int64 = 8 << 20

    /// - Returns: the number of the pack's record.
    func deliver(_ draft: PackDraft) async throws -> Int64 {
        let location = store.location.description
        let (name, number) = try await archive.commit { [now] database in
            let store = try PackTable.store(at: location, in: database)
            let name = draft.name(in: store.folder)
            return (name, try PackTable.note(draft, as: name, in: store, at: now, database))
        }
        guard let object = ObjectName(rawValue: name) else {
            throw PackError.notAsWritten(store: location, pack: name)
        }
        let outcome = try await store.put(draft.file, as: object)
        do {
            try await readBack(draft, as: object)
        } catch let error as PackError {
            // Else the next attempt would find it there. What was there before this one is left alone.
            if outcome == .written { try await store.remove(object) }
            throw error
        }
        return number
    }

    /// Reads a pack back from its store, and holds it against what was written.
    private func readBack(_ draft: PackDraft, as name: ObjectName) async throws {
        var hash = SHA256Hash()
        var start: Int64 = 0
        while start < draft.size {
            try Task.checkCancellation()
            let range = start..<min(draft.size, start + Self.pieceSize)
            let bytes = try await store.read(name, range)
            bytes.withUnsafeReadableBytes { hash.update($0) }
            start = range.upperBound
        }
        guard hash.digest() == draft.sha256, try await store.size(of: name) == draft.size else {
            throw PackError.notAsWritten(store: store.location.description, pack: name.rawValue)
        }
    }
}
