internal import Archive
internal import Deduplication
internal import GRDB
internal import NIOCore
internal import Vocabulary

/// An archive from which good copies of pictures are taken. Nothing about it or beside it is changed.
struct PictureDonor: Sendable {
    let path: String
    private let database: DatabaseQueue
    private let presence: ArchivePresence
    private let pictures: ArchivePictures

    /// - Throws: what ``ArchiveFile/requireArchive(at:)`` throws; `damaged` where it is the archive that wants repairing.
    init(path: String, for archive: String) throws(ArchiveError) {
        let resolved = ArchiveFile.resolved(path)
        try ArchiveFile.requireArchive(at: resolved)
        guard FileIdentity(path: resolved) != FileIdentity(path: archive) else {
            throw .damaged(path: resolved, what: "it is the archive that is to be repaired, and no backup of it")
        }
        self.path = resolved
        presence = ArchivePresence(path: resolved)
        pictures = ArchivePictures(ofArchive: resolved)
        database = try ArchiveError.wrapping(resolved) { try RestingArchive.queue(resolved) }
    }

    /// The bytes of a picture, if they are here and are one of those that are looked for.
    ///
    /// - Parameter digests: what the bytes may hash to.
    func copy(of picture: SHA256Digest, as digests: [SHA256Digest]) async throws -> ByteBuffer? {
        let bytes: ByteBuffer?
        do {
            bytes = try await database.read { [pictures] database in
                try PictureTable.content(of: picture, in: database).flatMap { try pictures.get($0, in: database) }
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return nil  // damaged here as well
        }
        guard let bytes else { return nil }
        let digest = SHA256Digest(hashing: bytes)
        guard digests.contains(digest), PictureCheck.problem(of: bytes, digest, .decoding) == nil else { return nil }
        return bytes
    }

    func close() throws(ArchiveError) {
        try ArchiveError.wrapping(path) { try database.close() }
    }
}
