import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Tunnel

@Suite struct `OctoPrint's job` {
    private func job(_ body: String) async throws -> OctoPrintJob {
        try await client(.ok(body)).job(apiKey: nil).value
    }

    @Test func `is read as OctoPrint documents it`() async throws {
        let job = try await job(
            """
            {"job": {"file": {"name": "a_turtle.gco", "display": "a turtle 🐢.gco", "path": "zoo/a_turtle.gco",
            "origin": "local", "size": 1468987, "date": 1378847754}, "estimatedPrintTime": 8811,
            "filament": {"tool0": {"length": 810, "volume": 5.36}}},
            "progress": {"completion": 22.98468264184775, "filepos": 337942, "printTime": 276, "printTimeLeft": 912},
            "state": "Printing"}
            """)
        #expect(job.state == .printing && job.isActive)
        #expect(job.name == "a turtle 🐢.gco")
        #expect(job.path == "zoo/a_turtle.gco")
        #expect(try #require(job.progress).isApproximately(0.2298468264184775))
        #expect(job.printTime == .seconds(276))
    }

    @Test(arguments: [
        #"{"state": "Operational"}"#, #"{"state": "Operational", "job": null, "progress": null}"#,
        #"{"state": "Operational", "job": {"file": null}, "progress": {}}"#,
        #"{"state": "Operational", "job": {"file": {"name": null, "display": null, "path": null}},"#
            + #""progress": {"completion": null, "printTime": null, "printTimeLeft": null}}"#,
        #"{"state": "Operational", "job": {"file": {"name": "", "path": 7}},"#
            + #""progress": {"completion": "12", "printTime": -1, "printTimeLeft": 1e300}}"#,
    ])
    func `has nothing but a state while no file is selected, however that is written`(body: String) async throws {
        #expect(try await job(body) == OctoPrintJob(state: .operational))
    }

    @Test func `has its file's plain name where there is no other, and numbers of any kind`() async throws {
        let job = try await job(
            #"{"state": "Paused", "job": {"file": {"name": "a.gco"}},"#
                + #""progress": {"completion": 100, "printTime": 1.5, "printTimeLeft": 0}}"#)
        #expect(
            job
                == OctoPrintJob(
                    state: .paused, name: "a.gco", progress: 1, printTime: .milliseconds(1500)))
    }

    @Test(arguments: [(-3.0, 0.0), (104.2, 1.0)])
    func `has progress from 0 to 1, whatever it says`(percent: Double, progress: Double) async throws {
        #expect(
            try await job(#"{"state": "Printing", "progress": {"completion": \#(percent)}}"#).progress == progress)
    }

    @Test(arguments: [
        ("Starting", OctoPrintState.printing), ("Starting print from SD", .printing), ("Printing", .printing),
        ("Printing from SD", .printing), ("Pausing", .paused), ("Paused", .paused), ("Resuming", .paused),
        ("Cancelling", .cancelling), ("Finishing", .finishing),
    ])
    func `runs in a state that has begun and not ended`(text: String, state: OctoPrintState) {
        #expect(OctoPrintState(text) == state)
        #expect(state.isActive)
    }

    @Test(arguments: [
        ("Operational", OctoPrintState.operational), ("Offline", .offline), ("Offline after error", .offline),
        ("Offline (Error: Too many consecutive timeouts)", .offline), ("Closed", .offline), ("Error", .error),
        ("Error: MINTEMP triggered", .error), ("Opening serial connection", .other("Opening serial connection")),
        ("Starting to send file to SD", .other("Starting to send file to SD")),
        ("Sending file to SD", .other("Sending file to SD")),
    ])
    func `does not run in another`(text: String, state: OctoPrintState) {
        #expect(OctoPrintState(text) == state)
        #expect(!state.isActive)
    }

    @Test(arguments: [
        ("{}", "unexpected_json"), (#"{"state": null}"#, "unexpected_json"), (#"{"state": ["x"]}"#, "unexpected_json"),
        ("[]", "not_json"), ("", "not_json"), ("<html>", "html_for_json"),
    ])
    func `without a state is refused, and its bytes are charged`(body: String, label: String) async throws {
        let error = await tunnelError { try await client(.ok(body)).job(apiKey: nil) }
        #expect(error?.label == label)
        #expect(error?.outcome == .rejected)
        #expect(error?.bytesReceived == ByteCount(body.utf8.count))
    }
}

extension Double {
    fileprivate func isApproximately(_ other: Double) -> Bool { (self - other).magnitude < 1e-9 }
}
