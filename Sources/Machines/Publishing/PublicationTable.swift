internal import Archive
internal import Foundation
internal import GRDB
internal import Vocabulary

/// How far this archive has told others of itself.
struct Publication: Hashable, Sendable {
    let machine: String
    var name: String
    let generation: Int
    let store: String
    /// The number of the last segment that is in the store.
    let segment: Int
    let sha256: SHA256Digest?
    /// Frames up to this one were told.
    let frame: Int64
    let notedFrame: Int64
    let round: Int64
    let draft: SegmentDraft?
}

/// A segment that lies beside the archive and is about to be put into the store.
struct SegmentDraft: Codable, Hashable, Sendable {
    let number: Int
    let sha256: String
    let bytes: Int64
    let cursor: PublicationCursor

    func name(of machine: String, _ generation: Int) -> SegmentName? {
        SHA256Digest(hexadecimal: sha256).map {
            SegmentName(machine: machine, generation: generation, number: number, sha256: $0)
        }
    }
}

/// Up to where all was told once a segment is in the store.
struct PublicationCursor: Codable, Hashable, Sendable {
    /// What is noted of a record.
    struct Note: Codable, Hashable, Sendable {
        let kind: Int64
        let number: Int64
        let at: Int64

        /// Behind all of a kind.
        static func end(of kind: Int64) -> Note { Note(kind: kind, number: .max, at: .max) }
    }

    struct Ledger: Codable, Hashable, Sendable {
        let camera: Int64
        let from: Int64
        let lastRun: String
    }

    var frame: Int64
    /// Notes of rounds before this one are done with, up to `until`.
    var round: Int64
    var until: Note
    var ledgers: [Ledger] = []
}

/// The tables of what this archive tells others.
enum PublicationTable {
    static func publication(in database: Database) throws -> Publication? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT machine, name, generation, store, segment, sha256, frame_id, noted_frame_id, round, draft FROM publication
                """)
        return try row.map { row in
            let (sha256, draft): (Data?, String?) = (try row.value(at: 5), try row.value(at: 9))
            return Publication(
                machine: try row.value(at: 0), name: try row.value(at: 1), generation: try row.count(at: 2),
                store: try row.value(at: 3), segment: try row.count(at: 4),
                sha256: sha256.flatMap { SHA256Digest(bytes: $0) }, frame: try row.value(at: 6),
                notedFrame: try row.value(at: 7), round: try row.value(at: 8),
                // One that cannot be read is made anew.
                draft: draft.flatMap { try? JSONDecoder().decode(SegmentDraft.self, from: Data($0.utf8)) })
        }
    }

    /// Begins to tell everything, as a generation of a machine.
    static func begin(
        machine: String, name: String, generation: Int, store: String, in database: Database
    ) throws {
        try database.execute(
            sql: """
                DELETE FROM publication; DELETE FROM published_ledger; DELETE FROM unpublished;
                """)
        try database.execute(
            sql: "INSERT INTO publication (id, machine, name, generation, store) VALUES (1, ?, ?, ?, ?)",
            arguments: [machine, name, generation, store])
        // Frames and ledgers are told from their beginnings anyway.
        try database.execute(
            sql: """
                INSERT INTO unpublished SELECT 1, id, 0, 0 FROM camera;
                INSERT INTO unpublished SELECT 2, id, 0, 0 FROM print;
                INSERT INTO unpublished SELECT 4, id, 0, 0 FROM pack WHERE live_pictures > 0;
                """)
    }

    /// Packs in the store that it was or is are told again: a segment says of those beside it no more than that. And so is a camera
    /// where the name is another one, which every segment has.
    static func set(name: String, store: String, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO unpublished SELECT 4, pack.id, 0, round
                FROM publication, pack JOIN pack_store ON pack_store.id = store_id
                WHERE store <> ?1 AND location IN (store, ?1) AND live_pictures > 0
                """, arguments: [store])
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO unpublished SELECT 1, camera.id, 0, round FROM publication, camera
                WHERE publication.name <> ? AND \(FollowedTable.isOwn(cameraIn: "camera.id")) ORDER BY camera.id LIMIT 1
                """, arguments: [name])
        try database.execute(sql: "UPDATE publication SET name = ?, store = ?", arguments: [name, store])
    }

    /// From now on changes are noted of all that a segment may tell which is made of what is there now.
    static func beginRound(in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE publication SET round = round + 1,
                    noted_frame_id = max(noted_frame_id, (SELECT coalesce(max(id), 0) FROM frame));
                INSERT INTO published_ledger (camera_id, from_at, noted_from_at, last_run)
                SELECT camera_id, \(Int64.min), max(from_at), '' FROM ledger_run
                WHERE camera_id IN (SELECT id FROM camera WHERE \(FollowedTable.isOwn(cameraIn: "camera.id")))
                GROUP BY camera_id
                ON CONFLICT (camera_id) DO UPDATE SET noted_from_at = excluded.noted_from_at
                    WHERE noted_from_at < excluded.noted_from_at;
                """)
    }

    static func keep(_ draft: SegmentDraft?, in database: Database) throws {
        let json = try draft.map { try String(decoding: JSONEncoder().encode($0), as: UTF8.self) }
        try database.execute(sql: "UPDATE publication SET draft = ?", arguments: [json])
    }

    /// Notes that a segment is in the store, and forgets what it told; without a segment: that there was nothing to tell.
    static func settle(
        _ cursor: PublicationCursor, as segment: SegmentName?, at now: Timestamp, in database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE publication SET frame_id = max(frame_id, ?), draft = NULL", arguments: [cursor.frame])
        if let segment {
            try database.execute(
                sql: "UPDATE publication SET segment = ?, sha256 = ?, published_at = ?",
                arguments: [segment.number, segment.sha256.data, now.milliseconds])
        }
        try database.execute(
            sql: "DELETE FROM unpublished WHERE (kind, number, at) <= (?, ?, ?) AND round < ?",
            arguments: [cursor.until.kind, cursor.until.number, cursor.until.at, cursor.round])
        for ledger in cursor.ledgers {
            try database.execute(
                sql: "UPDATE published_ledger SET from_at = ?, last_run = ? WHERE camera_id = ?",
                arguments: [ledger.from, ledger.lastRun, ledger.camera])
        }
    }
}
