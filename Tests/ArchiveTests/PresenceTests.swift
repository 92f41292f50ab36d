import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `An archive that is open` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The other process is the only one that knows of itself where our locks are gone: it removes the log when it ends.
    @Test func `keeps its log when its file is looked at and another process comes and goes`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        for _ in 1...3 { try ArchiveFile.requireArchive(at: folder.archive) }
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        shell.arguments = [folder.archive, "UPDATE frame SET seen = seen + 1"]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        #expect(try folder.files.contains("frames.printlapse-wal"))

        try await archive.store(2)
        let image = try folder.crashImage()
        let recovered = try await image.open()
        #expect(try await recovered.verify().framesChecked == 2)
        try await recovered.close()
        try await archive.close()
    }

    @Test func `lets go of its file when it is closed`() async throws {
        let before = try descriptors()
        let archive = try await folder.open()
        for _ in 1...5 { try ArchiveFile.requireArchive(at: folder.archive) }
        try await archive.close()
        _ = consume archive
        #expect(try descriptors() <= before)
    }

    /// How many descriptors lead into the folder.
    private func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { number in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)"))?
                .hasPrefix(folder.path) == true
        }
    }
}
