package import GRDB
package import Vocabulary

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

    /// The cameras that belong to other machines: their numbers and the machines' names.
    package static func cameras(in database: Database) throws -> [CameraName: (camera: Int64, machine: String)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT camera.name, camera.id, followed_machine.name FROM followed_camera
                JOIN camera ON camera.id = followed_camera.camera_id
                JOIN followed_machine ON followed_machine.id = followed_camera.machine_id
                """
        ).reduce(into: [:]) { cameras, row in
            cameras[try row.cameraName(at: 0)] = (try row.value(at: 1), try row.value(at: 2))
        }
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

    /// A camera's newest frame of which the picture can be had here; `nil` where all are with its machine alone.
    ///
    /// Pictures leave their machine in the order of time, so that the end of those that have left is found by halving, in some
    /// tens of looks however many there are.
    package static func newestReadable(ofCamera camera: Int64, in database: Database) throws -> FrameID? {
        func newest(until instant: Int64) throws -> Look? {
            try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT frame.id, captured_at, NOT EXISTS (
                            SELECT 1 FROM picture JOIN followed_content ON followed_content.id = picture.content_id
                            WHERE picture.sha256 = frame.sha256 AND pack_id IS NULL)
                        FROM frame INDEXED BY frame_by_camera WHERE camera_id = ? AND captured_at <= ?
                        ORDER BY captured_at DESC, id DESC LIMIT 1
                        """), arguments: [camera, instant]
            ).map {
                Look(frame: FrameID(try $0.value(at: 0)), at: try $0.value(at: 1), isReadable: try $0.value(at: 2))
            }
        }
        guard var away = try newest(until: .max) else { return nil }
        if away.isReadable { return away.frame }
        var (found, begin, step) = (Look?.none, away.at, Int64(60_000))
        repeat {
            begin = away.at - step
            step *= 2
            guard let look = try newest(until: begin) else { break }
            if look.isReadable { found = look } else { away = look }
        } while found == nil
        // The one that is looked for is `found`, or between `begin` and `away`.
        while away.at - begin > 1 {
            let middle = begin + (away.at - begin) / 2
            guard let look = try newest(until: middle), look.at > begin else {
                begin = middle
                continue
            }
            if look.isReadable { (found, begin) = (look, middle) } else { away = look }
        }
        return found?.frame
    }

    private struct Look {
        let frame: FrameID
        let at: Int64
        let isReadable: Bool
    }

    /// The machines with which alone frames' pictures are; without the frames whose pictures can be had here.
    ///
    /// - Parameter frames: their numbers, as a JSON array.
    package static func machines(keeping frames: String, in database: Database) throws -> [FrameID: String] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT frame.id, followed_machine.name FROM json_each(?) AS asked CROSS JOIN frame ON frame.id = asked.value
                    CROSS JOIN picture ON picture.sha256 = frame.sha256
                    CROSS JOIN followed_content ON followed_content.id = picture.content_id
                    CROSS JOIN followed_machine ON followed_machine.id = followed_content.machine_id
                    WHERE pack_id IS NULL
                    """), arguments: [frames]
        ).reduce(into: [:]) { found, row in found[FrameID(try row.value(at: 0))] = try row.value(at: 1) as String }
    }
}
