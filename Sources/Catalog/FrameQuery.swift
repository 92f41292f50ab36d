internal import GRDB
public import Vocabulary

/// Which frames, and in which order.
public struct FrameQuery: Hashable, Sendable {
    /// Of this camera only.
    public var camera: CameraName?
    /// Of this print job only, by the archive's number of it.
    public var print: Int64?
    /// Captured at this instant or later.
    public var since: Timestamp?
    /// Captured before this instant.
    public var until: Timestamp?
    /// At most this many; all where `nil`.
    public var limit: Int?
    public var order: FrameOrder
    /// Only what comes after this place in the order: the next page.
    public var after: FrameCursor?

    public init(
        camera: CameraName? = nil, print: Int64? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
        limit: Int? = nil, order: FrameOrder = .oldestFirst, after: FrameCursor? = nil
    ) {
        self.camera = camera
        self.print = print
        self.since = since
        self.until = until
        self.limit = limit
        self.order = order
        self.after = after
    }
}

/// The order of a list: by time of capture, and by number within a millisecond.
public enum FrameOrder: String, CaseIterable, Sendable {
    case oldestFirst = "oldest"
    case newestFirst = "newest"
}

/// A frame's place in either order, for asking for the page that begins after it.
public struct FrameCursor: Hashable, Sendable {
    public let capturedAt: Timestamp
    public let id: FrameID

    public init(after frame: ArchivedFrame) {
        (capturedAt, id) = (frame.capturedAt, frame.id)
    }
}

extension FrameQuery {
    /// The query from `FROM frame` to its limit.
    ///
    /// The index is named because the planner, which keeps no statistics, could take a worse one; SQLite refuses a
    /// query that cannot use the index it names, so a full scan cannot slip in.
    var selection: (sql: String, arguments: StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func require(_ condition: String, _ values: [(any DatabaseValueConvertible)?]) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        let index: String
        if let print {
            index = "frame_by_print"
            require("frame.print_id = ?", [print])
        } else {
            index = camera == nil ? "frame_by_time" : "frame_by_camera"
        }
        if let camera { require("frame.camera_id = (SELECT id FROM camera WHERE name = ?)", [camera.text]) }
        if let since { require("frame.captured_at >= ?", [since.milliseconds]) }
        if let until { require("frame.captured_at < ?", [until.milliseconds]) }
        if let after {
            let sign = order == .oldestFirst ? ">" : "<"
            require("(frame.captured_at, frame.id) \(sign) (?, ?)", [after.capturedAt.milliseconds, after.id.number])
        }
        let direction = order == .oldestFirst ? "ASC" : "DESC"
        var sql = "FROM frame INDEXED BY \(index) CROSS JOIN camera ON camera.id = frame.camera_id"
        if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
        sql += " ORDER BY frame.captured_at \(direction), frame.id \(direction) LIMIT ?"
        // SQLite takes a negative limit for none.
        arguments += [limit.map { max(0, $0) } ?? -1]
        return (sql, arguments)
    }
}
