internal import Archive
internal import Foundation
internal import GRDB
internal import Vocabulary

/// The newest frame, reading and run of each of many cameras, by one statement each: of a farm that goes well nothing else is asked.
struct CameraEnds {
    private(set) var frames: [CameraName: ArchivedFrame] = [:]
    /// Before an instant.
    private(set) var readings: [CameraName: UsageReading] = [:]
    private(set) var runs: [CameraName: LedgerRun] = [:]

    init(of cameras: some Collection<CameraName>, before instant: Timestamp, in database: Database) throws {
        let wanted = String(decoding: try JSONEncoder().encode(cameras.map(\.text)), as: UTF8.self)
        func forEach(
            _ columns: String, _ newest: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Void
        ) throws {
            let statement = try database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM json_each(?) AS wanted
                    CROSS JOIN camera ON camera.name = wanted.value CROSS JOIN \(newest)
                    """)
            let rows = try Row.fetchCursor(statement, arguments: [wanted] + arguments)
            while let row = try rows.next() { try body(row) }
        }
        try forEach(
            FrameTable.columns,
            """
            frame ON frame.id = (
                SELECT id FROM frame AS newest INDEXED BY frame_by_camera WHERE newest.camera_id = camera.id
                ORDER BY newest.captured_at DESC, newest.id DESC LIMIT 1)
            """
        ) { row in
            let frame = try ArchivedFrame(row)
            frames[frame.camera] = frame
        }
        try forEach(
            UsageTable.recordColumns,
            """
            usage_reading ON usage_reading.camera_id = camera.id AND read_at = (
                SELECT max(newest.read_at) FROM usage_reading AS newest
                WHERE newest.camera_id = camera.id AND newest.read_at < ?)
            """, [instant.milliseconds]
        ) { row in
            let record = try UsageTable.record(row)
            readings[record.camera] = record.reading
        }
        try forEach(
            LedgerTable.columns,
            """
            ledger_run ON ledger_run.camera_id = camera.id AND ledger_run.from_at = (
                SELECT max(newest.from_at) FROM ledger_run AS newest WHERE newest.camera_id = camera.id)
            """
        ) { row in
            let run = try LedgerTable.run(row)
            runs[run.camera] = run
        }
    }
}
