import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The holder of an archive` {
    @Test func `is named while it has the archive open, and no longer`() async throws {
        let folder = try TemporaryFolder()
        #expect(LockHolder.current(ofArchive: folder.archive) == nil)
        let archive = try await folder.open()
        let holder = try #require(LockHolder.current(ofArchive: folder.archive))
        #expect(holder.process == ProcessInfo.processInfo.processIdentifier)
        #expect(holder.program == "tests 1.0")
        try await archive.close()
        #expect(LockHolder.current(ofArchive: folder.archive) == nil)
    }

    @Test func `is nobody where a killed one left its name behind`() throws {
        let folder = try TemporaryFolder()
        try "pid 1\nhost here\nprogram printlapse\n".write(
            toFile: folder.archive + "-lock", atomically: false, encoding: .utf8)
        #expect(LockHolder.current(ofArchive: folder.archive) == nil)
    }

    @Test(arguments: [
        ("1: FLOCK  ADVISORY  WRITE 4242 08:01:131074 0 EOF\n", true),
        ("1: POSIX  ADVISORY  READ 7 08:01:131074 0 EOF\n12: FLOCK  ADVISORY  WRITE 0 00:2f:131074 0 EOF\n", true),
        ("1: POSIX  ADVISORY  WRITE 4242 08:01:131074 0 EOF\n", false),
        ("1: FLOCK  ADVISORY  READ 4242 08:01:131074 0 EOF\n", false),
        ("1: FLOCK  ADVISORY  WRITE 4242 08:01:1131074 0 EOF\n", false),
        ("1: -> FLOCK  ADVISORY  WRITE 4242 08:01:131074 0 EOF\n", false), ("", false),
    ])
    func `is found in the kernel's list`(list: String, isLocked: Bool) {
        #expect(LockHolder.isLocked(inode: 131_074, in: list) == isLocked)
    }
}
