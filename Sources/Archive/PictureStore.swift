package import GRDB
package import NIOCore
package import Vocabulary

/// Where the bytes of an archive's pictures lie.
///
/// Records know a picture's bytes, its content, by a number alone. Whoever stores, reads, checks, compacts, merges, repairs or
/// removes pictures does it through ``ArchivePictures``, the one implementation there is: its type is known when the program is
/// built, so that the seam costs nothing.
package protocol PictureStore: Sendable {
    /// - Parameter path: the archive's file.
    init(ofArchive path: String)

    /// Puts bytes behind all others. They are there when the transaction of the record that refers to them is on disk, and not
    /// without it.
    ///
    /// - Parameter picture: the digest of the picture as it was captured, also where the bytes are what it was made smaller to.
    /// - Returns: the content's number, higher than all others.
    func put(_ bytes: ByteBuffer, of picture: SHA256Digest, in database: Database) throws -> Int64

    /// Puts several behind all others, in whichever order takes the least room.
    ///
    /// - Returns: the contents' numbers, in the order of the pictures.
    func put(_ pictures: [NewContent], in database: Database) throws -> [Int64]

    /// - Returns: the bytes as they are, whatever they are; `nil` where there is no such content.
    /// - Throws: ``ArchiveError/offloaded(path:store:)`` where they lie in a pack: who does not fetch them from there is not to
    ///   take them for missing.
    func get(_ content: Int64, in database: Database) throws -> ByteBuffer?

    /// The same of several at once, in this order: some megabytes at most.
    func get(_ contents: [Int64], in database: Database) throws -> [ByteBuffer?]

    /// The bytes, or the pack in which they lie; `nil` where there is no such content.
    func place(of content: Int64, in database: Database) throws -> PicturePlace?

    /// The bytes where they are in the archive itself; `nil` where they are in a pack or nowhere.
    func getHere(_ content: Int64, in database: Database) throws -> ByteBuffer?

    /// Notes that a content's bytes are in a pack, and removes them here. The content keeps its number.
    ///
    /// - Parameters:
    ///   - pack: the number of the pack's record.
    ///   - orientation: how the picture is to be turned, by Exif's number.
    func moveOut(
        _ content: Int64, to range: Range<Int64>, ofPack pack: Int64, orientation: Int, in database: Database) throws

    /// Puts the bytes of a content that is in a pack back here. The content keeps its number.
    func bringBack(_ content: Int64, _ bytes: ByteBuffer, in database: Database) throws

    /// The first bytes of several, and no more of them read than that; without those that are not there
    /// or in packs.
    func heads(of contents: [Int64], count: Int, in database: Database) throws -> [Int64: ByteBuffer]

    /// Which picture a content says it is of; `nil` where there is no such content.
    func picture(of content: Int64, in database: Database) throws -> SHA256Digest?

    /// What there is after a content, or from the first one on, in the order of the numbers, whether records refer to it or not.
    func walk(after content: Int64?, limit: Int, in database: Database) throws -> [StoredPicture]

    /// Removes a content to which no record refers any more.
    func delete(_ content: Int64, in database: Database) throws

    /// Removes the contents of those of these pictures of which no record is left, in the transaction in which they went.
    func deleteUnrecorded(_ pictures: [SHA256Digest], in database: Database) throws

    /// How many bytes a content has whose number stands in a column, as an SQL expression; `NULL` where SQL cannot tell.
    static func size(ofContentIn column: String) -> String

    /// The tables that have nothing but pictures: whoever has read them all has been on all of their pages.
    static var tables: [String] { get }
}

extension PictureStore {
    package func get(_ contents: [Int64], in database: Database) throws -> [ByteBuffer?] {
        try contents.map { try get($0, in: database) }
    }
}

/// Bytes to be put, and the digest of the picture that they are of, as it was captured.
package struct NewContent: Sendable {
    package let bytes: ByteBuffer
    package let sha256: SHA256Digest

    package init(_ bytes: ByteBuffer, of sha256: SHA256Digest) { (self.bytes, self.sha256) = (bytes, sha256) }
}

/// A picture's content, with the digest of the picture as it was captured.
package struct StoredPicture: Hashable, Sendable {
    package let content: Int64
    package let sha256: SHA256Digest

    package init(content: Int64, sha256: SHA256Digest) {
        (self.content, self.sha256) = (content, sha256)
    }
}

/// Where the pictures of archives lie today.
package typealias ArchivePictures = PictureContents
