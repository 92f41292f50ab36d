internal import GRDB
public import Vocabulary

extension Catalog {
    /// The frame that a camera showed before each of some instants, its newest one captured before; `nil` where it had none yet.
    ///
    /// One statement for all of them.
    public func frames(of camera: CameraName, before instants: [Timestamp]) async throws -> [ArchivedFrame?] {
        let wanted = "[\(instants.map { "\($0.milliseconds)" }.joined(separator: ","))]"
        return try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(FrameTable.columns), wanted.key AS place FROM json_each(?1) AS wanted
                        CROSS JOIN frame ON frame.id = (
                            SELECT id FROM frame AS shown INDEXED BY frame_by_camera
                            WHERE camera_id = (SELECT id FROM camera WHERE name = ?2) AND captured_at < wanted.value
                            ORDER BY captured_at DESC, id DESC LIMIT 1)
                        CROSS JOIN camera ON camera.id = frame.camera_id
                        """), arguments: [wanted, camera.text])
            var frames = [ArchivedFrame?](repeating: nil, count: instants.count)
            while let row = try rows.next() {
                frames[try row.decode(Int.self, forColumn: "place")] = try ArchivedFrame(row)
            }
            return frames
        }
    }

    /// A camera's newest frame.
    public func newestFrame(of camera: CameraName) async throws -> ArchivedFrame? {
        try await read { try FrameTable.last(of: camera, in: $0) }
    }
}
