import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The writer's lock` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `names its holder to a second writer`() async throws {
        let archive = try await folder.open()
        let error = await #expect(throws: ArchiveError.self) { try await folder.open() }
        guard case .inUse(_, let holder) = error else { throw try #require(error) }
        #expect(holder.process == ProcessInfo.processInfo.processIdentifier)
        #expect(holder.program == "tests 1.0")
        #expect(!holder.since.isEmpty)
        #expect(error?.description.contains("process \(holder.process)") == true)
        try await archive.close()
        try await folder.open().close()
    }

    @Test func `is one lock, by whatever name the archive is opened`() async throws {
        let archive = try await folder.open()
        let link = folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.archive)
        let error = await #expect(throws: ArchiveError.self) { try await FrameArchive.open(at: link) }
        #expect(error?.label == "in_use")
        try await archive.close()
    }

    @Test func `of another process keeps us out until that process dies, even by kill -9`() async throws {
        try await folder.open().close()
        // `exec`, so that the process that holds the descriptor is the one we kill.
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/bin/sh")
        holder.arguments = [
            "-c",
            """
            exec 9<>"$0"; flock -x 9; printf 'pid %s\\nhost elsewhere\\nprogram shell\\nsince then\\n' $$ >&9
            echo held; exec cat
            """, folder.archive + "-lock",
        ]
        let (input, output) = (Pipe(), Pipe())
        (holder.standardInput, holder.standardOutput) = (input, output)
        try holder.run()
        #expect(output.fileHandleForReading.readData(ofLength: 5) == Data("held\n".utf8))

        let error = await #expect(throws: ArchiveError.self) { try await folder.open() }
        guard case .inUse(_, let named) = error else { throw try #require(error) }
        #expect(named.process == holder.processIdentifier)
        #expect(named.description == "shell, process \(holder.processIdentifier) on elsewhere, since then")

        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        try await folder.open().close()
    }

    @Test func `is seen by another process`() async throws {
        let archive = try await folder.open()
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        other.arguments = ["--nonblock", folder.archive + "-lock", "true"]
        try other.run()
        other.waitUntilExit()
        #expect(other.terminationStatus == 1)
        try await archive.close()
    }

    @Test func `tells of an unknown holder where the file says nothing`() {
        #expect(LockHolder(fileText: "").description == "another process")
        #expect(LockHolder(fileText: "pid none\n\u{1B}[2J\nhost a\u{1B}b").host == "a\u{FFFD}b")
    }
}
