import Care
import Catalog
import Foundation
import Simulator
import Testing
import Vocabulary

@Suite struct `A capture whose archive is taken away` {
    /// Runs a capture, does something to its archive, and waits for the capture's end.
    private func capture(
        tracedBy tracer: [String] = [], then change: (_ archive: String) throws -> Void,
        expect: (Program.Result, _ archive: String) async throws -> Void
    ) async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.warmUp = .zero
        settings.speed = 100
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let program = try bench.start(
                "capture", "--endpoint-file", endpoint, "--interval", "100ms", "--verbose", tracedBy: tracer)
            #expect(try await program.says("stored frame 3"))
            try change(bench.archive)
            try await expect(try await program.result(), bench.archive)
        }
        await tunnel.stop()
    }

    @Test func `goes on where the file gets a second name, says so, and so does the status`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.warmUp = .zero
        settings.speed = 100
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let program = try bench.start(
                "capture", "--endpoint-file", endpoint, "--interval", "100ms", "--log-format", "json")
            #expect(try await program.acknowledges(more: 2))
            try FileManager.default.linkItem(atPath: bench.archive, toPath: bench.archive + "-second")
            #expect(try await program.says("has 2 names (hard links)"))
            let status = try await bench.run("status")
            #expect(status.output.contains("  Names     the archive"), "\(status.output)")
            #expect(status.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("/") })
            try FileManager.default.removeItem(atPath: bench.archive + "-second")
            #expect(try await program.says("one name again"))
            let stored = try Acknowledgements(in: program.messagesSoFar()).frames.count
            #expect(try await program.acknowledges(more: stored))
            program.signal(SIGTERM)
            let result = try await program.result()
            #expect(result.status == 0)
            let catalog = try Catalog.open(at: bench.archive)
            for (id, _) in Acknowledgements(in: result.messages).frames {
                #expect(try await catalog.frame(id) != nil)
            }
            try catalog.close()
        }
        await tunnel.stop()
    }

    @Test func `ends with the reason where the file is removed, and makes no other in its place`() async throws {
        try await capture(
            then: { try FileManager.default.removeItem(atPath: $0) },
            expect: { result, archive in
                #expect(result.status == 1)
                #expect(result.messages.contains("was removed or replaced while it was open"))
                #expect(!FileManager.default.fileExists(atPath: archive))
            })
    }

    @Test func `ends with the reason where the file is replaced, and writes nothing into the other`() async throws {
        let other = Data("somebody else's".utf8)
        try await capture(
            then: { archive in
                try other.write(to: URL(filePath: archive + "-other"))
                guard rename(archive + "-other", archive) == 0 else { throw CocoaError(.fileWriteUnknown) }
            },
            expect: { result, archive in
                #expect(result.status == 1)
                #expect(result.messages.contains("was removed or replaced while it was open"))
                let content = try Data(contentsOf: URL(filePath: archive))
                #expect(content == other)
            })
    }

    @Test(arguments: ["-wal", "-shm"])
    func `ends with the reason where its log is removed, and what was acknowledged is there`(
        ending: String
    ) async throws {
        try await capture(
            then: { try FileManager.default.removeItem(atPath: $0 + ending) },
            expect: { result, archive in
                #expect(result.status == 1)
                #expect(result.messages.contains("was removed or replaced while the archive was open"))
                let acknowledged = result.messages.split(separator: "\n").count { $0.contains("stored frame") }
                #expect(acknowledged >= 3)
                let catalog = try Catalog.open(at: archive)
                let kept = try await catalog.count(FrameQuery()).frames
                #expect(kept >= acknowledged)
                let isSound = try await catalog.verify().isSound
                #expect(isSound)
                try catalog.close()
            })
    }

    @Test(arguments: ["EROFS", "EACCES", "EIO"])
    func `ends with the reason where its file cannot be written any more, and what was acknowledged is there`(
        error: String
    ) async throws {
        try await capture(
            tracedBy: ["strace", "-f", "-o", "/dev/null", "-e", "inject=pwrite64:error=\(error):when=700+"],
            then: { _ in },
            expect: { result, archive in
                #expect(result.status == 1, "\(result.messages.suffix(500))")
                let reason = result.messages.split(separator: "\n").last { $0.hasPrefix("printlapse: ") }
                #expect(reason?.contains(archive) == true, "\(result.messages.suffix(500))")
                let acknowledged = result.messages.split(separator: "\n").count { $0.contains("stored frame") }
                let catalog = try Catalog.open(at: archive)
                let kept = try await catalog.count(FrameQuery()).frames
                #expect(kept >= acknowledged)
                let isSound = try await catalog.verify().isSound
                #expect(isSound)
                try catalog.close()
            })
    }
}
