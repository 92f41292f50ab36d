internal import Archive
internal import GRDB
internal import Vocabulary

/// The frames of a selection in the order of their capture, some hundred at a time: no read is open for longer than a page
/// takes.
struct CompactionList: Sendable {
    private var selection: CompactionSelection
    /// How many frames a page looks at.
    private let pageSize: Int
    private var last: (capturedAt: Int64, id: Int64)

    struct Page: Sendable {
        /// How many frames it looked at; 0 behind the last one.
        var frames = 0
        /// Those of their pictures that were not coded anew yet, each once. Known damage is left out, and
        /// what lies in packs.
        var candidates: [CompactionCandidate] = []
    }

    init(_ selection: CompactionSelection, pageSize: Int = 256) {
        (self.selection, self.pageSize) = (selection, pageSize)
        last = ((selection.since?.milliseconds ?? .min), 0)
    }

    /// How many frames the selection has, and the bytes of their pictures as captured. It reads an index alone.
    func count(in database: Database) throws -> (frames: Int, bytes: ByteCount) {
        let row = try Row.fetchOne(
            database, sql: "SELECT count(*), CAST(total(bytes) AS INTEGER) \(frames)", arguments: arguments)
        return (try row?.value(at: 0) ?? 0, try row?.byteCount(at: 1) ?? .zero)
    }

    /// The first and the last instant at which frames were captured; `nil` where there are none.
    func span(in database: Database) throws -> (first: Int64, last: Int64)? {
        func end(_ order: String) throws -> Int64? {
            try Int64.fetchOne(
                database, sql: "SELECT captured_at \(frames) ORDER BY captured_at \(order) LIMIT 1",
                arguments: arguments)
        }
        guard let first = try end("ASC"), let last = try end("DESC") else { return nil }
        return (first, last)
    }

    /// Leaves out what is captured from now on, so that a quick capture does not keep the list from ending.
    ///
    /// - Returns: how many frames it has.
    mutating func end(atNewestIn database: any DatabaseReader) async throws -> Int {
        let (last, frames) = try await database.read { [self] in (try span(in: $0)?.last, try count(in: $0).frames) }
        if let last { selection.until = Timestamp(milliseconds: last) + .milliseconds(1) }
        return frames
    }

    /// The next page.
    mutating func next(_ database: any DatabaseReader) async throws -> Page {
        let (page, last) = try await database.read { [self] in try read($0) }
        if let last { self.last = last }
        return page
    }

    /// The next page and where it ends; `nil` where no frame is left.
    func read(_ database: Database) throws -> (page: Page, last: (Int64, Int64)?) {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT frame.captured_at, frame.id, picture.sha256, picture.content_id, picture.bytes,
                        picture.stored_bytes IS NULL AND damaged_at IS NULL
                            AND NOT \(PackTable.isPacked(contentIn: "picture.content_id"))
                    FROM (SELECT captured_at, id \(frames) ORDER BY captured_at, id LIMIT \(pageSize)) AS place
                    CROSS JOIN frame ON frame.id = place.id LEFT JOIN picture ON picture.sha256 = frame.sha256
                    """), arguments: arguments)
        var (page, last, seen) = (Page(), (Int64, Int64)?.none, Set<Int64>())
        while let row = try rows.next() {
            page.frames += 1
            let place = (try row.value(at: 0) as Int64, try row.value(at: 1) as Int64)
            // The join is not bound to keep the order.
            if last.map({ $0 < place }) ?? true { last = place }
            guard try row.value(at: 5) as Bool? == true else { continue }
            let candidate = CompactionCandidate(
                frame: FrameID(place.1), sha256: try row.sha256(at: 2), content: try row.value(at: 3),
                bytes: try row.byteCount(at: 4))
            if seen.insert(candidate.content).inserted { page.candidates.append(candidate) }
        }
        return (page, last)
    }

    /// Each of both indexes has the order.
    private var frames: String {
        selection.camera == nil
            ? """
            FROM frame INDEXED BY frame_by_time
            WHERE (captured_at, id) > (:time, :id) AND captured_at < :until
            """
            : """
            FROM frame INDEXED BY frame_by_camera WHERE camera_id = (SELECT id FROM camera WHERE name = :camera)
                AND (captured_at, id) > (:time, :id) AND captured_at < :until
            """
    }

    private var arguments: StatementArguments {
        var arguments: StatementArguments = [
            "time": last.capturedAt, "id": last.id, "until": selection.until?.milliseconds ?? .max,
        ]
        if let camera = selection.camera { arguments += ["camera": camera.text] }
        return arguments
    }
}
