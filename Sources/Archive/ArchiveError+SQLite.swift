import Foundation
internal import GRDB
internal import Vocabulary

extension ArchiveError {
    /// The error that SQLite's result code stands for (https://www.sqlite.org/rescode.html).
    ///
    /// - Parameter systemError: `errno` behind the failure, 0 where there is none. SQLite reports a file-size limit
    ///   and a full quota as plain I/O errors; only `errno` tells them apart.
    package init(_ error: any Error, path: String, systemError: Int32 = 0) {
        if let error = error as? ArchiveError {
            self = error
            return
        }
        if error is MisreadColumn || error is RowDecodingError {
            self = .damaged(path: path, what: "\(error)".printable)
            return
        }
        guard let error = error as? DatabaseError else {
            self = .io(path: path, reason: "\(error)")
            return
        }
        if [ENOSPC, EDQUOT, EFBIG].contains(systemError), error.resultCode.isAboutTheDevice {
            self = .diskFull(path: path)
            return
        }
        let message = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
        let reason = systemError == 0 ? message : "\(message) (\(String(cString: strerror(systemError))))"
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull(path: path)
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_DBMOVED: self = .replaced(path: path)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: self = .busy(path: path)
        case .SQLITE_NOTADB: self = .notAnArchive(path: path, reason: message)
        case .SQLITE_CORRUPT, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: self = .damaged(path: path, what: message)
        case .SQLITE_MISUSE: self = .closed
        // What SQLite cannot add up, or finds no table of, is not as this program wrote it.
        case .SQLITE_ERROR, .SQLITE_RANGE, .SQLITE_TOOBIG: self = .damaged(path: path, what: message)
        default: self = .io(path: path, reason: reason)
        }
    }

    /// Runs `body` and turns whatever it throws into an `ArchiveError` about the archive at `path`.
    package static func wrapping<Value>(_ path: String, _ body: () throws -> Value) throws(ArchiveError) -> Value {
        do { return try body() } catch { throw ArchiveError(error, path: path) }
    }

    /// Runs `body` and turns whatever it throws into an `ArchiveError` about the archive at `path`.
    package static func wrapping<Value>(
        _ path: String, _ body: () async throws -> Value
    ) async throws(ArchiveError) -> Value {
        do { return try await body() } catch { throw ArchiveError(error, path: path) }
    }
}

extension ResultCode {
    fileprivate var isAboutTheDevice: Bool {
        [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN].contains(self)
    }
}
