package import GRDB
package import Vocabulary

/// Cameras by name.
package enum CameraTable {
    package static func id(of camera: CameraName, in database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM camera WHERE name = ?"), arguments: [camera.text])
    }
}
