internal import Archive
internal import GRDB
internal import Vocabulary

/// What planning has to know of a frame, in 24 bytes: an archive of years has millions.
struct FrameOutline: Hashable, Sendable {
    let id: Int64
    /// Milliseconds since 1970.
    let capturedAt: Int64
    /// The picture's.
    let bytes: UInt32
    /// max |Δ − median Δ| against the camera's frame before; ``unknown`` where it is not stored.
    var change: Int16
    /// Why it stays whatever the policy says.
    var protection: RetentionGuard?
    let isExcluded: Bool

    static let unknown: Int16 = -1
    /// The change of a frame that nothing can be compared with: all of it is new.
    static let allNew: Int16 = 511

    var isSafe: Bool { protection != nil }
    var place: FramePlace { FramePlace(capturedAt: capturedAt, id: id) }
}

/// A frame's place among those of its camera.
struct FramePlace: Hashable, Comparable, Sendable {
    let capturedAt: Int64
    let id: Int64

    static let start = FramePlace(capturedAt: .min, id: .min)

    static func < (left: FramePlace, right: FramePlace) -> Bool {
        (left.capturedAt, left.id) < (right.capturedAt, right.id)
    }
}

extension FrameOutline {
    /// Of some frames of a camera, in the order of time, those whose pictures lie in packs: removing them makes no room here.
    static func packed(
        among frames: [FrameOutline], of camera: Int64, in database: Database
    ) throws -> Set<Int64> {
        guard let first = frames.first, let last = frames.last, try PackTable.hasPictures(in: database) else {
            return []
        }
        return try Set(
            Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT frame.id FROM frame INDEXED BY frame_by_camera
                        CROSS JOIN picture ON picture.sha256 = frame.sha256
                        WHERE camera_id = ?1 AND captured_at BETWEEN ?2 AND ?3
                            AND \(PackTable.isPacked(contentIn: "picture.content_id"))
                        """), arguments: [camera, first.capturedAt, last.capturedAt]))
    }

    /// The next frames of a camera in the order of time.
    ///
    /// - Parameters:
    ///   - place: they come after this one.
    ///   - end: and before this instant, in milliseconds.
    static func page(
        of camera: Int64, after place: FramePlace, before end: Int64, limit: Int, in database: Database
    ) throws -> [FrameOutline] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT id, captured_at, bytes, coalesce(change, \(unknown)), CASE
                        WHEN damaged_at IS NOT NULL OR NOT \(ValueRule.isInstant("captured_at")) THEN \(RetentionGuard.damaged.rawValue)
                        WHEN pinned THEN \(RetentionGuard.pinned.rawValue)
                        WHEN note IS NOT NULL THEN \(RetentionGuard.noted.rawValue)
                        WHEN print_id IS NULL THEN 0
                        ELSE (SELECT CASE
                            WHEN pinned THEN \(RetentionGuard.pinned.rawValue)
                            WHEN note IS NOT NULL THEN \(RetentionGuard.noted.rawValue)
                            ELSE 0 END FROM print WHERE print.id = frame.print_id)
                        END, excluded
                    FROM frame INDEXED BY frame_by_camera
                    WHERE camera_id = ?1 AND (captured_at, id) > (?2, ?3) AND captured_at < ?4
                    ORDER BY captured_at, id LIMIT ?5
                    """), arguments: [camera, place.capturedAt, place.id, end, limit])
        var page: [FrameOutline] = []
        page.reserveCapacity(limit)
        while let row = try rows.next() {
            page.append(
                FrameOutline(
                    id: try row.value(at: 0), capturedAt: try row.value(at: 1),
                    bytes: UInt32(clamping: try row.value(at: 2) as Int64),
                    change: Int16(clamping: try row.value(at: 3) as Int64),
                    protection: RetentionGuard(rawValue: UInt8(clamping: try row.value(at: 4) as Int64)),
                    isExcluded: try row.value(at: 5)))
        }
        return page
    }
}
