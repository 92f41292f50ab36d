internal import Archive
internal import GRDB
internal import GRDBSQLite
internal import Synchronization
internal import Vocabulary

/// Keeps the write-ahead log short without making a commit wait for it.
final class WriteAheadLog: Sendable {
    /// The log's length in pages after the last commit.
    private let pages = Atomic(0)
    private let pageSize: Int
    private let schedule: Mutex<CheckpointSchedule>
    private let second: DatabaseQueue
    /// The log is the first to open the file and the last to let go of it.
    private let presence: ArchivePresence

    init(path: String, configuration: Configuration, schedule: CheckpointSchedule) throws {
        self.schedule = Mutex(schedule)
        presence = ArchivePresence(path: path)
        second = try DatabaseQueue(path: path, configuration: configuration)
        pageSize = try second.writeWithoutTransaction { database in
            try Self.begin(database)
            return try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        }
    }

    /// Sees to it that the log has something in it.
    ///
    /// A pool that finds it empty makes and drops a table, for which SQLite moves pages of pictures about: too much for opening a
    /// file that may be damaged. The schema's version, written anew as it is, touches the first page alone.
    private static func begin(_ database: Database) throws {
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        try database.inTransaction(.immediate) {
            try database.execute(sql: "PRAGMA user_version = \(try Schema.version(of: database))")
            return .commit
        }
    }

    /// Counts the log's pages from now on, in place of SQLite's own checkpoints, which run inside a commit.
    ///
    /// The log must outlive the connection.
    func watch(_ database: Database) {
        sqlite3_wal_hook(
            database.sqliteConnection,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<WriteAheadLog>.fromOpaque(context).takeUnretainedValue()
                    .pages.store(Int(pages), ordering: .relaxed)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private var length: ByteCount { ByteCount(pages.load(ordering: .relaxed) * pageSize) }

    /// To be called between commits, on the writer's connection.
    func checkpointIfDue(_ writer: Database) {
        switch schedule.withLock({ [length] in $0.step(length: length) }) {
        case .none: break
        case .besideTheWriter:
            second.asyncWriteWithoutTransaction { Self.checkpoint($0) }
        case .betweenCommits:
            Self.checkpoint(writer)
        }
    }

    /// To be called between two steps of long work: copies what they added, beside the writer.
    func catchUpIfDue() async throws {
        guard schedule.withLock({ [length] in $0.isDueAfterStep(length: length) }) else { return }
        try await second.writeWithoutTransaction { Self.checkpoint($0) }
    }

    /// Copies what there is now, beside the writer.
    func checkpoint(path: String) async throws(ArchiveError) {
        try await ArchiveError.wrapping(path) { try await second.writeWithoutTransaction { Self.checkpoint($0) } }
    }

    /// Passive: copies what no reader stands in the way of, and waits for nobody.
    ///
    /// A checkpoint that fails loses nothing, for what it was to copy stays in the log; a failing device shows in the
    /// next commit.
    private static func checkpoint(_ database: Database) {
        _ = sqlite3_wal_checkpoint_v2(database.sqliteConnection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }

    /// Brings a log that has lost its name into the database, from the file that is still open: nobody finds it there when the
    /// process is gone.
    ///
    /// - Returns: whether all of it is there now.
    static func save(_ writer: Database) -> Bool {
        var (pages, copied): (CInt, CInt) = (-1, -1)
        // Waits for readers as long as for a lock: what the newest of them still needs is not copied otherwise.
        let result = sqlite3_wal_checkpoint_v2(
            writer.sqliteConnection, nil, SQLITE_CHECKPOINT_FULL, &pages, &copied)
        return result == SQLITE_OK && pages == copied
    }

    /// Copies the log into the database beside the writer, then cuts its file to nothing unless a writer or a reader stands in
    /// the way right then.
    ///
    /// The cut needs the writer's lock, for no longer than it takes to sync the database: it waits for nobody while it has it.
    ///
    /// - Returns: whether the log's file is empty.
    func shorten() async throws -> Bool {
        try await second.writeWithoutTransaction { database in
            Self.checkpoint(database)
            sqlite3_busy_timeout(database.sqliteConnection, 0)
            return sqlite3_wal_checkpoint_v2(
                database.sqliteConnection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil) == SQLITE_OK
        }
    }

    /// Empties the log where no reader stands in the way, then lets go of the second connection.
    ///
    /// - Parameter waiting: whether to wait half a second for readers, which other writers would have to wait for as well.
    func close(_ writer: Database, waiting: Bool) throws {
        Self.checkpoint(writer)
        sqlite3_busy_timeout(writer.sqliteConnection, waiting ? 500 : 0)
        _ = sqlite3_wal_checkpoint_v2(writer.sqliteConnection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        sqlite3_wal_hook(writer.sqliteConnection, nil, nil)
        try second.close()
    }
}
