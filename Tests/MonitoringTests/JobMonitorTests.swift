import Archive
import Foundation
import HTTP
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `A job that is watched over` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs `job` under a monitor, with an archive of its own.
    private func watching<Value: Sendable>(
        _ settings: MonitoringSettings, notes: Notes<MonitoringMessage> = Notes(),
        _ job: @Sendable (JobMonitor) async throws -> Value
    ) async throws -> Value {
        let archive = try await FrameArchive.open(at: folder.url.appending(path: "archive.sqlite").path)
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await HTTPConnections.with(trusting: nil) { connections in
                    let monitor = try JobMonitor(
                        settings, archive: archive, transport: connections, clock: SystemJobClock(),
                        tell: { notes.add($0) })
                    return try await monitor.watch { try await job(monitor) }
                })
        } catch {
            result = .failure(error)
        }
        try await archive.close()
        return try result.get()
    }

    @Test func `tells the service manager how it is doing, from its beginning to its end`() async throws {
        let socket = try NotifySocket("\(folder.url.path)/notify")
        let environment = socket.environment.merging(["WATCHDOG_USEC": "20000"]) { $1 }
        let messages = try await watching(
            MonitoringSettings(version: "1", environment: environment)
        ) { monitor in
            monitor.observe(.started(.printer, interval: .seconds(10)))
            var messages: [String] = []
            while messages.count(where: { $0 == "WATCHDOG=1" }) < 3 {
                messages += socket.received()
                await Task.yield()
            }
            monitor.willReload()
            monitor.observe(.notReloaded(reason: ""))
            return messages
        }
        let last = socket.received()
        #expect(messages.first == "READY=1" || messages.contains("READY=1"))
        #expect(messages.contains("STATUS=1 camera, no frame yet"))
        let reload = try #require(last.firstIndex { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") })
        #expect(last[reload...].contains("READY=1"))
        #expect(last.contains("STOPPING=1"))
    }

    @Test func `serves its figures`() async throws {
        let port = try await freePort()
        let settings = MonitoringSettings(
            metrics: try MetricsAddress(parsing: "\(port)"), version: "1.2.3", environment: [:])
        let page = try await watching(settings) { monitor in
            monitor.observe(.slot(.slot(.stored, frame: 4000)))
            return try await LoopbackClient(port: port).exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        }
        let body = try #require(page.split(separator: "\r\n\r\n", maxSplits: 1).last)
        let families = try ExpositionParser.families(in: String(body))
        #expect(families["printlapse_frames_stored_total"]?[["camera": "printer"]] == 1)
    }

    @Test func `has its last alerts told before it is over`() async throws {
        let notes = Notes<MonitoringMessage>()
        let settings = MonitoringSettings(
            handlers: [try EventHandler(.command(["true"]))], version: "1", environment: [:])
        try await watching(settings, notes: notes) { monitor in
            monitor.observe(.slot(.slot(.unauthorized)))
        }
        let told = notes.all.compactMap { note in if case .told(let alert, _) = note { alert.kind } else { nil } }
        #expect(told == [.unauthorized])
    }

    @Test func `ends with the job's own error, and does not wait for an alert that nobody takes`() async throws {
        struct Broken: Error {}
        let settings = MonitoringSettings(
            handlers: [try EventHandler(.command(["sleep", "600"]))], version: "1", environment: [:])
        await #expect(throws: Broken.self) {
            try await watching(settings) { monitor in
                monitor.observe(.slot(.slot(.unauthorized)))
                throw Broken()
            }
        }
    }

    @Test func `says once that the service manager does not listen`() async throws {
        let notes = Notes<MonitoringMessage>()
        let settings = MonitoringSettings(version: "1", environment: ["NOTIFY_SOCKET": "/no/such/socket"])
        try await watching(settings, notes: notes) { monitor in
            for _ in 1...5 { monitor.observe(.notReloaded(reason: "")) }
        }
        #expect(notes.all.count == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func `tells others, and serves its figures elsewhere, when its settings change`() async throws {
        let notes = Notes<MonitoringMessage>()
        let port = try await freePort()
        let page = try await watching(MonitoringSettings(version: "1.2.3", environment: [:]), notes: notes) { monitor in
            // Nobody is told yet, and nothing is taken for told.
            monitor.observe(.slot(.slot(.unauthorized)))
            monitor.change(
                handlers: [try EventHandler(.command(["true"]))], metrics: try MetricsAddress(parsing: "\(port)"))
            while !notes.all.contains(where: \.isOfMetricsMoved) { await Task.yield() }
            monitor.observe(.slot(.slot(.unauthorized)))
            let page = try await LoopbackClient(port: port).exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
            while !notes.all.contains(where: { $0.kindTold == .unauthorized }) { await Task.yield() }
            monitor.change(handlers: [], metrics: nil)
            while !notes.all.contains(where: \.isOfMetricsEnded) { await Task.yield() }
            monitor.observe(.slot(.slot(.stored)))
            return page
        }
        #expect(page.contains("printlapse_build_info{version=\"1.2.3\"} 1"))
        #expect(notes.all.compactMap(\.kindTold) == [.unauthorized])
        #expect(notes.all.allSatisfy { !$0.isWarning })
    }

    @Test(.timeLimit(.minutes(1)))
    func `goes on where its metrics cannot be served elsewhere, and says so`() async throws {
        let notes = Notes<MonitoringMessage>()
        let taken = try await MetricsServer.bind(to: MetricsAddress(parsing: "0")) { "" }
        let running = Task { await taken.run() }
        try await watching(MonitoringSettings(version: "1", environment: [:]), notes: notes) { monitor in
            monitor.change(handlers: [], metrics: try MetricsAddress(parsing: "\(taken.port)"))
            while !notes.all.contains(where: \.isWarning) { await Task.yield() }
        }
        running.cancel()
        await running.value
        #expect(
            notes.all.map(\.description).joined().contains("the metrics cannot be served at 127.0.0.1:\(taken.port)"))
    }

    /// A port on which nothing listens for the moment.
    private func freePort() async throws -> Int {
        let server = try await MetricsServer.bind(to: MetricsAddress(parsing: "0")) { "" }
        let running = Task { await server.run() }
        running.cancel()
        await running.value
        return server.port
    }
}

extension MonitoringMessage {
    fileprivate var isOfMetricsMoved: Bool { if case .metricsMoved = self { true } else { false } }
    fileprivate var isOfMetricsEnded: Bool { if case .metricsEnded = self { true } else { false } }
    fileprivate var kindTold: AlertKind? { if case .told(let alert, _) = self { alert.kind } else { nil } }
}
