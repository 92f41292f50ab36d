internal import Archive
internal import GRDB
internal import NIOCore
internal import Storage
internal import Stores
internal import Vocabulary

/// The folders in which this archive's packs are, one at a time in each of its stores, and who else relies on them.
///
/// A copy of an archive (a backup that was restored elsewhere, a copied SD card) has the same folders, and the same packs to rely on.
/// Nobody tells either of the other; but every pack is on record before it is written, so what is in a folder and not on record is
/// another copy's: its pack, or the mark that whoever offloads leaves beside the packs that it has elsewhere. Who notices that goes
/// on in new folders everywhere, and removes nothing from the ones that it has left.
struct PackFolders {
    let archive: FrameArchive
    /// Opens the store at a location.
    let open: StoreOpening

    /// What is in one of the archive's folders that it knows nothing of.
    func strangers(in folder: String, of store: any ObjectStore) async throws -> [String] {
        let location = store.location.description
        let objects = try await store.list(folder + "/")
        let known = try archive.read { database in
            try Set(PackTable.all(in: database).filter { $0.store == location }.map(\.name))
                .union(PackTable.folders(in: database).values.map { Self.mark(of: $0, in: folder) })
        }
        var strangers: [String] = []
        for object in objects where !known.contains(object.name.rawValue) {
            // A list may have what was removed just now.
            if try await store.size(of: object.name) != nil { strangers.append(object.name.rawValue) }
        }
        return strangers
    }

    /// Goes on in new folders where another copy of the archive writes to the one that there is.
    ///
    /// - Returns: whether one does.
    func leaveWhereOthersWrite(in store: any ObjectStore) async throws -> Bool {
        guard let folder = try archive.read({ try PackTable.folders(in: $0)[store.location.description] }),
            try await !strangers(in: folder, of: store).isEmpty
        else { return false }
        try await leave()
        return true
    }

    /// Goes on in new folders in every store: the other copy was made at a time of which nothing is known.
    func leave() async throws { try await archive.commit { try PackTable.moveToNewFolders(in: $0) } }

    /// Says beside every pack on record that one relies on it who writes elsewhere: to the store at a location now, in its own folder
    /// there.
    ///
    /// - Returns: the locations of other stores that could not be told; the next offload does it again.
    func leaveMarks(by location: String) async throws -> [String] {
        let places = try archive.read { try Set(PackTable.all(in: $0).map(\.store)) }
        var missed: [String] = []
        for place in places.sorted() {
            do { try await leaveMarks(by: location, in: try open(place)) } catch let error as StoreError
                where error != .cancelled && place != location
            { missed.append(place) }
        }
        return missed
    }

    /// Says so in one store.
    func leaveMarks(by location: String, in store: any ObjectStore) async throws {
        let place = store.location.description
        let (packs, own) = try archive.read { (try PackTable.all(in: $0), try PackTable.folders(in: $0)[location]) }
        guard let own else { return }
        for folder in Set(packs.filter { $0.store == place }.map(\.folder)).subtracting([own]).sorted() {
            try await leaveMark(of: own, in: folder, of: store)
        }
    }

    private func leaveMark(of own: String, in folder: String, of store: any ObjectStore) async throws {
        guard let name = ObjectName(rawValue: Self.mark(of: own, in: folder)) else { return }
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

extension PackTable.Pack {
    /// What its name begins with.
    var folder: String { String(name.prefix { $0 != "/" }) }
}
