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

    @Test(.timeLimit(.minutes(2)))
    func `takes in what the configuration says of events and metrics while it runs`() async throws {
        try await ProgramBench.with { bench in
            try await ScriptedServer.with(.http(401)) { server in
                let cameras = "interval: 100ms\ncameras:\n  - name: porch\n    url: \(server.url)/a.jpg\n"
                let path = try bench.file("config.yaml", cameras)
                let capture = try bench.start("capture", "--config", path)
                #expect(try await capture.says("asks for a user and a password"))
                let unused = try await ScriptedServer.start([])
                await unused.stop()
                let told = bench.folder.appending(path: "told").path
                _ = try bench.file(
                    "config.yaml", "metrics: \(unused.port)\non_event:\n  command: [touch, \(told)]\n" + cameras)
                #expect(
                    try await capture.says("metrics are served at http://127.0.0.1:\(unused.port)/metrics from now on"))
                #expect(try await capture.says("unauthorized was told by “touch”"))
                #expect(FileManager.default.fileExists(atPath: told))
                _ = try bench.file("config.yaml", cameras)
                #expect(try await capture.says("metrics are served no longer"))
                #expect(try await capture.says("events are told to nobody from now on"))
                capture.signal(SIGTERM)
                #expect(try await capture.result().status == 0)
            }
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
