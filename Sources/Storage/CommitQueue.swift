internal import Archive
internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Group commit: whatever was handed in while a transaction ran shares the next one.
///
/// A lone change begins its transaction at once. Each change of a shared transaction has a savepoint of its own, so
/// one that fails takes nothing of the others with it. A caller hears of success only after the commit, which with
/// `synchronous = FULL` means after the log was synced to the device.
final class CommitQueue: Sendable {
    private struct State {
        var waiting: [any Change] = []
        var isCommitting = false
        var isClosed = false
        var commits = 0
    }

    private let state = Mutex(State())
    private let pool: DatabasePool
    private let log: WriteAheadLog
    private let path: String
    /// Those that were opened. SQLite would go on writing to what was deleted, and nobody would find it again.
    private let files: ArchiveFiles

    init(pool: DatabasePool, log: WriteAheadLog, files: ArchiveFiles, path: String) {
        (self.pool, self.log, self.files, self.path) = (pool, log, files, path)
    }

    /// How many transactions were committed.
    var commits: Int { state.withLock { $0.commits } }

    /// How many changes stand in line for the next one.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Whether the writer is at work.
    var isCommitting: Bool { state.withLock { $0.isCommitting } }

    /// Makes a change and returns once it is on disk.
    func commit<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> Value {
        try await ArchiveError.wrapping(path) {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(PendingChange(change, continuation))
            }
        }
    }

    /// Refuses everything from now on, and lets what is waiting be committed.
    ///
    /// - Returns: `false` where it was closed before.
    func close() async -> Bool {
        do {
            // Nothing but a place at the end of the line: who stands before it has been told how it went.
            try await withCheckedThrowingContinuation { enqueue(PendingChange({ _ in }, $0), closing: true) }
            return true
        } catch ArchiveError.closed {
            return false
        } catch {
            return true
        }
    }

    private func enqueue(_ change: any Change, closing: Bool = false) {
        enum Next { case refuse, wait, start }
        let next: Next = state.withLock { state in
            guard !state.isClosed else { return .refuse }
            state.waiting.append(change)
            defer { (state.isCommitting, state.isClosed) = (true, closing) }
            return state.isCommitting ? .wait : .start
        }
        switch next {
        case .refuse: change.finish(.closed)
        case .wait: break
        case .start: pool.asyncWriteWithoutTransaction { database in self.commitAll(database) }
        }
    }

    /// Runs on the writer's connection until nothing is waiting.
    private func commitAll(_ database: Database) {
        while true {
            let group = state.withLock { state in
                defer { state.waiting = [] }
                if state.waiting.isEmpty { state.isCommitting = false }
                return state.waiting
            }
            guard !group.isEmpty else { return }
            commit(group, database)
            log.checkpointIfDue(database)
        }
    }

    private func commit(_ group: [any Change], _ database: Database) {
        do {
            try requireSameFiles(database)
            try database.beginTransaction(.immediate)
            for change in group { try make(change, database, isAlone: group.count == 1) }
            try database.commit()
            state.withLock { $0.commits += 1 }
            try requireSameFiles(database)
            for change in group { change.finish(nil) }
        } catch {
            let failure = ArchiveError(error, path: path, systemError: database.systemError)
            rollBack(database)
            for change in group { change.finish(failure) }
        }
    }

    /// Makes one change of a group; throws only where the whole transaction is lost.
    private func make(_ change: any Change, _ database: Database, isAlone: Bool) throws {
        if isAlone { return try change.make(database) }
        try database.execute(sql: "SAVEPOINT change")
        do {
            try change.make(database)
        } catch {
            let failure = ArchiveError(error, path: path, systemError: database.systemError)
            // Some errors (a full disk among them) make SQLite roll back everything: then nobody's change was made.
            guard database.isInsideTransaction else { throw failure }
            change.fail(failure)
            try database.execute(sql: "ROLLBACK TO change")
        }
        try database.execute(sql: "RELEASE change")
    }

    private func rollBack(_ database: Database) {
        guard database.isInsideTransaction else { return }
        // Fails only where SQLite has rolled back already.
        do { try database.rollback() } catch { assert(!database.isInsideTransaction) }
    }

    /// To be called outside of a transaction.
    private func requireSameFiles(_ database: Database) throws(ArchiveError) {
        switch files.change {
        case nil: break
        case .file: throw .replaced(path: path)
        case .log: throw .logRemoved(path: path, isSaved: WriteAheadLog.save(database))
        }
    }
}

/// A change that waits for its transaction.
private protocol Change: Sendable {
    func make(_ database: Database) throws
    /// Notes that the change alone failed.
    func fail(_ error: ArchiveError)
    /// Tells the caller: `nil` where the transaction is on disk.
    func finish(_ failure: ArchiveError?)
}

/// Touched by the writer's queue alone once it is in line, hence `@unchecked`.
private final class PendingChange<Value: Sendable>: Change, @unchecked Sendable {
    private let change: @Sendable (Database) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>
    private var result: Result<Value, any Error> = .failure(ArchiveError.closed)

    init(
        _ change: @escaping @Sendable (Database) throws -> Value, _ continuation: CheckedContinuation<Value, any Error>
    ) {
        (self.change, self.continuation) = (change, continuation)
    }

    func make(_ database: Database) throws { result = .success(try change(database)) }

    func fail(_ error: ArchiveError) { result = .failure(error) }

    func finish(_ failure: ArchiveError?) {
        if let failure { continuation.resume(throwing: failure) } else { continuation.resume(with: result) }
    }
}

extension Database {
    /// `errno` behind the last failure of this connection, 0 for none.
    ///
    /// SQLite notes it where a statement fails, but not where the log cannot be written at a commit; then the log's file has
    /// it.
    var systemError: Int32 {
        let told = sqlite3_system_errno(sqliteConnection)
        guard told == 0 else { return told }
        var log: UnsafeMutablePointer<sqlite3_file>?
        var error: Int32 = 0
        guard sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK,
            let log, let methods = log.pointee.pMethods,
            methods.pointee.xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK
        else { return 0 }
        return error
    }
}
