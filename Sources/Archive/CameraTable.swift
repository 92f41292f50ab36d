internal import GRDB
internal import Vocabulary

/// Cameras by name.
enum CameraTable {
    static func id(of camera: CameraName, in database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM camera WHERE name = ?"), arguments: [camera.text])
    }

    /// The camera's number; a camera that was never heard of gets one.
    static func idOrNew(of camera: CameraName, in database: Database) throws -> Int64 {
        if let known = try id(of: camera, in: database) { return known }
        try database.execute(sql: "INSERT INTO camera (name) VALUES (?)", arguments: [camera.text])
        return database.lastInsertedRowID
    }
}
