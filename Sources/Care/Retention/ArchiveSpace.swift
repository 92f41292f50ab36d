internal import Archive
internal import Foundation
internal import GRDB
internal import Vocabulary

/// The space that an archive takes, and what is free beside it.
struct ArchiveSpace: Hashable, Sendable {
    /// Of the file's pages, those that hold something.
    let inUse: Int64
    /// Of the file's pages, those that hold nothing and can be given back.
    let spare: Int64
    /// In the file system, for this user.
    let free: Int64

    init(of path: String, in database: Database) throws {
        let page = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        let count = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let unused = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        guard let free = ByteCount.free(besides: path) else { throw ArchiveError(systemError: errno, path: path) }
        (inUse, spare) = ((count - unused) * page, unused * page)
        self.free = free.bytes
    }

    /// The bytes that are wanting to what a policy asks for.
    func deficit(by policy: RetentionPolicy) -> Int64 {
        let surplus = policy.maximumSize.map { inUse - $0.bytes } ?? 0
        let lack = policy.minimumFree.map { ($0.bytes - spare).subtractingSaturating(free) } ?? 0
        return max(0, surplus, lack)
    }
}
