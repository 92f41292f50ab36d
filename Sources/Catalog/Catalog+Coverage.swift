internal import Archive
internal import GRDB
public import Vocabulary

extension Catalog {
    /// How the slots went, in cells of equal length.
    ///
    /// - Parameters:
    ///   - camera: of this one only.
    ///   - since: where the first cell begins; with the first slot where `nil`.
    ///   - until: where the last cell ends; with the last slot where `nil`.
    ///   - cells: how many.
    /// - Returns: `nil` where the ledger tells nothing of the stretch.
    public func coverage(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil, cells: Int
    ) async throws -> Coverage? {
        guard let (from, until) = try await stretch(camera: camera, since: since, until: until) else { return nil }
        var cameras: [CameraCoverage] = []
        for name in try await names() where camera == nil || name == camera {
            try Task.checkCancellation()
            if let coverage = try await coverage(of: name, from: from, until: until, cells: cells) {
                cameras.append(coverage)
            }
        }
        return cameras.isEmpty ? nil : Coverage(from: from, until: until, cameras: cameras)
    }

    private func names() async throws -> [CameraName] {
        try await read { database in
            let names = try Row.fetchCursor(database.cachedStatement(sql: "SELECT name FROM camera ORDER BY name"))
            return try Array(names.map { try $0.cameraName(at: 0) })
        }
    }

    /// The stretch asked for, its open ends closed by the ledger.
    private func stretch(
        camera: CameraName?, since: Timestamp?, until: Timestamp?
    ) async throws -> (Timestamp, Timestamp)? {
        let (first, last) = try await read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT
                            min((SELECT min(from_at) FROM ledger_run WHERE camera_id = camera.id AND from_at >= 0)),
                            max((SELECT until_at FROM ledger_run WHERE camera_id = camera.id
                                AND \(LedgerTable.isPlausible) ORDER BY from_at DESC LIMIT 1))
                        FROM camera WHERE ?1 IS NULL OR name = ?1
                        """), arguments: [camera?.text])
            return (try row?.timestampIfAny(at: 0) ?? nil, try row?.timestampIfAny(at: 1) ?? nil)
        }
        guard let from = since ?? first, let until = until ?? last, from < until else { return nil }
        return (from, until)
    }

    private func coverage(
        of camera: CameraName, from: Timestamp, until: Timestamp, cells: Int
    ) async throws -> CameraCoverage? {
        let range = LedgerRange(camera: camera, since: from, until: until)
        return try await read { database in
            var coverage = CameraCoverage(camera: camera, from: from, until: until, cells: cells)
            var isEmpty = true
            let runs = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT from_at, until_at,
                            CASE WHEN outcome IN \(SlotOutcome.sqlList(where: \.isGap)) THEN 0
                                WHEN outcome IN \(SlotOutcome.sqlList(where: \.repeatsFrame)) THEN 1 ELSE 2 END
                        FROM (\(range.runs()))
                        """), arguments: StatementArguments(range.values))
            while let run = try runs.next() {
                guard let kind = CameraCoverage.Kind(rawValue: try run.value(at: 2)) else { continue }
                coverage.add(from: try run.timestamp(at: 0), until: try run.timestamp(at: 1), kind)
                isEmpty = false
            }
            return isEmpty ? nil : coverage
        }
    }
}
