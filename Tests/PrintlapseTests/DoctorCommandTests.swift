import Archive
import Foundation
import NIOCore
import Simulator
import Storage
import TestSupport
import Testing
import Timelapses
import Vocabulary

@Suite struct `The doctor` {
    private func run(
        _ settings: SimulatorSettings, fault: String? = nil
    ) async throws -> (text: String, status: Int32) {
        let tunnel = try await SimulatedTunnel.start(settings)
        let result = try await ProgramBench.with { bench in
            if let fault { tunnel.set(try Fault(parsing: fault)) }
            _ = try bench.file("mk3.endpoint", tunnel.endpoint)
            let configuration = try bench.file(
                "config.yaml", "cameras:\n  - name: mk3\n    endpoint_file: mk3.endpoint\n")
            return try await bench.run("doctor", "--config", configuration)
        }
        await tunnel.stop()
        return (result.output, result.status)
    }

    private var settings: SimulatorSettings {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.warmUp = .zero
        settings.monthlyCap = ByteCount(300_000_000)
        return settings
    }

    @Test func `names each camera, and what it shows`() async throws {
        let (text, _) = try await run(settings)
        #expect(text.contains("✓ tunnel   mk3: "), "\(text)")
        #expect(text.contains("✓ camera   mk3: a whole picture, 160×120"), "\(text)")
    }

    @Test func `looks at cameras without a tunnel, too`() async throws {
        let server = try await ScriptedServer.start([.http(body: ByteBuffer(bytes: TestJPEG.picture().bytes))])
        try await ProgramBench.with { bench in
            let configuration = try bench.file(
                "config.yaml",
                "cameras:\n  - name: garage\n    url: \(server.url)/snapshot.jpg\n"
                    + "  - name: shed\n    url: http://127.0.0.1:1/snapshot.jpg\n")
            let result = try await bench.run("doctor", "--config", configuration)
            #expect(result.status == 1)
            #expect(result.output.contains("✓ camera   garage: a whole picture, 96×64"), "\(result.output)")
            #expect(result.output.contains("✗ camera   shed: "), "\(result.output)")
        }
        await server.stop()
    }

    @Test func `asks again as a capture does`() async throws {
        let (text, _) = try await run(settings, fault: "truncated next 1")
        #expect(text.contains("✓ camera   mk3: a whole picture"), "\(text)")
        #expect(text.contains("2nd attempt"), "\(text)")
    }

    @Test(arguments: [(285, "The stop short of the month's cap is reached"), (331, "refuses what is metered (481)")])
    func `is not all green where captures pause`(megabytes: Int, words: String) async throws {
        var settings = settings
        settings.used = ByteCount(megabytes * 1_000_000)
        let (text, status) = try await run(settings)
        #expect(status == 1)
        #expect(text.contains("✗ tunnel   mk3: "), "\(text)")
        #expect(text.contains(words), "\(text)")
    }

    /// A file is no folder for root either, whose permissions say nothing.
    @Test func `says of timelapses where they go, what is in the way, and which fail and why`() async throws {
        try await ProgramBench.with { bench in
            let configuration = try bench.file(
                "config.yaml",
                """
                cameras:
                  - name: garage
                    url: http://127.0.0.1:1/
                timelapses:
                  - after: print
                    into: films
                  - every: day
                    into: config.yaml/films
                  - every: week
                    into: films
                    crf: very
                """)
            let archive = try await FrameArchive.open(at: bench.archive)
            for number in 1...5 {
                var timelapse = ArchivedTimelapse(
                    rule: "print", camera: try CameraName("garage"), subject: .print(Int64(number)), since: .wallClock,
                    until: .wallClock, dueAt: .wallClock)
                timelapse = try await archive.enter(timelapse)
                timelapse.begin(as: [])
                timelapse.fail(
                    number == 5 ? "the disk is full" : "ffmpeg is not there", hint: "Install it.", at: .wallClock)
                try await archive.update(timelapse)
            }
            try await archive.close()
            let result = try await bench.run("doctor", "--config", configuration)
            #expect(result.status == 1)
            let text = result.output.replacing(bench.folder.path, with: "")
            #expect(text.contains("✓ films    “print” goes into /films\n"), "\(text)")
            #expect(
                text.contains("✗ films    “day” goes into /config.yaml/films, and /config.yaml cannot be written\n"),
                "\(text)")
            #expect(text.contains("/config.yaml:11:5: "), "\(text)")
            #expect(
                text.contains(
                    "✗ films    “print”: 4 fail, the first of garage: ffmpeg is not there\n           Install it.\n"),
                "\(text)")
            #expect(text.contains("✗ films    “print”: one of garage fails: the disk is full\n"), "\(text)")
        }
    }
}
