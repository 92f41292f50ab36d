import Foundation
import Synchronization
import TestSupport
import TestThreads
import Testing

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Who keeps the log from beginning anew` {
    @Test func `is another process that has a transaction open, and nobody when it has ended`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        try await archive.store(1)
        #expect(LogReader.others(ofArchive: folder.archive) == [])

        let (shell, input) = try Self.reader(of: folder)
        let readers = LogReader.others(ofArchive: folder.archive)
        #expect(readers.map(\.description) == ["sqlite3 (process \(shell.processIdentifier))"])

        try input.close()
        shell.waitUntilExit()
        #expect(LogReader.others(ofArchive: folder.archive) == [])
        try await archive.close()
    }

    /// The kernel's list of locks comes page by page, and those of other programs come and go meanwhile.
    @Test(.ownThread) func `is told however many locks others take and let go`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        try await archive.store(1)
        let (reader, input) = try Self.reader(of: folder)

        let others = open(folder.archive + "-others", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        let isOver = Mutex(false)
        let locking = Thread {
            var taking = false
            while !isOver.withLock(\.self) {
                taking.toggle()
                for byte in 0..<100 {
                    var lock = flock()
                    lock.l_type = Int16(taking ? F_WRLCK : F_UNLCK)
                    (lock.l_start, lock.l_len) = (byte * 2, 1)
                    _ = fcntl(others, F_SETLK, &lock)
                }
            }
            close(others)
        }
        locking.start()
        defer { isOver.withLock { $0 = true } }
        for _ in 0..<50 {
            #expect(LogReader.others(ofArchive: folder.archive).map(\.process) == [reader.processIdentifier])
        }
        try input.close()
        reader.waitUntilExit()
        try await archive.close()
    }

    /// The `sqlite3` program, with a transaction open on an archive until its input ends.
    private static func reader(of folder: borrowing TemporaryFolder) throws -> (Process, FileHandle) {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        shell.arguments = [folder.archive]
        let (input, output) = (Pipe(), Pipe())
        (shell.standardInput, shell.standardOutput) = (input, output)
        try shell.run()
        try input.fileHandleForWriting.write(contentsOf: Data("BEGIN; SELECT count(*) FROM frame;\n".utf8))
        #expect(output.fileHandleForReading.readData(ofLength: 2) == Data("1\n".utf8))
        return (shell, input.fileHandleForWriting)
    }

    @Test func `is told by the kernel's list of locks`() {
        let locks = """
            1: POSIX  ADVISORY  READ 11 08:01:77 124 124
            2: POSIX  ADVISORY  READ 12 08:01:77 128 128
            3: POSIX  ADVISORY  WRITE 13 08:01:77 120 120
            4: POSIX  ADVISORY  READ 14 08:01:78 124 124
            5: FLOCK  ADVISORY  READ 15 08:01:77 0 EOF
            6: POSIX  ADVISORY  READ 16 08:01:77 123 127
            """
        #expect(LogReader.processes(readingBy: 77, in: locks) == [11, 16])
    }
}
