internal import GRDB
internal import Vocabulary

/// Cameras and their print jobs by name and number.
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

    /// The archive's number of the print job that the source calls `number`; a new one where there is none yet.
    static func printOrNew(_ number: Int64, camera: Int64, in database: Database) throws -> Int64 {
        let known = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM print WHERE camera_id = ? AND number = ?"),
            arguments: [camera, number])
        if let known { return known }
        try database.execute(sql: "INSERT INTO print (camera_id, number) VALUES (?, ?)", arguments: [camera, number])
        return database.lastInsertedRowID
    }
}
