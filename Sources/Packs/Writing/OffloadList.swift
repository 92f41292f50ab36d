internal import Archive
internal import GRDB
internal import Vocabulary

/// A camera's frames in the order of time whose pictures may go into packs, a page at a time: no look into the archive takes long.
struct OffloadList: Sendable {
    /// One of them.
    struct Candidate: Hashable, Sendable {
        let frame: FrameID
        let capturedAt: Timestamp
        let sha256: SHA256Digest
        let content: Int64
        /// The digest of the bytes that are stored.
        let stored: SHA256Digest
        /// About how many those are.
        let bytes: Int64
    }

    let camera: Int64
    let name: CameraName
    /// Frames from then on stay.
    let end: Timestamp
    private var place: (capturedAt: Int64, id: Int64) = (.min, .min)
    private var page: [Candidate] = []
    private var isAtEnd = false

    private static let pageSize = 512

    init(camera: Int64, name: CameraName, before end: Timestamp) {
        (self.camera, self.name, self.end) = (camera, name, end)
    }

    static func all(before end: Timestamp, in database: Database) throws -> [OffloadList] {
        try Row.fetchAll(database, sql: "SELECT id, name FROM camera ORDER BY name").map { row in
            OffloadList(camera: try row.value(at: 0), name: try row.cameraName(at: 1), before: end)
        }
    }

    /// The next one, which stays the next one until it is taken; `nil` at the end.
    ///
    /// - Parameter kept: pictures that stay whatever their age here.
    mutating func peek(_ database: any DatabaseReader, keeping kept: KeptPictures) async throws -> Candidate? {
        while page.isEmpty, !isAtEnd {
            try Task.checkCancellation()
            let (next, last) = try await database.read { [self] in try read($0) }
            if let last { place = last } else { isAtEnd = true }
            page = next.filter { !kept.contains($0.sha256) }.reversed()
        }
        return page.last
    }

    mutating func take() { page.removeLast() }

    /// Nothing comes any more.
    mutating func close() { (page, isAtEnd) = ([], true) }

    private func read(_ database: Database) throws -> (page: [Candidate], last: (Int64, Int64)?) {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT frame.captured_at, frame.id, frame.sha256, picture.content_id,
                        coalesce(picture.stored_sha256, picture.sha256), coalesce(picture.stored_bytes, picture.bytes),
                        frame.damaged_at IS NULL AND picture.sha256 IS NOT NULL
                            AND NOT \(PackTable.isPacked(contentIn: "picture.content_id"))
                    FROM frame INDEXED BY frame_by_camera LEFT JOIN picture ON picture.sha256 = frame.sha256
                    WHERE frame.camera_id = ?1 AND (frame.captured_at, frame.id) > (?2, ?3) AND frame.captured_at < ?4
                    ORDER BY frame.captured_at, frame.id LIMIT \(Self.pageSize)
                    """), arguments: [camera, place.capturedAt, place.id, end.milliseconds])
        var (page, last) = ([Candidate](), (Int64, Int64)?.none)
        while let row = try rows.next() {
            let (capturedAt, id): (Int64, Int64) = (try row.value(at: 0), try row.value(at: 1))
            last = (capturedAt, id)
            guard try row.value(at: 6) as Bool else { continue }
            page.append(
                Candidate(
                    frame: FrameID(id), capturedAt: Timestamp(milliseconds: capturedAt), sha256: try row.sha256(at: 2),
                    content: try row.value(at: 3), stored: try row.sha256(at: 4), bytes: try row.value(at: 5)))
        }
        return (page, last)
    }
}

/// Pictures that old frames show, and that stay here all the same.
struct KeptPictures: Sendable {
    /// Those that frames of several times show, one of them young.
    private let shared: Set<SHA256Digest>

    /// - Parameters:
    ///   - end: frames from then on are young.
    ///   - now: tells which frames are the cameras' newest.
    init(youngFrom end: Timestamp, now: Timestamp, in database: Database) throws {
        let young = try Row.fetchCursor(
            database,
            sql: """
                SELECT DISTINCT picture.sha256 FROM frame INDEXED BY frame_by_time
                CROSS JOIN picture ON picture.sha256 = frame.sha256
                WHERE frame.captured_at >= ? AND picture.reference_count > 1
                """, arguments: [end.milliseconds])
        var shared = try Set(PackTable.newestPictures(at: now, in: database))
        while let row = try young.next() { shared.insert(try row.sha256(at: 0)) }
        self.shared = shared
    }

    func contains(_ picture: SHA256Digest) -> Bool { shared.contains(picture) }
}
