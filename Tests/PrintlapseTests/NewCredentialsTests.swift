import Foundation
import Simulator
import Testing
import Vocabulary

/// The old tunnel of a running capture is revoked, and a new one is given to it in each of the ways in which it may have got the
/// old one. Nobody sends it a signal.
@Suite(.timeLimit(.minutes(3))) struct `New credentials of a capture that runs` {
    private func tunnel() async throws -> SimulatedTunnel {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.warmUp = .zero
        settings.speed = 20
        return try await SimulatedTunnel.start(settings)
    }

    /// Polls what a person or a health check would look at.
    private func status(
        of bench: ProgramBench, _ arguments: [String], _ environment: [String: String], becomes wanted: Int32,
        within patience: Duration
    ) async throws -> (seconds: Double, output: String)? {
        let begun = ContinuousClock.now
        while ContinuousClock.now - begun < patience {
            let status = try await bench.start("status", arguments: arguments, environment: environment).result()
            if status.status == wanted {
                return (Double((ContinuousClock.now - begun).milliseconds) / 1000, status.output)
            }
            try await ContinuousClock().sleep(for: .milliseconds(100))
        }
        return nil
    }

    private func takeUp(
        _ bench: ProgramBench, _ arguments: [String] = [], environment: [String: String] = [:],
        first: (SimulatedTunnel) async throws -> Void, then second: (SimulatedTunnel) async throws -> Void
    ) async throws {
        let (old, new) = (try await tunnel(), try await tunnel())
        try await first(old)
        let program = try bench.start(
            "capture", arguments: arguments + ["--interval", "500ms", "--log-format", "json"], environment: environment)
        #expect(try await program.says("\"frame\""))
        old.revokeTunnels()
        let refused = try await status(of: bench, arguments, environment, becomes: 1, within: .seconds(30))
        #expect(refused?.output.contains("unauthorized") == true)
        try await second(new)
        let well = try await status(of: bench, arguments, environment, becomes: 0, within: .seconds(30))
        // Two seconds to see it, a slot, and what a busy machine takes.
        #expect(try #require(well).seconds < 15)
        program.signal(SIGTERM)
        #expect(try await program.result().status == 0)
        await old.stop()
        await new.stop()
    }

    @Test func `are taken up when they are authorized again, and that is said`() async throws {
        try await ProgramBench.with { bench in
            func authorize(_ tunnel: SimulatedTunnel) async throws -> Program.Result {
                try await bench.run(
                    "authorize", "printer", "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint))
            }
            try await takeUp(bench) { old in
                let result = try await authorize(old)
                #expect(result.status == 0 && result.messages.contains("Next: printlapse capture 'printer'"))
            } then: { new in
                let result = try await authorize(new)
                #expect(result.status == 0, "\(result.messages)")
                #expect(result.messages.contains("it takes this up by itself within seconds"), "\(result.messages)")
            }
        }
    }

    @Test func `are taken up from the file that the configuration names`() async throws {
        try await ProgramBench.with { bench in
            let path = try bench.file("config.yaml", "cameras:\n  - name: left\n    endpoint_file: tunnel.txt\n")
            func write(_ tunnel: SimulatedTunnel) throws { _ = try bench.file("tunnel.txt", tunnel.endpoint) }
            try await takeUp(bench, ["--config", path], first: write, then: write)
        }
    }

    @Test(arguments: ["PRINTLAPSE_TUNNEL_FILE", "CREDENTIALS_DIRECTORY"])
    func `are taken up from where a service manager puts them`(variable: String) async throws {
        try await ProgramBench.with { bench in
            // As secrets are mounted: a link to a folder that is changed for another one.
            let (link, files) = (bench.folder.appending(path: "secrets"), FileManager.default)
            func mount(_ name: String, _ tunnel: SimulatedTunnel) throws {
                let folder = bench.folder.appending(path: name)
                try files.createDirectory(at: folder, withIntermediateDirectories: true)
                _ = try bench.file("\(name)/tunnel", tunnel.endpoint)
                let fresh = bench.folder.appending(path: "fresh")
                try files.createSymbolicLink(at: fresh, withDestinationURL: folder)
                guard rename(fresh.path, link.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
            }
            let value = variable == "CREDENTIALS_DIRECTORY" ? link.path : link.path + "/tunnel"
            try await takeUp(bench, environment: [variable: value]) {
                try mount("old", $0)
            } then: {
                try mount("new", $0)
            }
        }
    }
}
