import Archive
import Care
import Catalog
import Foundation
import Simulator
import Storage
import Testing
import Vocabulary

@Suite struct `The command “compact”` {
    /// Calls `body` with an archive of so many frames.
    private func withArchive(of frames: Int, _ body: (ProgramBench) async throws -> Void) async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 320, height: 240)
        settings.speed = 500
        settings.warmUp = .zero
        settings.printDuration = .seconds(500_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let capture = try await bench.run(
                "capture", "--endpoint-file", endpoint, "--interval", "25ms", "--frames", "\(frames)")
            #expect(capture.status == 0)
            try await body(bench)
        }
        await tunnel.stop()
    }

    private func report(_ result: Program.Result) throws -> [String: Any] {
        #expect(result.status == 0, "\(result.messages)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test func `tells what it would save, saves it, and leaves an archive that is well`() async throws {
        try await withArchive(of: 12) { bench in
            let estimate = try report(try await bench.run("compact", "--dry-run", "--json"))
            #expect(estimate["pictures"] as? Int == 12)
            let done = try report(try await bench.run("compact", "--json"))
            #expect(
                Set(done.keys) == [
                    "pictures", "shrunk", "bytes_before", "bytes_after", "saved", "saved_share", "sample", "left_alone",
                    "left_alone_count", "file_before", "file_after", "file_saved",
                ])
            #expect(done["pictures"] as? Int == 12)
            #expect(done["sample"] is NSNull)
            let (guessed, saved) = (try #require(estimate["saved"] as? Int), try #require(done["saved"] as? Int))
            #expect(saved > 0)
            #expect(abs(guessed - saved) < saved / 4)
            let again = try await bench.run("compact")
            #expect(again.output.contains("Every picture is as small as it gets."))
            #expect(try await bench.run("verify").status == 0)
        }
    }

    @Test func `says that there is no archive, and makes none`() async throws {
        try await ProgramBench.with { bench in
            let result = try await bench.run("compact")
            #expect(result.status == 10)
            #expect(!FileManager.default.fileExists(atPath: bench.archive))
        }
    }

    @Test func `names who takes care of the archive already`() async throws {
        try await withArchive(of: 1) { bench in
            let caretaker = try await FrameArchive.open(at: bench.archive, application: "somebody", role: .care)
            let result = try await bench.run("compact")
            #expect(result.status == 11)
            #expect(result.messages.contains("somebody"))
            try await caretaker.close()
        }
    }

    @Test func `leaves every picture old or new, and whole, wherever it is killed, and goes on there`() async throws {
        try await withArchive(of: 60) { bench in
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<25 {
                let program = try bench.start("compact")
                try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: 20...250, using: &generator)))
                program.signal(SIGKILL)
                _ = try await program.result()
                let catalog = try Catalog.open(at: bench.archive)
                let verified = try await catalog.verify()
                #expect(verified.isSound, "\(verified.damaged) \(verified.problems)")
                #expect(verified.framesChecked == 60)
                try catalog.close()
            }
            #expect(try await bench.run("compact").status == 0)
            #expect(try await bench.run("verify").status == 0)
            #expect(try await bench.run("compact").output.contains("Every picture is as small as it gets."))
        }
    }
}
