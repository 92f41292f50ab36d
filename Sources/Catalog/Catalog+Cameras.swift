internal import GRDB
public import Vocabulary

/// A camera that has frames or slots in the archive.
public struct ArchivedCamera: Hashable, Sendable {
    public let name: CameraName
    /// Its newest frame.
    public let lastFrame: ArchivedFrame?
    /// Its last run in the slot ledger: how the last slots went.
    public let lastRun: LedgerRun?
}

/// A print job and its frames.
public struct ArchivedPrint: Hashable, Sendable {
    /// The archive's number of the print job.
    public let id: Int64
    public let camera: CameraName
    /// The number that the server gives it, where it says one.
    public let number: Int64?
    /// The name of what is printed, as OctoPrint shows it.
    public let name: String?
    public let state: PrintState
    /// How it is known.
    public let toldBy: PrintWitness
    /// When it began or was first seen.
    public let startedAt: Timestamp
    /// When it was seen to be over.
    public let endedAt: Timestamp?
    public let frames: Int
    /// The bytes of the frames' pictures.
    public let bytes: ByteCount
    /// When its first frame was captured; `nil` where it has none.
    public let firstCapturedAt: Timestamp?
    public let lastCapturedAt: Timestamp?
}

extension Catalog {
    /// The cameras, by name.
    public func cameras() async throws -> [ArchivedCamera] {
        try await read { database in
            let names = try Row.fetchCursor(database.cachedStatement(sql: "SELECT name FROM camera ORDER BY name"))
            return try Array(names.map { try $0.cameraName(at: 0) }).map { name in
                ArchivedCamera(
                    name: name, lastFrame: try FrameTable.last(of: name, in: database),
                    lastRun: try LedgerTable.last(of: name, in: database))
            }
        }
    }

    /// The print jobs, the newest first, of one camera or of all.
    public func prints(camera: CameraName? = nil, limit: Int? = nil) async throws -> [ArchivedPrint] {
        try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT print.id, camera.name, print.number, count(frame.id), coalesce(sum(frame.bytes), 0),
                            min(frame.captured_at), max(frame.captured_at), print.name, print.state, print.told_by,
                            print.started_at, print.ended_at
                        FROM print CROSS JOIN camera ON camera.id = print.camera_id
                        LEFT JOIN frame INDEXED BY frame_by_print ON frame.print_id = print.id
                        WHERE ?1 IS NULL OR camera.name = ?1
                        GROUP BY print.id ORDER BY print.id DESC LIMIT ?2
                        """), arguments: [camera?.text, limit.map { max(0, $0) } ?? -1])
            return try Array(
                rows.map { row in
                    ArchivedPrint(
                        id: try row.value(at: 0), camera: try row.cameraName(at: 1), number: try row.value(at: 2),
                        name: try row.value(at: 7), state: try row.word(at: 8), toldBy: try row.word(at: 9),
                        startedAt: try row.timestamp(at: 10), endedAt: try row.timestampIfAny(at: 11),
                        frames: try row.value(at: 3), bytes: try row.byteCount(at: 4),
                        firstCapturedAt: try row.timestampIfAny(at: 5), lastCapturedAt: try row.timestampIfAny(at: 6))
                })
        }
    }
}

extension ArchivedPrint: Encodable {
    private enum Key: String, CodingKey {
        case id, camera, number, name, state, frames, bytes
        case toldBy = "told_by"
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case firstCapturedAt = "first_captured_at"
        case lastCapturedAt = "last_captured_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(number, forKey: .number)
        try container.encode(name, forKey: .name)
        try container.encode(state.rawValue, forKey: .state)
        try container.encode(toldBy.rawValue, forKey: .toldBy)
        try container.encode(startedAt.description, forKey: .startedAt)
        try container.encode(endedAt?.description, forKey: .endedAt)
        try container.encode(frames, forKey: .frames)
        try container.encode(bytes.bytes, forKey: .bytes)
        try container.encode(firstCapturedAt?.description, forKey: .firstCapturedAt)
        try container.encode(lastCapturedAt?.description, forKey: .lastCapturedAt)
    }
}
