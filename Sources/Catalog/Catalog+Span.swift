internal import GRDB
public import Vocabulary

extension Catalog {
    /// From a camera's first slot or frame to the end of its last one; `nil` where it has neither.
    ///
    /// Four searches of indexes. What says an impossible time, which is damage, is passed over.
    public func span(of camera: CameraName) async throws -> CameraSpan? {
        try await read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT
                            (SELECT from_at FROM ledger_run WHERE camera_id = camera.id AND from_at >= ?2
                                ORDER BY from_at LIMIT 1),
                            (SELECT captured_at FROM frame INDEXED BY frame_by_camera
                                WHERE camera_id = camera.id AND captured_at >= ?2 ORDER BY captured_at LIMIT 1),
                            (SELECT until_at FROM ledger_run WHERE camera_id = camera.id AND \(LedgerTable.isPlausible)
                                ORDER BY from_at DESC LIMIT 1),
                            (SELECT captured_at FROM frame INDEXED BY frame_by_camera
                                WHERE camera_id = camera.id AND captured_at <= ?3 ORDER BY captured_at DESC LIMIT 1)
                        FROM camera WHERE name = ?1
                        """),
                arguments: [
                    camera.text, Timestamp.plausible.lowerBound.milliseconds,
                    Timestamp.plausible.upperBound.milliseconds,
                ])
            guard let row else { return nil }
            let first = [try row.timestampIfAny(at: 0), try row.timestampIfAny(at: 1)].compactMap(\.self).min()
            let last = [try row.timestampIfAny(at: 2), try row.timestampIfAny(at: 3)].compactMap(\.self).max()
            guard let first, let last else { return nil }
            return CameraSpan(from: first, until: max(first, last))
        }
    }
}
