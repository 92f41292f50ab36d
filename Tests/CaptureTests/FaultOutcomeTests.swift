import Archive
import CaptureSupport
import Catalog
import Foundation
import HTTP
import Simulator
import Snapshots
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

/// Each failure of the way to a picture, provoked for real, with what the ledger then says.
@Suite struct `In the ledger` {
    struct Fault: CustomTestStringConvertible, Sendable {
        let text: String
        let outcome: SlotOutcome
        let detail: String

        init(_ text: String, _ outcome: SlotOutcome, _ detail: String) {
            (self.text, self.outcome, self.detail) = (text, outcome, detail)
        }

        /// Whether only a deadline ends it.
        var isSilent: Bool { outcome == .timeout || text.hasPrefix("drip") }

        var testDescription: String { text }
    }

    @Test(arguments: [
        Fault("401 on webcam", .unauthorized, "unauthorized"), Fault("403 on webcam", .unauthorized, "forbidden"),
        Fault("481 on webcam", .cap, "over_cap"), Fault("482 on webcam", .offline, "printer_offline"),
        Fault("483 on webcam", .timeout, "printer_timeout"),
        Fault("484 on webcam", .unavailable, "tunnels_unavailable"),
        Fault("429 on webcam", .unavailable, "too_many_requests"),
        Fault("500 on webcam", .unavailable, "internal_error"),
        Fault("502 on webcam", .offline, "bad_gateway"), Fault("503 on webcam", .unavailable, "service_unavailable"),
        Fault("504 on webcam", .offline, "gateway_timeout"), Fault("404 on webcam", .noPicture, "not_found"),
        Fault("null", .noPicture, "none_announced"), Fault("absent", .noPicture, "none_announced"),
        Fault("404", .noPicture, "deleted"),
        Fault("403", .unauthorized, "picture_forbidden"), Fault("500", .unavailable, "picture_internal_error"),
    ])
    func `a status of the server has its own outcome`(fault: Fault) async throws {
        try await expect(fault)
    }

    @Test(arguments: [
        Fault("truncated", .rejected, "truncated"), Fault("empty", .rejected, "empty"),
        Fault("short", .rejected, "cut_short"),
        Fault("reset", .rejected, "cut_short"), Fault("cut-chunk", .rejected, "cut_short"),
        Fault("html", .rejected, "not_jpeg"), Fault("json", .rejected, "not_jpeg"),
        Fault("endless", .rejected, "too_large"), Fault("huge-length", .rejected, "too_large"),
        Fault("gzip", .rejected, "compressed"), Fault("brotli", .rejected, "compressed"),
        Fault("bomb", .rejected, "compressed"),
        Fault("html on webcam", .rejected, "html_for_json"), Fault("number", .rejected, "unexpected_json"),
        Fault("long", .rejected, "too_large"),
        Fault("relative", .rejected, "snapshot_not_absolute"),
        Fault("elsewhere=file:///etc/passwd", .rejected, "snapshot_unsupported_scheme"),
        Fault("elsewhere=http://2130706433/x.jpg", .rejected, "snapshot_numeric_host"),
    ])
    func `a body that is no picture is rejected by name`(fault: Fault) async throws {
        try await expect(fault)
    }

    @Test(arguments: [
        Fault("silent", .timeout, "picture_no_answer"), Fault("slow=5s", .timeout, "picture_no_answer"),
        Fault("silent on webcam", .timeout, "no_answer"),
    ])
    func `a server that does not answer in time is a timeout`(fault: Fault) async throws {
        try await expect(fault)
    }

    @Test func `a server that falls silent within a picture has torn it`() async throws {
        try await expect(Fault("drip=1s", .rejected, "cut_short"))
    }

    private func expect(_ fault: Fault) async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Simulator.Fault(parsing: fault.text))
            var limits = TunnelLimits()
            // Short where it must pass, long where a busy machine must not pass it.
            if fault.isSilent { (limits.apiDeadline, limits.pictureDeadline) = (.seconds(1), .seconds(1)) }
            _ = try await bench.capture(JobEnd(slots: 1), limits: limits)

            let runs = try await bench.timeline()
            let run = try #require(runs.first)
            #expect(run.outcome == fault.outcome)
            #expect(run.detail?.label == fault.detail)
            #expect(run.detail?.isKnown == true)
            #expect(run.slots == 1)
            let frames = try await Catalog.open(at: bench.path).count(FrameQuery()).frames
            #expect(frames == 0)
        }
    }

    @Test func `a server that refuses connections is unavailable`() async throws {
        // Port 1 (tcpmux) is given to nobody who asks for a free port, and served by nobody.
        try await expectOfCamera(at: "http://127.0.0.1:1/snapshot.jpg", .unavailable, "connection_refused")
    }

    @Test func `a name that does not exist is unavailable`() async throws {
        try await expectOfCamera(at: "http://camera.invalid/snapshot.jpg", .unavailable, "name_not_found")
    }

    @Test func `a server whose certificate signs itself is unavailable`() async throws {
        let folder = try TemporaryFolder()
        let identity = try ServerIdentity(in: folder, name: "IP:127.0.0.1")
        try await ScriptedServer.with(.http(text: "secret"), identity: identity) { server in
            try await expectOfCamera(at: "https://127.0.0.1:\(server.port)/snapshot.jpg", .unavailable, "tls_untrusted")
            #expect(server.requests.isEmpty)
        }
    }

    private func expectOfCamera(at url: String, _ outcome: SlotOutcome, _ detail: String) async throws {
        try await CaptureBench.with { bench in
            let setup = CameraSetup(
                name: bench.camera, source: .url(try CameraURL(parsing: url)), policy: .every(.seconds(10)))
            // No tunnel, so nobody else sleeps by the clock.
            let clock = VirtualClock(start: CaptureBench.noon, population: 1)
            _ = try await bench.run([setup], JobEnd(slots: 1), clock: clock)
            let runs = try await bench.timeline()
            let run = try #require(runs.first)
            #expect(run.outcome == outcome)
            #expect(run.detail?.label == detail)
        }
    }

    @Test func `slots that are skipped while a camera is left alone go on with its outcome, in one run`() async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Simulator.Fault(parsing: "503 on webcam"))
            _ = try await bench.capture(JobEnd(slots: 12), interval: .milliseconds(100))
            let runs = try await bench.timeline()
            #expect(runs.map(\.outcome) == [.unavailable])
            #expect(runs.first?.slots == 12)
            let asked = bench.tunnel.requests.filter { $0.path == "/_tsd_/webcam/0/" }
            #expect(asked.count == 1)
        }
    }

    @Test func `a server that asks for a pause gets it`() async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Simulator.Fault(parsing: "429 next 1 on webcam retry-after 3600"))
            _ = try await bench.capture(JobEnd(slots: 8), interval: .seconds(300))
            #expect(bench.tunnel.requests.filter { $0.path == "/_tsd_/webcam/0/" }.count == 1)
        }
    }

    @Test func `a rejected body is kept in quarantine with its verdict`() async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Simulator.Fault(parsing: "truncated"))
            _ = try await bench.capture(JobEnd(slots: 1))
            let held = try sqlite("SELECT count(*) || ' ' || min(label) FROM quarantine", bench.path)
            // The second one is the same, so no third was asked for.
            #expect(held == "2 truncated")
        }
    }

    /// Asks the archive as its owner can: with the sqlite3 program.
    private func sqlite(_ query: String, _ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = ["-readonly", path, query]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let answer = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
