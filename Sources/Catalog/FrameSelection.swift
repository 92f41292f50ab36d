internal import GRDB
internal import Vocabulary

/// A ``FrameQuery`` in the words of SQL.
///
/// Every statement names its index, because the planner, which keeps no statistics, could take a worse one; SQLite refuses
/// a statement that cannot use the index it names, so a full scan cannot slip in.
struct FrameSelection {
    private var conditions: [String] = []
    private(set) var arguments = StatementArguments()

    /// What the query asks of a frame, its place in the list aside.
    init(filtering query: FrameQuery) {
        if let print = query.print { require("frame.print_id = ?", print) }
        if let camera = query.camera {
            require("frame.camera_id = (SELECT id FROM camera WHERE name = ?)", camera.text)
        }
        if let since = query.since { require("frame.captured_at >= ?", since.milliseconds) }
        if let until = query.until { require("frame.captured_at < ?", until.milliseconds) }
        // Without parameters, as the partial indexes have them.
        if let excluded = query.excluded { require("frame.excluded = \(excluded ? 1 : 0)") }
        if let pinned = query.pinned { require("frame.pinned = \(pinned ? 1 : 0)") }
        if let suspect = query.suspect { require("frame.suspect IS \(suspect ? "NOT " : "")NULL") }
        if let noted = query.noted { require("frame.note IS \(noted ? "NOT " : "")NULL") }
    }

    /// Adds a condition.
    mutating func require(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
        conditions.append(condition)
        arguments += StatementArguments(values)
    }

    /// Only what comes after this place in the order of time.
    mutating func require(after cursor: FrameCursor, in order: FrameOrder) {
        require(
            "(frame.captured_at, frame.id) \(order == .oldestFirst ? ">" : "<") (?, ?)",
            cursor.capturedAt.milliseconds, cursor.id.number)
    }

    /// From `FROM frame` to the conditions, with the cameras' names.
    ///
    /// - Parameter index: `nil` where the frames are known by their numbers.
    func from(_ index: String?) -> String {
        let named = index.map { "INDEXED BY \($0)" } ?? "NOT INDEXED"
        return "FROM frame \(named) CROSS JOIN camera ON camera.id = frame.camera_id" + condition
    }

    /// The same without the cameras' names, so that for counting an index may do.
    func fromFrames(_ index: String) -> String { "FROM frame INDEXED BY \(index)" + condition }

    private var condition: String {
        conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    }
}

extension FrameQuery {
    /// The query in order of time, from `FROM frame` to its limit, with the cameras' names.
    var selection: (sql: String, arguments: StatementArguments) { ordered { $0.from(index) } }

    /// The same without the cameras' names.
    var frameSelection: (sql: String, arguments: StatementArguments) { ordered { $0.fromFrames(index) } }

    private func ordered(_ from: (FrameSelection) -> String) -> (sql: String, arguments: StatementArguments) {
        var selection = FrameSelection(filtering: self)
        if let after { selection.require(after: after, in: order) }
        // SQLite takes a negative limit for none.
        let sql = from(selection) + " ORDER BY \(order.terms) LIMIT ?"
        return (sql, selection.arguments + [limit.map { max(0, $0) } ?? -1])
    }

    /// The index that leads to the frames in order of time and to as few others as may be.
    var index: String {
        if print != nil { return "frame_by_print" }
        if suspect == true { return "frame_suspect" }
        if noted == true { return "frame_noted" }
        if pinned == true { return "frame_pinned" }
        if excluded == true { return "frame_excluded" }
        return camera == nil ? "frame_by_time" : "frame_by_camera"
    }
}

extension FrameOrder {
    /// As SQL has it.
    var terms: String {
        let direction = self == .oldestFirst ? "ASC" : "DESC"
        return "frame.captured_at \(direction), frame.id \(direction)"
    }
}
