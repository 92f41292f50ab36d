internal import Archive
internal import GRDB
public import Vocabulary

extension Catalog {
    /// The frame that was stored last; `nil` in an archive that never had one.
    public func newestFrame() async throws -> FrameID? {
        try await read { try Int64.fetchOne($0.cachedStatement(sql: "SELECT max(id) FROM frame")).map(FrameID.init) }
    }

    /// The frames that were stored behind this one, in the order of their storing.
    public func frames(behind id: FrameID, limit: Int) async throws -> [ArchivedFrame] {
        try await read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT \(FrameTable.columns) FROM frame JOIN camera ON camera.id = frame.camera_id
                    WHERE frame.id > ? ORDER BY frame.id LIMIT ?
                    """)
            return try Array(Row.fetchCursor(statement, arguments: [id.number, limit]).map { try ArchivedFrame($0) })
        }
    }
}
