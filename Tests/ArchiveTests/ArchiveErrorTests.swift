import Foundation
import GRDB
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `An archive error` {
    private static let all: [ArchiveError] = [
        .notFound(path: "p"), .inUse(path: "p", holder: LockHolder(fileText: "pid 7")),
        .notAnArchive(path: "p", reason: "r"), .tooNew(path: "p", version: 9), .damaged(path: "p", what: "w"),
        .diskFull(path: "p"), .readOnly(path: "p", reason: "r"), .replaced(path: "p"), .busy(path: "p"),
        .io(path: "p", reason: "r"), .closed, .noSuchFrame(FrameID(3)),
    ]

    @Test func `has a label of its own and says what to do`() {
        #expect(Set(Self.all.map(\.label)).count == Self.all.count)
        for error in Self.all {
            #expect(error.label.wholeMatch(of: /[a-z_]+/) != nil)
            #expect(!error.description.isEmpty)
            #expect(error.hint.hasSuffix("."))
        }
    }

    @Test(arguments: [
        (ResultCode.SQLITE_FULL, Int32(0), "disk_full"), (.SQLITE_IOERR_WRITE, EFBIG, "disk_full"),
        (.SQLITE_IOERR_FSYNC, ENOSPC, "disk_full"), (.SQLITE_IOERR_FSYNC, EIO, "io"),
        (.SQLITE_READONLY, 0, "read_only"),
        (.SQLITE_READONLY_DBMOVED, 0, "replaced"), (.SQLITE_BUSY, 0, "busy"), (.SQLITE_CORRUPT, 0, "damaged"),
        (.SQLITE_NOTADB, 0, "not_an_archive"), (.SQLITE_CANTOPEN, EMFILE, "io"),
        (.SQLITE_CONSTRAINT, ENOSPC, "damaged"),
    ])
    func `stands for SQLite's result`(code: ResultCode, systemError: Int32, label: String) {
        #expect(ArchiveError(DatabaseError(resultCode: code), path: "p", systemError: systemError).label == label)
    }
}
