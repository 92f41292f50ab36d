import CCrypto
import CTurboJPEG
import GRDBSQLite
import Vocabulary

/// The same work with nothing around it: one decoder, one statement, one row, no check of anything but the return codes.
final class BarePath {
    private let decoder: tjhandle
    private let database: OpaquePointer
    private let insertion: OpaquePointer
    private let size: PixelSize
    private var luma: [UInt8]

    init(database path: String, size picture: PixelSize) throws {
        var connection: OpaquePointer?
        var statement: OpaquePointer?
        guard sqlite3_open(path, &connection) == SQLITE_OK, let connection else { throw Failure.database("open") }
        let settings = """
            PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 4096;
            CREATE TABLE picture (id INTEGER PRIMARY KEY, captured_at INTEGER, sha256 BLOB, jpeg BLOB);
            """
        let insert = "INSERT INTO picture (captured_at, sha256, jpeg) VALUES (?, ?, ?)"
        guard sqlite3_exec(connection, settings, nil, nil, nil) == SQLITE_OK,
            sqlite3_prepare_v2(connection, insert, -1, &statement, nil) == SQLITE_OK, let statement
        else { throw Failure.database(String(cString: sqlite3_errmsg(connection))) }
        guard let decoder = tjInitDecompress() else { throw Failure.decoder }
        (self.decoder, database, insertion) = (decoder, connection, statement)
        size = PixelSize(width: (picture.width + 7) / 8, height: (picture.height + 7) / 8)
        luma = [UInt8](repeating: 0, count: size.area)
    }

    deinit {
        sqlite3_finalize(insertion)
        sqlite3_close(database)
        tjDestroy(decoder)
    }

    func take(_ picture: [UInt8], number: Int) throws -> StageTimes {
        let start = ContinuousClock.now
        let (width, height) = (Int32(size.width), Int32(size.height))
        guard
            tjDecompress2(
                decoder, picture, UInt(picture.count), &luma, width, width, height, Int32(TJPF_GRAY.rawValue), 0) == 0
        else { throw Failure.decoder }
        let decoded = ContinuousClock.now
        var digest = [UInt8](repeating: 0, count: 32)
        SHA256(picture, picture.count, &digest)
        let hashed = ContinuousClock.now
        try picture.withUnsafeBytes { picture in
            try digest.withUnsafeBytes { digest in
                sqlite3_bind_int64(insertion, 1, Int64(number))
                sqlite3_bind_blob(insertion, 2, digest.baseAddress, 32, nil)
                sqlite3_bind_blob(insertion, 3, picture.baseAddress, Int32(picture.count), nil)
                guard sqlite3_step(insertion) == SQLITE_DONE, sqlite3_reset(insertion) == SQLITE_OK else {
                    throw Failure.database(String(cString: sqlite3_errmsg(database)))
                }
            }
        }
        let stored = ContinuousClock.now
        return StageTimes(validate: decoded - start, fingerprint: hashed - decoded, store: stored - hashed)
    }

    private enum Failure: Error {
        case database(String)
        case decoder
    }
}
