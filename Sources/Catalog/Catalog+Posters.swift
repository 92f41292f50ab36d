internal import GRDB
internal import Vocabulary

extension Catalog {
    /// The newest frame of each of some prints that is neither damaged nor in doubt; prints without one are left out.
    public func posters(of prints: [Int64]) async throws -> [Int64: ArchivedFrame] {
        let wanted = "[\(prints.map { "\($0)" }.joined(separator: ","))]"
        return try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(FrameTable.columns), wanted.value AS print FROM json_each(?) AS wanted
                        CROSS JOIN frame ON frame.id = (
                            SELECT id FROM frame AS shown INDEXED BY frame_by_print
                            WHERE print_id = wanted.value AND damaged_at IS NULL
                                AND NOT \(Suspicion.Kind.sqlIsDoubtful)
                            ORDER BY captured_at DESC, id DESC LIMIT 1)
                        CROSS JOIN camera ON camera.id = frame.camera_id
                        """), arguments: [wanted])
            var posters: [Int64: ArchivedFrame] = [:]
            while let row = try rows.next() {
                posters[try row.decode(Int64.self, forColumn: "print")] = try ArchivedFrame(row)
            }
            return posters
        }
    }
}
