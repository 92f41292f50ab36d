internal import GRDB
public import Vocabulary

extension Catalog {
    /// The names of all cameras, in order.
    public func cameraNames() async throws -> [CameraName] {
        try await read(Self.names)
    }

    /// The cameras, by name.
    public func cameras() async throws -> [ArchivedCamera] {
        try await read { database in
            try Self.names(in: database).map { name in
                ArchivedCamera(
                    name: name, lastFrame: try FrameTable.last(of: name, in: database),
                    lastRun: try LedgerTable.last(of: name, in: database))
            }
        }
    }

    private static func names(in database: Database) throws -> [CameraName] {
        let names = try Row.fetchCursor(database.cachedStatement(sql: "SELECT name FROM camera ORDER BY name"))
        return try Array(names.map { try $0.cameraName(at: 0) })
    }
}
