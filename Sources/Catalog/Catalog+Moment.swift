internal import GRDB
public import Vocabulary

extension Catalog {
    /// The frame that each camera showed at an instant, by the cameras' names; of one camera or of all.
    ///
    /// It is the newest one captured by then. ``ShownFrame/isCertain`` tells whether the camera is known to have shown it
    /// still; cameras that had no frame by then are left out.
    public func frames(at instant: Timestamp, camera: CameraName? = nil) async throws -> [ShownFrame] {
        try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(FrameTable.columns) FROM camera CROSS JOIN frame ON frame.id = (
                            SELECT id FROM frame INDEXED BY frame_by_camera
                            WHERE camera_id = camera.id AND captured_at <= ?1 ORDER BY captured_at DESC, id DESC LIMIT 1)
                        WHERE ?2 IS NULL OR camera.name = ?2 ORDER BY camera.name
                        """), arguments: [instant.milliseconds, camera?.text])
            return try Array(
                rows.map { row in
                    let frame = try ArchivedFrame(row)
                    let run = try LedgerTable.run(beginningBy: instant, of: frame.camera, in: database)
                    return ShownFrame(frame: frame, instant: instant, run: run)
                })
        }
    }
}
