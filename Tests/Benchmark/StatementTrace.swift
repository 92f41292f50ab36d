import GRDBSQLite
import Synchronization

/// The statements that SQLite runs in this process, with their values: what the `sqlite3` program has to run for a comparison.
enum StatementTrace {
    private static let statements = Mutex<[String]?>(nil)

    /// Has every connection that is opened from now on report its statements.
    static func start() {
        typealias Extension =
            @convention(c) (
                OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, OpaquePointer?
            ) -> Int32
        let report: Extension = { connection, _, _ in
            sqlite3_trace_v2(
                connection, UInt32(SQLITE_TRACE_STMT), { _, _, statement, _ in StatementTrace.note(statement) }, nil)
        }
        sqlite3_auto_extension(unsafeBitCast(report, to: (@convention(c) () -> Void).self))
    }

    /// What ran while `body` did, reading statements alone.
    static func statements(of body: () async throws -> Void) async throws -> [String] {
        statements.withLock { $0 = [] }
        try await body()
        return statements.withLock { known in
            defer { known = nil }
            return (known ?? []).filter { $0.hasPrefix("SELECT") || $0.hasPrefix("WITH") }
        }
    }

    private static func note(_ statement: UnsafeMutableRawPointer?) -> Int32 {
        statements.withLock { known in
            guard known != nil, let statement,
                let text = sqlite3_expanded_sql(OpaquePointer(statement))
            else { return }
            defer { sqlite3_free(text) }
            known?.append(String(cString: text))
        }
        return 0
    }
}
