package import Archive
package import GRDB
package import Vocabulary

extension CameraTable {
    /// The camera's number; a camera that was never heard of gets one.
    ///
    /// - Throws: `ArchiveError.followed(camera:machine:)` where it belongs to another machine: nobody stores anything for it here.
    package static func idOrNew(of camera: CameraName, in database: Database) throws -> Int64 {
        if let known = try id(of: camera, in: database) {
            try FollowedTable.requireOwn(camera: known, in: database)
            return known
        }
        try database.execute(sql: "INSERT INTO camera (name) VALUES (?)", arguments: [camera.text])
        return database.lastInsertedRowID
    }
}
