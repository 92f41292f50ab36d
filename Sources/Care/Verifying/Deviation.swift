internal import Archive
internal import GRDB
internal import Vocabulary

/// A number that the archive keeps about its frames and that is not what counting them gives.
///
/// Triggers change such a number by what is added and removed, so that it stays wrong by the same amount whatever happens
/// meanwhile: it is put right by adding the difference.
struct Deviation: Sendable, CustomStringConvertible {
    enum Subject: Sendable, Hashable {
        /// The frames that show a picture.
        case references(SHA256Digest)
        /// The frames and bytes of a camera in the hour that begins then, in milliseconds.
        case hour(camera: Int64, Int64)
        /// The frames and bytes of a print.
        case print(Int64)
        /// The pictures in a pack that are needed still, and what they take there.
        case pack(Int64)
    }

    let subject: Subject
    let frames: (kept: Int64, counted: Int64)
    /// 0 where no bytes are kept.
    let bytes: (kept: Int64, counted: Int64)

    var description: String {
        switch subject {
        case .references(let picture): "picture \(picture) counts \(frames.kept) frames, \(frames.counted) show it"
        case .hour(let camera, let hour):
            "camera \(camera), hour from \(Timestamp(milliseconds: hour)): \(totals)"
        case .print(let id): "print \(id): \(totals)"
        case .pack(let id):
            """
            pack \(id): \(frames.kept) pictures and \(bytes.kept) bytes are noted, \(frames.counted) and \(bytes.counted) \
            are there
            """
        }
    }

    private var totals: String {
        "\(frames.kept) frames and \(bytes.kept) bytes are noted, \(frames.counted) and \(bytes.counted) are there"
    }
}

extension Deviation {
    static let referenceCounts = "reference counts"

    /// All of one state of the archive, kind by kind.
    static let kinds: [(name: String, all: @Sendable (Database) throws -> [Deviation])] = [
        (referenceCounts, references), ("totals by hour", hours), ("totals of prints", prints),
        ("totals of packs", packs),
    ]

    private static func references(in database: Database) throws -> [Deviation] {
        try Row.fetchCursor(
            database,
            sql: """
                SELECT picture.sha256, reference_count, coalesce(shown.frames, 0)
                FROM picture LEFT JOIN (SELECT sha256, count(*) AS frames FROM frame GROUP BY sha256) AS shown
                    ON shown.sha256 = picture.sha256
                WHERE reference_count <> coalesce(shown.frames, 0) OR reference_count = 0
                """
        ).mapAll { row in
            Deviation(
                subject: .references(try row.sha256(at: 0)), frames: (try row.value(at: 1), try row.value(at: 2)),
                bytes: (0, 0))
        }
    }

    private static func hours(in database: Database) throws -> [Deviation] {
        try Row.fetchCursor(
            database,
            sql: """
                WITH counted AS MATERIALIZED (
                    SELECT camera_id, \(FrameTable.hour) AS hour, count(*) AS frames, CAST(total(bytes) AS INTEGER) AS bytes
                    FROM frame INDEXED BY frame_by_camera WHERE captured_at < (SELECT totals_until FROM archive_info)
                    GROUP BY 1, 2)
                SELECT kept.camera_id, kept.hour, kept.frames, coalesce(counted.frames, 0), kept.bytes,
                    coalesce(counted.bytes, 0)
                FROM frame_hour AS kept LEFT JOIN counted USING (camera_id, hour)
                WHERE kept.frames IS NOT counted.frames OR kept.bytes IS NOT counted.bytes
                UNION ALL
                SELECT counted.camera_id, counted.hour, 0, counted.frames, 0, counted.bytes FROM counted
                WHERE NOT EXISTS (
                    SELECT 1 FROM frame_hour AS kept
                    WHERE kept.camera_id = counted.camera_id AND kept.hour = counted.hour)
                """
        ).mapAll { row in
            Deviation(
                subject: .hour(camera: try row.value(at: 0), try row.value(at: 1)),
                frames: (try row.value(at: 2), try row.value(at: 3)),
                bytes: (try row.value(at: 4), try row.value(at: 5)))
        }
    }

    private static func packs(in database: Database) throws -> [Deviation] {
        try Row.fetchCursor(
            database,
            sql: """
                SELECT pack.id, live_pictures, coalesce(counted.pictures, 0), live_bytes, coalesce(counted.bytes, 0)
                FROM pack LEFT JOIN (
                    SELECT pack_id, count(*) AS pictures, CAST(total(bytes) AS INTEGER) AS bytes FROM packed_content
                    GROUP BY pack_id) AS counted ON counted.pack_id = pack.id
                WHERE live_pictures <> coalesce(counted.pictures, 0) OR live_bytes <> coalesce(counted.bytes, 0)
                """
        ).mapAll { row in
            Deviation(
                subject: .pack(try row.value(at: 0)), frames: (try row.value(at: 1), try row.value(at: 2)),
                bytes: (try row.value(at: 3), try row.value(at: 4)))
        }
    }

    private static func prints(in database: Database) throws -> [Deviation] {
        try Row.fetchCursor(
            database,
            sql: """
                SELECT print.id, print.frames, coalesce(counted.frames, 0), print.bytes, coalesce(counted.bytes, 0)
                FROM print LEFT JOIN (
                    SELECT print_id, count(*) AS frames, CAST(total(bytes) AS INTEGER) AS bytes FROM frame INDEXED BY frame_by_print
                    WHERE print_id IS NOT NULL AND captured_at < (SELECT totals_until FROM archive_info)
                    GROUP BY print_id) AS counted ON counted.print_id = print.id
                WHERE print.frames <> coalesce(counted.frames, 0) OR print.bytes <> coalesce(counted.bytes, 0)
                """
        ).mapAll { row in
            Deviation(
                subject: .print(try row.value(at: 0)), frames: (try row.value(at: 1), try row.value(at: 2)),
                bytes: (try row.value(at: 3), try row.value(at: 4)))
        }
    }
}

extension RowCursor {
    fileprivate func mapAll<Value>(_ transform: (Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        while let row = try next() { values.append(try transform(row)) }
        return values
    }
}
