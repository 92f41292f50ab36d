internal import Archive
internal import GRDB
internal import NIOCore
internal import Storage
internal import Stores
internal import Vocabulary

/// The folders of a store in which this archive's packs are, and who else writes there.
///
/// A copy of an archive (a backup that was restored elsewhere, a copied SD card) has the same folder, and the same packs to rely on.
/// Nobody tells either of the other; but every pack is on record before it is written, so what is in the folder and not on record is
/// another copy's. Whoever notices that leaves a file there for the other to notice, goes on in a folder of its own, and removes
/// nothing from the shared one any more.
struct PackFolders {
    let archive: FrameArchive
    let store: any ObjectStore

    private var location: String { store.location.description }

    /// What is in a folder that this archive knows nothing of.
    func strangers(in folder: String) async throws -> [String] {
        let objects = try await store.list(folder + "/")
        let (known, own) = try archive.read { database in
            (
                try Set(PackTable.all(in: database).filter { $0.store == location }.map(\.name)),
                try PackTable.folder(at: location, in: database)
            )
        }
        var strangers: [String] = []
        for object in objects where !known.contains(object.name.rawValue) {
            guard object.name.rawValue != own.map({ Self.mark(of: $0, in: folder) }) else { continue }
            // A list may have what was removed just now.
            if try await store.size(of: object.name) != nil { strangers.append(object.name.rawValue) }
        }
        return strangers
    }

    /// Goes on in a new folder where another copy of the archive writes to the one that there is.
    ///
    /// - Returns: whether one does.
    func leaveWhereOthersWrite() async throws -> Bool {
        guard let folder = try archive.read({ try PackTable.folder(at: location, in: $0) }),
            try await !strangers(in: folder).isEmpty
        else { return false }
        let new = PackTable.newFolder()
        try await leaveMark(of: new, in: folder)
        try await archive.commit { [location] in try PackTable.move(location, to: new, in: $0) }
        return true
    }

    /// Says in a shared folder that the packs there are needed by one who writes elsewhere now.
    func leaveMark(of own: String, in folder: String) async throws {
        guard own != folder, let name = ObjectName(rawValue: Self.mark(of: own, in: folder)) else { return }
        let path = PackFile.path(besideArchive: archive.path)
        defer { PackFile.remove(at: path) }
        let text = ByteBuffer(
            string: """
                A copy of the archive whose pictures are in this folder writes to the folder \(own) now.
                It needs what is here: nothing is to be removed.

                """)
        try PackFile(at: path).append(text)
        let file = ObjectFile(path: path, size: Int64(text.readableBytes), sha256: SHA256Digest(hashing: text))
        _ = try await store.put(file, as: name)
    }

    /// The file by which the other copies know of this one.
    private static func mark(of own: String, in folder: String) -> String { "\(folder)/copy-\(own).txt" }
}
