public import Archive
internal import GRDB
public import Vocabulary

extension Catalog {
    /// Timelapses that rules had made or that wait to be made, the newest first.
    ///
    /// - Parameters:
    ///   - states: in one of which they are.
    ///   - rule: of this one alone, by its name.
    ///   - limit: at most this many.
    public func timelapses(
        _ states: Set<ArchivedTimelapse.State> = Set(ArchivedTimelapse.State.allCases), rule: String? = nil, limit: Int
    ) async throws -> [ArchivedTimelapse] {
        try await read { try TimelapseTable.newest(states, rule: rule, limit: limit, in: $0) }
    }

    /// Those that wait or are being made, the longest waiting first.
    public func unfinishedTimelapses() async throws -> [ArchivedTimelapse] {
        try await read { try TimelapseTable.unfinished(in: $0) }
    }

    /// Those of a rule that are there, as far as is known, the oldest first.
    public func madeTimelapses(rule: String) async throws -> [ArchivedTimelapse] {
        try await read { try TimelapseTable.made(rule: rule, in: $0) }
    }

    /// What a rule has of a camera's print, period or time just past.
    public func timelapse(
        of subject: ArchivedTimelapse.Subject, rule: String, camera: CameraName
    ) async throws -> ArchivedTimelapse? {
        try await read { try TimelapseTable.timelapse(of: subject, rule: rule, camera: camera, in: $0) }
    }

    /// - Returns: `nil` where there is none of that number.
    public func timelapse(_ id: Int64) async throws -> ArchivedTimelapse? {
        try await read { try TimelapseTable.timelapse(id, in: $0) }
    }

    /// Those, by their numbers, whose files have this path or are to have it.
    package func timelapses(holding path: String) async throws -> [Int64] {
        try await read { database in
            try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT timelapse.id FROM timelapse CROSS JOIN json_each(timelapse.files) AS file
                        WHERE state IN ('waiting', 'making', 'made') AND file.value ->> 'path' = ?
                        """), arguments: [path])
        }
    }

    /// How many there are in each state.
    public func timelapseCounts() async throws -> [ArchivedTimelapse.State: Int] {
        try await read { try TimelapseTable.counts(in: $0) }
    }

    /// Prints that ended since an instant, of which a rule has nothing, or something from before they turned out to go on; the
    /// oldest first.
    ///
    /// - Parameter takes: whether a camera's are asked for.
    package func printsNotMade(
        by rule: String, since: Timestamp, of takes: (CameraName) -> Bool
    ) async throws -> [ArchivedPrint] {
        let found = try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT print.id, camera.name FROM print CROSS JOIN camera ON camera.id = print.camera_id
                        LEFT JOIN timelapse ON timelapse.rule = ? AND timelapse.camera = camera.name
                            AND timelapse.subject = 'print ' || print.id
                        WHERE print.ended_at >= ? AND (timelapse.id IS NULL OR timelapse.until_at < print.ended_at)
                        ORDER BY print.ended_at, print.id
                        """), arguments: [rule, since.milliseconds])
            return try Array(rows.map { (id: try $0.value(at: 0) as Int64, camera: try $0.cameraName(at: 1)) })
        }
        var prints: [ArchivedPrint] = []
        for (id, camera) in found where takes(camera) {
            if let print = try await self.print(id) { prints.append(print) }
        }
        return prints
    }

    /// How many frames a camera has in a stretch of time, counted no further than to a number.
    package func frames(of camera: CameraName, in stretch: Range<Timestamp>, atMost most: Int) async throws -> Int {
        try await read { database in
            try Int.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT count(*) FROM (SELECT 1 FROM frame INDEXED BY frame_by_camera
                            WHERE camera_id = (SELECT id FROM camera WHERE name = ?) AND captured_at >= ? AND captured_at < ?
                            LIMIT ?)
                        """),
                arguments: [camera.text, stretch.lowerBound.milliseconds, stretch.upperBound.milliseconds, most]) ?? 0
        }
    }

    /// When the camera's newest frame was captured.
    package func newestCapture(of camera: CameraName) async throws -> Timestamp? {
        try await read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT max(captured_at) FROM frame INDEXED BY frame_by_camera
                        WHERE camera_id = (SELECT id FROM camera WHERE name = ?)
                        """), arguments: [camera.text]
            )?.timestampIfAny(at: 0)
        }
    }
}
