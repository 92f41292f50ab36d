package import Archive
internal import GRDB
internal import Storage
package import Vocabulary

/// Another archive, opened to be merged. Nothing in it is changed; a capture may be running into it.
package final class MergeSource: Sendable {
    /// The archive's file, links resolved.
    package let path: String

    private let pool: DatabasePool
    let pictures: ArchivePictures
    private let packs: (any PackedPictures)?

    /// - Parameter packs: reads its pictures that lie in packs; `nil` where they are not read.
    /// - Throws: `notFound`, `notAnArchive`, `tooNew`, `tooOld` for one of an older version of the program, which would have to
    ///   be changed to be read, `readOnly` where SQLite cannot make its index beside the file, or `offloaded` where pictures of it lie
    ///   in packs that are not read.
    package init(at path: String, reading packs: (any PackedPictures)? = nil) throws(ArchiveError) {
        let path = ArchiveFile.resolved(path)
        try ArchiveFile.requireArchive(at: path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.label = "merge"
        let pool = try ArchiveError.wrapping(path) { try DatabasePool(path: path, configuration: configuration) }
        (self.path, self.pool, pictures) = (path, pool, ArchivePictures(ofArchive: path))
        self.packs = packs
        let version = try read(Schema.version)
        guard version <= Schema.version else { throw .tooNew(path: path, version: version) }
        guard version == Schema.version else { throw .tooOld(path: path, version: version) }
        // Said before anything is merged.
        if packs == nil, let store = try read(PackTable.stores).first { throw .offloaded(path: path, store: store) }
    }

    /// Lets go of the file.
    package func close() throws(ArchiveError) {
        try ArchiveError.wrapping(path) { try pool.close() }
    }

    /// The cameras that it knows, in the order of their names; not those of other machines, which are to be followed from there.
    package func cameras() throws(ArchiveError) -> [CameraName] {
        try read { database in
            try Array(
                Row.fetchCursor(
                    database,
                    sql: "SELECT name FROM camera WHERE \(FollowedTable.isOwn(cameraIn: "camera.id")) ORDER BY name"
                ).map { try $0.cameraName(at: 0) }
            )
        }
    }

    /// A frame's picture, hashed again, from its pack where it lies in one.
    ///
    /// - Throws: ``ArchiveError/damaged(path:what:)`` where it is not what was stored, `packMissing` where its pack is gone, `store`
    ///   where a store does not answer; `CancellationError`.
    func picture(of frame: ArchivedFrame) async throws -> CheckedPicture {
        guard frame.damagedAt == nil else {
            throw ArchiveError.damaged(path: path, what: "the picture of frame \(frame.id) was found to be damaged")
        }
        let readings = try read {
            try PictureTable.readings(of: [frame], from: pictures, archive: self.path, in: $0)
        }
        return try await PictureReading.fetched(readings, from: packs, archive: path)[0].get()
    }

    /// One short read of one state of the archive.
    func read<Value>(_ body: (Database) throws -> Value) throws(ArchiveError) -> Value {
        try ArchiveError.wrapping(path) { try pool.read(body) }
    }
}
