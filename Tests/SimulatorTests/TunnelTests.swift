import Simulator
import Testing
import Vocabulary

@Suite struct `The simulated tunnel` {
    @Test func `answers its usage API to whoever has the credentials`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let answer = try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/")
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix(#"{"total": 0, "monthly_cap": 314572800.0, "reset_in_seconds": "#))
        }
    }

    @Test func `counts to the reset in whole days, later than the true one`() async throws {
        // 2026-11-23T14:00:00Z, seven days and ten hours before the month's end.
        let instant = try Timestamp(parsing: "2026-11-23T14:00:00Z", now: Timestamp(milliseconds: 0))
        try await SimulatedTunnel.with(.small(at: instant)) { tunnel in
            let late = try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/")
            #expect(late.text.hasSuffix(#""reset_in_seconds": 691200.0}"#))
        }
        try await SimulatedTunnel.with(.small(at: instant) { $0.resetsLate = false }) { tunnel in
            let exact = try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/")
            #expect(exact.text.hasSuffix(#""reset_in_seconds": 640800.0}"#))
        }
    }

    @Test func `says -1 for an account without a cap`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.setMonthlyCap(nil)
            let answer = try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/")
            #expect(answer.text.contains(#""monthly_cap": -1,"#))
        }
    }

    @Test func `begins a new month with nothing used`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.setUsed(ByteCount(5000))
            #expect(tunnel.used == ByteCount(5000))
            tunnel.advance(by: .seconds(40 * 86_400))
            #expect(tunnel.used == .zero)
        }
    }

    @Test func `answers 401 to anybody else, before it looks at the path or at a fault`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.set(try Fault(parsing: "503 on everything"))
            let port = RawClient.Address(tunnel.endpoint).port
            for path in ["/_tsd_/tunnelusage/", "/_tsd_/webcam/0/", "/api/version", "/nowhere"] {
                for user in ["", "user:wrong@"] {
                    let answer = try await RawClient.send("http://\(user)127.0.0.1:\(port)\(path)")
                    #expect(answer.status == 401)
                }
            }
        }
    }

    @Test func `knows its paths exactly`() async throws {
        try await SimulatedTunnel.with { tunnel in
            for path in ["/_tsd_/webcam/0", "/_tsd_/webcam/1/", "/_tsd_/tunnelusage", "/_tsd_/"] {
                let answer = try await RawClient.send(tunnel.endpoint + path)
                #expect(answer.status == 404)
                #expect(answer.header("Content-Type")?.hasPrefix("text/html") == true)
            }
        }
    }

    @Test func `takes a doubled slash for a call to OctoPrint`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let answer = try await RawClient.send(tunnel.endpoint + "//_tsd_/tunnelusage/")
            #expect(answer.status == 482)
        }
    }

    @Test func `counts the bodies of proxied calls and nothing else`() async throws {
        try await SimulatedTunnel.with { tunnel in
            _ = try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/")
            let url = try #require(try await tunnel.announced())
            _ = try await RawClient.send(url)
            #expect(tunnel.used == .zero)
            let version = try await RawClient.send(tunnel.endpoint + "/api/version")
            let live = try await RawClient.send(tunnel.endpoint + "/webcam/?action=snapshot")
            #expect(live.body.starts(with: [0xff, 0xd8]))
            #expect(tunnel.used == ByteCount(version.body.count + live.body.count))
        }
    }

    @Test func `refuses proxied calls beyond 1.1 times the cap, and only those`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.setMonthlyCap(ByteCount(1000))
            tunnel.setUsed(ByteCount(1100))
            let allowed = try await RawClient.send(tunnel.endpoint + "/api/version")
            #expect(allowed.status == 200)
            let refused = try await RawClient.send(tunnel.endpoint + "/api/version")
            #expect(refused.status == 481)
            let usage = try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/")
            #expect(usage.status == 200)
        }
    }

    @Test func `checks 401, 481, 482 and 483 in this order`() async throws {
        try await SimulatedTunnel.with { tunnel in
            for status in [483, 482, 481, 401] {
                tunnel.set(Fault(.status(status)))
                let answer = try await RawClient.send(tunnel.endpoint + "/api/version")
                #expect(answer.status == status)
            }
        }
    }

    @Test func `finds the account over its cap before it finds the printer gone`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.setMonthlyCap(ByteCount(1000))
            tunnel.setUsed(ByteCount(5000))
            tunnel.set(Fault(.status(482)))
            let answer = try await RawClient.send(tunnel.endpoint + "/api/version")
            #expect(answer.status == 481)
        }
    }

    @Test func `says how its print goes, as the failure detection sees it`() async throws {
        try await SimulatedTunnel.with(.small { $0.startsPrinting = false }) { tunnel in
            func prediction() async throws -> String {
                try await RawClient.send(tunnel.endpoint + "/_tsd_/prediction/").text
            }
            #expect(try await prediction() == #"{"normalized_p": 0.0}"#)
            tunnel.startPrint()
            tunnel.advance(by: .seconds(600))
            #expect(try await prediction().contains(/"normalized_p": 0\.[01]\d+/))
            _ = try await RawClient.send(tunnel.controlURL, method: "POST", body: #"{"prediction": 0.75}"#)
            #expect(try await prediction() == #"{"normalized_p": 0.75}"#)
            #expect(tunnel.used == .zero)
        }
    }

    @Test func `records what it was asked, the newest only`() async throws {
        try await SimulatedTunnel.with(.small { $0.requestsKept = 2 }) { tunnel in
            for path in ["/one", "/two", "/three?x=1"] {
                _ = try await RawClient.send(tunnel.endpoint + path, headers: ["X-Mark": "here"])
            }
            #expect(tunnel.requests.map(\.path) == ["/two", "/three"])
            #expect(tunnel.requests.last?.target == "/three?x=1")
            #expect(tunnel.requests.last?.header("x-mark") == "here")
            #expect(tunnel.requests.last?.server == .tunnel)
            #expect(tunnel.requests.last?.status == 404)
        }
    }

    @Test func `lets its user revoke every tunnel`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.revokeTunnels()
            let answer = try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/")
            #expect(answer.status == 401)
        }
    }
}
