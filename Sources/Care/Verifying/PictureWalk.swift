internal import Archive
internal import GRDB
internal import Vocabulary

/// The pictures to check, a few at a time, in the order in which their contents lie in the file.
struct PictureWalk {
    struct Page: Sendable {
        /// Those to check.
        let entries: [StoredPicture]
        /// Those that were come by, in rising order.
        let contents: [Int64]
        /// The last one of them.
        let end: Int64
    }

    /// So many pictures are read at once.
    static let pageSize = 16

    let pictures: ArchivePictures
    let subset: PictureSubset?
    /// The content that was passed last.
    private(set) var position: Int64
    /// `nil`: all that the file has, read as it goes.
    private let list: [StoredPicture]?

    /// All contents after that one, whether a picture refers to them or not.
    static func everything(
        in pictures: ArchivePictures, after position: Int64, subset: PictureSubset?
    ) -> PictureWalk {
        PictureWalk(pictures: pictures, subset: subset, position: position, list: nil)
    }

    /// Only these pictures' contents.
    static func listed(
        _ list: [StoredPicture], in pictures: ArchivePictures, after position: Int64, subset: PictureSubset?
    ) -> PictureWalk {
        let ahead = list.filter { $0.content > position && subset?.contains($0.sha256) ?? true }
        return PictureWalk(
            pictures: pictures, subset: subset, position: position, list: ahead.sorted { $0.content < $1.content })
    }

    /// How many are ahead, where that is known.
    var count: Int? { list?.count }

    /// The next pictures; `nil` at the end.
    mutating func next(_ database: any DatabaseReader) async throws -> Page? {
        let page = if let list { Self.page(of: list, after: position) } else { try await pageOfAll(database) }
        position = page?.end ?? position
        return page
    }

    private static func page(of list: [StoredPicture], after position: Int64) -> Page? {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle].content <= position { low = middle + 1 } else { high = middle }
        }
        let entries = list[low...].prefix(pageSize)
        return entries.last.map { Page(entries: Array(entries), contents: entries.map(\.content), end: $0.content) }
    }

    private func pageOfAll(_ database: any DatabaseReader) async throws -> Page? {
        let limit = Self.pageSize * min(64, subset?.count ?? 1)
        let entries = try await database.read { [position, pictures] database in
            try pictures.walk(after: position, limit: limit, in: database)
        }
        return entries.last.map { end in
            Page(
                entries: entries.filter { subset?.contains($0.sha256) ?? true }, contents: entries.map(\.content),
                end: end.content)
        }
    }

    // MARK: - Lists

    /// Those of the frames captured since.
    static func entries(since: Timestamp, in database: Database) throws -> [StoredPicture] {
        try entries(
            of: """
                SELECT DISTINCT picture.content_id, picture.sha256 FROM frame INDEXED BY frame_by_time
                CROSS JOIN picture ON picture.sha256 = frame.sha256 WHERE frame.captured_at >= ?
                """, since.milliseconds, in: database)
    }

    /// Those that pictures refer to, after that content.
    static func entries(after content: Int64, in database: Database) throws -> [StoredPicture] {
        try entries(of: "SELECT content_id, sha256 FROM picture WHERE content_id > ?", content, in: database)
    }

    private static func entries(of query: String, _ argument: Int64, in database: Database) throws -> [StoredPicture] {
        let rows = try Row.fetchCursor(database, sql: query, arguments: [argument])
        return try Array(rows.map { StoredPicture(content: try $0.value(at: 0), sha256: try $0.sha256(at: 1)) })
    }
}
