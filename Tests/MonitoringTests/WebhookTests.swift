import HTTP
import Monitoring
import NIOCore
import TestSupport
import Testing
import Vocabulary

@Suite struct `A webhook` {
    private func post(_ answer: ScriptedAnswer) async throws -> (HTTPError?, [ScriptedRequest]) {
        try await ScriptedServer.with(answer) { server in
            let webhook = try Webhook(parsing: "http://u:p@127.0.0.1:\(server.port)/services/T0/canary?x=canary")
            #expect(webhook.description == "http://127.0.0.1:\(server.port)")
            var dumped = String(reflecting: webhook)
            dump(webhook, to: &dumped)
            #expect(!dumped.contains("canary"))
            let error = try await withConnections { connections in
                await thrown {
                    try await webhook.post(ByteBuffer(string: #"{"event": "back"}"#), through: connections)
                }
            }
            return (error, server.requests)
        }
    }

    @Test func `is posted a document`() async throws {
        let (error, requests) = try await post(.http(204))
        #expect(error == nil)
        #expect(requests.map(\.method) == ["POST"])
        #expect(requests.first?.target == "/services/T0/canary?x=canary")
        #expect(requests.first?.body == #"{"event": "back"}"#)
        #expect(requests.first?.header("Authorization") == "Basic dTpw")
    }

    @Test func `that redirects or refuses fails, and its address is not told`() async throws {
        for answer in [ScriptedAnswer.redirect(to: "/"), .http(404), .http(500)] {
            let (error, requests) = try await post(answer)
            #expect(requests.count == 1)
            #expect(error?.description.contains("webhook") == true)
            #expect(error?.message.contains("canary") == false)
        }
    }

    @Test func `that is no address is refused by that name`() async {
        #expect(await thrown { try Webhook(parsing: "ftp://host/x") }?.label == "webhook_unsupported_scheme")
    }
}

/// The error that `body` throws: HTTP's own.
private func thrown<Result>(_ body: () async throws -> Result) async -> HTTPError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? HTTPError
    }
}
