import Care
import Catalog
import Foundation
import Simulator
import Testing
import Vocabulary

/// fcntl(2)'s `F_SETPIPE_SZ`, which the C library shows to those alone who ask for all of Linux's own.
private let setPipeSize: Int32 = 1031

@Suite struct `A command whose standard output` {
    /// Each writes in its own way: data, JSON, rows, help, completions.
    static let commands = [
        ["frame", "1", "-o", "-"], ["frame", "1", "--json"], ["frames", "--format", "csv"], ["frames"], ["schema"],
        ["stats"], ["timeline", "--json"], ["verify", "--json"], ["--help"], ["help", "export"], ["--version"],
        ["--generate-completion-script", "bash"],
    ]

    /// Runs it behind a redirection of the shell, on an archive of three frames.
    private func result(_ arguments: [String], _ redirection: String) async throws -> Program.Result {
        try await ProgramBench.with { bench in
            let writer = try Program([bench.archive, "3"], of: "ArchiveWriter", in: bench.folder)
            #expect(try await writer.result().status == 0)
            let shell = ["bash", "-c", "set -o pipefail; \"$0\" \"$@\" \(redirection)"]
            let result = try await bench.start(arguments: arguments, tracedBy: shell).result()
            let report = try await bench.run("verify", "--quick")
            #expect(report.status == 0, "\(report.messages)")
            return result
        }
    }

    @Test(arguments: commands) func `is a full disk fails, and says so`(command: [String]) async throws {
        let result = try await result(command, ">/dev/full")
        #expect(result.status == 1)
        #expect(result.messages.contains("standard output cannot be written: No space left on device"))
    }

    @Test(arguments: commands) func `is closed fails, and writes into no other file`(command: [String]) async throws {
        let result = try await result(command, ">&-")
        #expect(result.status == 1)
        #expect(result.messages.contains("standard output cannot be written: Bad file descriptor"))
    }

    @Test(arguments: [["frame", "1", "-o", "-"], ["--generate-completion-script", "bash"]])
    func `is read no further than its beginning ends quietly`(command: [String]) async throws {
        let result = try await result(command, "| head -c 1 >/dev/null")
        #expect(result.status == 0)
        #expect(result.messages.isEmpty)
    }

    /// A pipe that another program has told not to wait, as Node.js does.
    @Test func `is slow and does not wait goes on to the end`() async throws {
        try await ProgramBench.with { bench in
            let whole = try await bench.run("--generate-completion-script", "bash")
            #expect(whole.status == 0)
            #expect(whole.output.utf8.count > 30_000)

            let pipe = Pipe()
            let end = pipe.fileHandleForWriting.fileDescriptor
            #expect(fcntl(end, setPipeSize, 4096) > 0)
            #expect(fcntl(end, F_SETFL, O_NONBLOCK) == 0)
            let process = Process()
            process.executableURL = Program.built("printlapse")
            process.arguments = ["--generate-completion-script", "bash"]
            process.standardOutput = pipe
            try process.run()
            try pipe.fileHandleForWriting.close()
            var read = Data()
            while let piece = try pipe.fileHandleForReading.read(upToCount: 1000), !piece.isEmpty {
                read += piece
                usleep(1000)
            }
            try await process.ended()
            #expect(process.terminationStatus == 0)
            #expect(String(decoding: read, as: UTF8.self) == whole.output)
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct `A capture whose messages nobody reads` {
    private static let settings = {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.speed = 250
        settings.warmUp = .zero
        settings.printDuration = .seconds(500_000)
        return settings
    }()

    /// A pipe that is full before the program says its first word.
    private func stuckPipe() throws -> Pipe {
        let pipe = Pipe()
        let end = pipe.fileHandleForWriting.fileDescriptor
        #expect(fcntl(end, setPipeSize, 4096) > 0)
        #expect(fcntl(end, F_SETFL, O_NONBLOCK) == 0)
        let byte: [UInt8] = [10]
        while write(end, byte, 1) == 1 {}
        #expect(fcntl(end, F_SETFL, 0) == 0)
        return pipe
    }

    @Test func `goes on, and ends when it is told to`() async throws {
        let tunnel = try await SimulatedTunnel.start(Self.settings)
        try await ProgramBench.with { bench in
            let pipe = try stuckPipe()
            let process = Process()
            process.executableURL = Program.built("printlapse")
            process.arguments = [
                "capture", "--archive", bench.archive, "--endpoint-file",
                try bench.file("tunnel.txt", tunnel.endpoint), "--interval", "50ms", "--log-format", "json",
            ]
            process.environment = ["HOME": bench.folder.path]
            process.standardError = pipe
            try process.run()
            try await stores(30, in: bench.archive, process)

            let asked = ContinuousClock.now
            kill(process.processIdentifier, SIGTERM)
            try await process.ended()
            // The disk answers after 20 s; the program is to be gone in 10, and a busy machine tells of it late.
            #expect(ContinuousClock.now - asked < .seconds(19))
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 0)
            let catalog = try Catalog.open(at: bench.archive)
            #expect(try await catalog.verify().isSound)
            try catalog.close()
        }
        await tunnel.stop()
    }

    @Test func `and that waits for a disk that never answers is ended all the same`() async throws {
        let tunnel = try await SimulatedTunnel.start(Self.settings)
        try await ProgramBench.with { bench in
            let program = try bench.start(
                "capture", "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint), "--interval", "50ms",
                "--verbose",
                tracedBy: [
                    "strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
                    "inject=fdatasync:delay_enter=20000000:when=100+",
                ])
            #expect(try await program.says("stored frame 3"))
            var said = 0
            while try program.messagesSoFar().utf8.count != said {
                said = try program.messagesSoFar().utf8.count
                try await ContinuousClock().sleep(for: .seconds(2))
            }
            // strace hands no signals on.
            let process = try #require(try program.traced())
            let asked = ContinuousClock.now
            kill(process, SIGTERM)
            #expect(try await program.says("did not come to an end by itself"))
            // The disk answers after 20 s; the program is to be gone in 10, and a busy machine tells of it late.
            #expect(ContinuousClock.now - asked < .seconds(19))
            // strace keeps what is left of the process until its delay is over.
            #expect(try await program.result().status == 130)
        }
        await tunnel.stop()
    }

    private func stores(_ frames: Int, in archive: String, _ process: Process) async throws {
        while process.isRunning {
            if let catalog = try? Catalog.open(at: archive) {
                let count = try await catalog.count(FrameQuery()).frames
                try catalog.close()
                if count >= frames { return }
            }
            try await ContinuousClock().sleep(for: .milliseconds(50))
        }
        Issue.record("it ended by itself")
    }
}

extension Program {
    /// The process that a tracer of ours runs.
    func traced() throws -> Int32? {
        let children = try String(
            contentsOfFile: "/proc/\(identifier)/task/\(identifier)/children", encoding: .utf8)
        return children.split(separator: " ").first.flatMap { Int32($0) }
    }
}
