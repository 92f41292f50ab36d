import Archive
import Foundation
import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `An alert` {
    private let folder: TemporaryFolder

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
    }

    private func deliver(_ alert: Alert = .example, to handlers: EventHandler...) async throws -> [MonitoringMessage] {
        let notes = Notes<MonitoringMessage>()
        let pauses = Notes<Duration>()
        try await HTTPConnections.with(trusting: nil) { connections in
            await AlertDelivery(
                handlers: handlers, transport: connections, pause: { pauses.add($0) }, tell: { notes.add($0) }
            ).deliver(alert)
        }
        return notes.all
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
    }

    @Test func `reaches a command as JSON and in its environment, and no shell reads it`() async throws {
        let script =
            "cat >json; printf '%s\\n%s\\n%s' \"$PRINTLAPSE_EVENT\" \"$PRINTLAPSE_CAMERA\" \"$PRINTLAPSE_MESSAGE\" >parts"
        let notes = try await deliver(
            to: EventHandler(.command(["/bin/sh", "-c", "cd \"$0\"; \(script)", folder.url.path])))
        #expect(notes.map(\.isWarning) == [false])
        let json = try JSONSerialization.jsonObject(with: Data(text("json").utf8)) as? [String: Any]
        #expect(json?["event"] as? String == "camera_stopped")
        #expect(json?["cameras"] as? [String] == ["printer"])
        #expect(json?["at"] as? String == "2027-01-15T08:00:00.000Z")
        #expect(json?["message"] as? String == Alert.example.message)
        #expect(json?["text"] as? String == Alert.example.text)
        #expect(try text("parts") == "camera_stopped\nprinter\n\(Alert.example.message)")
    }

    @Test func `hands a command no variable in which a secret may stand`() async throws {
        setenv("MK4_TUNNEL", "https://canary:canary@example.org", 1)
        _ = try await deliver(to: EventHandler(.command(["sh", "-c", "env >\"$0\"", folder.url.path + "/env"])))
        #expect(try text("env").contains("PATH="))
        #expect(try !text("env").contains("canary"))
    }

    @Test(arguments: [
        (["no-such-program-anywhere"], "program_not_found"), (["/no/such/program"], "program_not_found"),
        (["false"], "exited"), (["sh", "-c", "kill -9 $$"], "exited"), (["/etc"], "exited"),
    ])
    func `that its command does not take is noted`(words: [String], label: String) async throws {
        let notes = try await deliver(to: EventHandler(.command(words)))
        #expect(notes.map(\.label) == [label])
    }

    @Test func `is taken by a command that does not read it`() async throws {
        let notes = try await deliver(to: EventHandler(.command(["true"])))
        #expect(notes.map(\.isWarning) == [false])
    }

    @Test func `does not wait for a command that does not end`() async throws {
        var command = EventCommand(words: ["sh", "-c", "trap '' TERM; sleep 600 & wait"])
        command.timeLimit = .milliseconds(200)
        await #expect(throws: DeliveryError.tookTooLong("sh", limit: .milliseconds(200))) {
            try await command.run(for: .example, json: "{}")
        }
    }

    @Test func `is posted to a webhook, again where that failed`() async throws {
        try await ScriptedServer.with(.http(503), .reset, .http(204)) { server in
            let webhook = try Webhook(parsing: server.url + "/hooks/canary?token=canary")
            let notes = try await deliver(to: EventHandler(.webhook(webhook)))
            #expect(server.requests.map(\.target) == Array(repeating: "/hooks/canary?token=canary", count: 3))
            #expect(server.requests.allSatisfy { $0.head.hasPrefix("POST ") })
            #expect(notes.map(\.isWarning) == [false])
            #expect(!notes.map(\.description).joined().contains("canary"))
        }
    }

    @Test func `is given up where a webhook goes on failing, and its address is not told`() async throws {
        try await ScriptedServer.with(.http(500)) { server in
            let webhook = try Webhook(parsing: server.url + "/canary")
            let notes = try await deliver(to: EventHandler(.webhook(webhook)))
            #expect(server.requests.count == 4)
            #expect(notes.map(\.isWarning) == [true])
            #expect(!notes.map(\.description).joined().contains("canary"))
        }
    }

    @Test func `is not posted again where the webhook refuses it`() async throws {
        try await ScriptedServer.with(.http(403)) { server in
            let notes = try await deliver(to: EventHandler(.webhook(Webhook(parsing: server.url + "/x"))))
            #expect(server.requests.count == 1)
            #expect(notes.map(\.isWarning) == [true])
        }
    }

    @Test func `reaches those alone who asked for its kind`() async throws {
        let deaf = try EventHandler(.command(["false"]), events: ["print_finished", "cap_met"])
        #expect(try await deliver(to: deaf).isEmpty)
    }
}

@Suite struct `A handler of events` {
    @Test func `is told of all events where none is named`() throws {
        #expect(try EventHandler(.command(["true"])).events == Set(AlertKind.allCases))
        #expect(try EventHandler(.command(["true"]), events: ["cap_near"]).events == [.capNear])
    }

    @Test(arguments: [
        ([], [], "no_program"), ([""], [], "no_program"), (["A=B", "x"], [], "not_a_program"),
        (["-i", "x"], [], "not_a_program"), (["true"], ["camera_gone"], "unknown_event"),
    ])
    func `that cannot be is refused`(words: [String], events: [String], label: String) throws {
        let error = #expect(throws: EventHandlerError.self) { try EventHandler(.command(words), events: events) }
        #expect(error?.label == label)
    }
}

extension MonitoringMessage {
    fileprivate var label: String? {
        if case .notTold(_, _, let reason) = self { reason.label } else { nil }
    }
}
