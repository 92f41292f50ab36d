import Foundation
import HTTP
import Simulator
import Testing
import Tunnel
import Vocabulary

/// A system call of saving credentials, and what happens to it.
struct SaveFault: Sendable, CustomTestStringConvertible {
    let call: String
    let time: Int
    let effect: String

    var testDescription: String { "\(call) \(time): \(effect)" }

    /// Every call that changes something on disk, in order: old file away, new file made, written, on disk, in place, folder on
    /// disk.
    static let steps = [("unlinkat", 1), ("write", 1), ("fsync", 1), ("renameat", 1), ("fsync", 2)]
    static let kills = steps.map { SaveFault(call: $0.0, time: $0.1, effect: "signal=KILL") }
    static let failures = [("write", "ENOSPC"), ("fsync", "EIO"), ("renameat", "EACCES")].map {
        SaveFault(call: $0.0, time: 1, effect: "error=\($0.1)")
    }
}

@Suite(.timeLimit(.minutes(2))) struct `Credentials that are being saved` {
    /// Saves a second tunnel over a first one while a system call on the files in question goes wrong.
    private static func save(
        _ fault: SaveFault,
        _ check: (_ process: Process, ProgramBench, _ old: TunnelEndpoint, _ new: TunnelEndpoint) throws -> Void
    ) async throws {
        let old = try await SimulatedTunnel.start()
        let new = try await SimulatedTunnel.start()
        try await ProgramBench.with { bench in
            let first = try await bench.run(
                "authorize", "printer", "--endpoint-file", try bench.file("old", old.endpoint))
            #expect(first.status == 0)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/strace")
            process.arguments = [
                "-f", "-o", "/dev/null", "-P", bench.store.folder, "-P", bench.store.path + ".new", "-e",
                "trace=\(fault.call)", "-e", "inject=\(fault.call):\(fault.effect):when=\(fault.time)",
                Program.built("printlapse").path, "authorize", "printer", "--endpoint-file",
                try bench.file("new", new.endpoint),
            ]
            process.environment = ["HOME": bench.folder.path, "PATH": "/usr/bin:/bin"]
            process.standardInput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            try await process.ended()
            try check(
                process, bench, try TunnelEndpoint(parsing: old.endpoint), try TunnelEndpoint(parsing: new.endpoint))

            let again = try await bench.run(
                "authorize", "printer", "--endpoint-file", bench.folder.appending(path: "new").path)
            #expect(again.status == 0, "\(again.messages)")
            let files = try FileManager.default.contentsOfDirectory(atPath: bench.store.folder).sorted()
            #expect(files == [".credentials.lock", "credentials.json"])
        }
        await old.stop()
        await new.stop()
    }

    @Test(arguments: SaveFault.kills)
    func `are the old ones or the new ones, whole, when the process is killed`(fault: SaveFault) async throws {
        try await Self.save(fault) { process, bench, old, new in
            #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
            let camera = try CameraName("printer")
            let endpoint = try #require(try bench.store.tunnels()[camera]).endpoint
            #expect(endpoint == (fault.call == "fsync" && fault.time == 2 ? new : old))
        }
    }

    @Test(arguments: SaveFault.failures)
    func `stay the old ones when the disk fails, and the program says so`(fault: SaveFault) async throws {
        try await Self.save(fault) { process, bench, old, _ in
            #expect(process.terminationReason == .exit && process.terminationStatus == 1)
            let camera = try CameraName("printer")
            #expect(try bench.store.tunnels()[camera]?.endpoint == old)
            #expect(!FileManager.default.fileExists(atPath: bench.store.path + ".new"))
        }
    }
}
