import Foundation
import TestSupport
import Testing

@Suite struct `A capture that is watched` {
    @Test func `tells the service manager that it has begun, how it is doing, and that it ends`() async throws {
        try await ProgramBench.with { bench in
            let socket = try NotifySocket("@printlapse-tests-\(UUID().uuidString)")
            let environment = socket.environment.merging(["WATCHDOG_USEC": "200000"]) { $1 }
            let capture = try bench.start(
                "capture", "--url", "http://127.0.0.1:9/", "--interval", "50ms", environment: environment)
            var messages: [String] = []
            while capture.isRunning,
                messages.last != "WATCHDOG=1" || !messages.contains("STATUS=1 camera, 1 failing, no frame yet")
            {
                messages += socket.received()
                try await ContinuousClock().sleep(for: .milliseconds(10))
            }
            #expect(messages.first == "READY=1" || messages.prefix(3).contains("READY=1"))
            capture.signal(SIGTERM)
            let ending = try await capture.result()
            #expect(ending.status == 0)
            #expect(socket.received().contains("STOPPING=1"))
        }
    }

    @Test func `does not begin where its metrics cannot be served`() async throws {
        try await ProgramBench.with { bench in
            let server = try await ScriptedServer.start([])
            let capture = try await bench.run("capture", "--url", server.url, "--once", "--metrics", "\(server.port)")
            await server.stop()
            #expect(capture.status == 1)
            #expect(capture.messages.contains("the metrics cannot be served at 127.0.0.1:\(server.port)"))
            #expect(server.requests.isEmpty)
        }
    }
}
