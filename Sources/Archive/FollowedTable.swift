package import GRDB

/// What belongs to other machines, whose records are here because their segments are followed.
package enum FollowedTable {
    /// Which machine a camera belongs to; `nil` for this archive's own.
    package static func machine(ofCamera camera: Int64, in database: Database) throws -> String? {
        try String.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT followed_machine.name FROM followed_camera
                    JOIN followed_machine ON followed_machine.id = followed_camera.machine_id WHERE camera_id = ?
                    """), arguments: [camera])
    }

    /// - Throws: ``ArchiveError/followed(camera:machine:)`` where the camera belongs to another machine.
    package static func requireOwn(camera: Int64, in database: Database) throws {
        guard let machine = try machine(ofCamera: camera, in: database) else { return }
        let name = try String.fetchOne(database, sql: "SELECT name FROM camera WHERE id = ?", arguments: [camera])
        throw ArchiveError.followed(camera: name ?? "\(camera)", machine: machine)
    }

    /// A condition that a camera whose number stands in a column is this archive's own.
    package static func isOwn(cameraIn column: String) -> String {
        "NOT EXISTS (SELECT 1 FROM followed_camera WHERE followed_camera.camera_id = \(column))"
    }

    /// Where a content is that belongs to another machine; `nil` for every other.
    static func place(of content: Int64, in database: Database) throws -> PicturePlace? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT coalesce(followed_pack.store, followed_machine.store), followed_pack.name, followed_pack.bytes, start,
                        followed_content.bytes, followed_machine.name
                    FROM followed_content
                    CROSS JOIN followed_machine ON followed_machine.id = followed_content.machine_id
                    LEFT JOIN followed_pack ON followed_pack.id = followed_content.pack_id
                    WHERE followed_content.id = ?
                    """), arguments: [content]
        ).map { row in
            guard let pack: String = try row.value(at: 1) else { return .elsewhere(machine: try row.value(at: 5)) }
            return .packed(
                try PackTable.place(
                    store: try row.value(at: 0), pack: pack, size: try row.value(at: 2), start: try row.value(at: 3),
                    length: try row.value(at: 4)))
        }
    }

    /// How many pictures of other machines are in packs that are known here, and how many are with their machines alone.
    package static func totals(in database: Database) throws -> (packed: Int, elsewhere: Int) {
        let row = try Row.fetchOne(
            database, sql: "SELECT count(pack_id), count(*) - count(pack_id) FROM followed_content")
        return (try row?.count(at: 0) ?? 0, try row?.count(at: 1) ?? 0)
    }
}
