package import GRDB
package import Vocabulary

/// How far an archive is told to others.
package struct PublishedArchive: Hashable, Sendable {
    /// What it is known by there.
    package let machine: String
    /// What people call it.
    package let name: String
    /// Where its segments lie.
    package let store: String
    package let generation: Int
    /// The last segment that is there.
    package let segment: Int
    /// When that was read back; `nil` where there is none yet.
    package let publishedAt: Timestamp?

    /// Whether what stood in the way since an instant does no more, although no alert has ended: it was told after that, by hand, and no
    /// capture goes on that would say so.
    package func isSettled(since instant: Timestamp, isCapturing: Bool) -> Bool {
        !isCapturing && (publishedAt.map { $0 > instant } ?? false)
    }

    /// `nil` where nobody is told.
    package static func published(in database: Database) throws -> PublishedArchive? {
        try Row.fetchOne(
            database, sql: "SELECT machine, name, store, generation, segment, published_at FROM publication"
        ).map { row in
            PublishedArchive(
                machine: try row.value(at: 0), name: try row.value(at: 1), store: try row.value(at: 2),
                generation: try row.count(at: 3), segment: try row.count(at: 4),
                publishedAt: try row.timestampIfAny(at: 5))
        }
    }
}

extension PublishedArchive: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("machine", \.machine),
        Field("name", \.name),
        Field("store", \.store),
        Field("generation", \.generation),
        Field("segment", \.segment),
        Field("published_at", \.publishedAt),
    ]
}
