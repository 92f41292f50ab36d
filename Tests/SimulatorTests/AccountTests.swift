import Simulator
import Testing
import Vocabulary

@Suite struct `The authorization page` {
    @Test func `redirects as the real one does, raw and without a slash`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let page = try await RawClient.send(
                tunnel.authorizationURL + "?app=Great%20App&success_redirect_url=http://127.0.0.1:9/done")
            #expect(page.status == 200)
            #expect(page.text.contains(">Great App<"))
            #expect(page.text.contains("window.location.replace(`${redirectUrl}?tunnel_endpoint=${tunnelEndpoint}`)"))
        }
    }

    @Test func `escapes the app's name`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let page = try await RawClient.send(
                tunnel.authorizationURL + "?app=%3Cscript%3Ealert(1)%3C/script%3E%22%27")
            #expect(!page.text.contains("<script>alert"))
            #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;"))
        }
    }

    @Test(arguments: [
        (String(repeating: "a", count: 64), 200), (String(repeating: "a", count: 65), 400), ("Obico", 403),
    ])
    func `has rules for the app's name`(name: String, status: Int) async throws {
        try await SimulatedTunnel.with { tunnel in
            let page = try await RawClient.send(tunnel.authorizationURL + "?app=\(name)")
            #expect(page.status == status)
            let made = try await RawClient.send(
                tunnel.accountURL + "/api/v1/tunnels/", method: "POST",
                body: #"{"app_name": "\#(name)", "target_printer_id": 1}"#)
            #expect(made.status == (status == 200 ? 201 : status))
        }
    }

    @Test func `makes a new tunnel each time, and the earlier ones stay valid`() async throws {
        try await SimulatedTunnel.with { tunnel in
            var endpoints: Set<String> = [tunnel.endpoint]
            for _ in 0..<2 {
                let answer = try await RawClient.send(
                    tunnel.accountURL + "/api/v1/tunnels/", method: "POST", body: #"{"app_name": "Printlapse"}"#)
                endpoints.insert(String(answer.text.split(separator: "\"")[3]))
            }
            #expect(endpoints.count == 3)
            for endpoint in endpoints {
                #expect(endpoint.wholeMatch(of: /http:\/\/[0-9a-f]{64}:[0-9a-f]{64}@127\.0\.0\.1:\d+/) != nil)
                let usage = try await RawClient.send(endpoint + "/_tsd_/tunnelusage/")
                #expect(usage.status == 200)
            }
        }
    }

    @Test func `shows a welcome page for somebody else's printer, and a last page without a redirect`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let stranger = try await RawClient.send(tunnel.authorizationURL + "?app=A&printer_id=99")
            #expect(stranger.status == 200 && !stranger.text.contains("tunnel_endpoint"))
            let end = try await RawClient.send(tunnel.accountURL + "/tunnels/succeeded/?tunnel_endpoint=x")
            #expect(end.status == 200)
        }
    }
}

@Suite struct `The control endpoint` {
    @Test func `tells the state and changes it`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let answer = try await RawClient.send(
                tunnel.controlURL, method: "POST",
                body: #"{"fault": ["torn:3", "503 on usage"], "usage": 77, "cap": 1000, "advance": "16m"}"#)
            #expect(answer.status == 200)
            #expect(tunnel.faults.map(\.description) == ["torn:3", "503 on usage"])
            #expect(tunnel.used == ByteCount(77))
            #expect(tunnel.elapsed == .seconds(960))
            let state = try await RawClient.send(tunnel.controlURL)
            for part in [
                #""monthly_cap":1000"#, #""phase":"printing""#, #""print":1001"#, #""total":77"#, #""progress":0.5"#,
            ] {
                #expect(state.text.contains(part))
            }
            #expect(!state.text.contains(tunnel.endpoint.dropFirst(7).prefix(64)))
        }
    }

    @Test func `clears faults, by name or all`() async throws {
        try await SimulatedTunnel.with { tunnel in
            for fault in [Fault(.torn), Fault(.null), Fault(.gzip)] { tunnel.set(fault) }
            _ = try await RawClient.send(tunnel.controlURL, method: "POST", body: #"{"clear": "null"}"#)
            #expect(tunnel.faults.map(\.kind) == [.torn, .gzip])
            _ = try await RawClient.send(tunnel.controlURL, method: "POST", body: #"{"clear": true}"#)
            #expect(tunnel.faults.isEmpty)
        }
    }

    @Test func `starts and stops prints`() async throws {
        try await SimulatedTunnel.with(.small { $0.startsPrinting = false }) { tunnel in
            let idle = try await RawClient.send(tunnel.controlURL)
            #expect(idle.text.contains(#""phase":"idle""#))
            let started = try await RawClient.send(tunnel.controlURL, method: "POST", body: #"{"print": "start"}"#)
            #expect(started.text.contains(#""phase":"warming_up""#))
            let stopped = try await RawClient.send(tunnel.controlURL, method: "POST", body: #"{"print": "stop"}"#)
            #expect(stopped.text.contains(#""phase":"finished""#))
        }
    }

    @Test(arguments: ["", "[]", #"{"fault": "sour"}"#, #"{"usage": 5, "print": "explode"}"#, #"{"advance": "soon"}"#])
    func `does nothing of what it does not understand whole`(body: String) async throws {
        try await SimulatedTunnel.with { tunnel in
            let answer = try await RawClient.send(tunnel.controlURL, method: "POST", body: body)
            #expect(answer.status == 400)
            #expect(tunnel.used == .zero && tunnel.faults.isEmpty)
        }
    }
}

@Suite struct `A simulation` {
    @Test func `refuses a port that is taken`() async throws {
        try await SimulatedTunnel.with { tunnel in
            var settings = SimulatorSettings()
            settings.accountPort = RawClient.Address(tunnel.endpoint).port
            let taken = settings
            await #expect(throws: SimulatorError.self) { try await SimulatedTunnel.start(taken) }
        }
    }

    @Test func `frees its ports when it stops, though a client waits for an answer that never comes`() async throws {
        var settings = SimulatorSettings()
        settings.faults = [Fault(.silent, on: [.usage])]
        let tunnel = try await SimulatedTunnel.start(settings)
        let endpoint = tunnel.endpoint
        async let waiting = RawClient.send(endpoint + "/_tsd_/tunnelusage/")
        while tunnel.requests.isEmpty { await Task.yield() }
        await tunnel.stop()
        #expect(try await waiting.ending != .silent)
        settings.tunnelPort = RawClient.Address(endpoint).port
        let again = try await SimulatedTunnel.start(settings)
        #expect(RawClient.Address(again.endpoint).port == settings.tunnelPort)
        await again.stop()
    }

    @Test func `runs faster than the clock when told to`() async throws {
        let instant = Timestamp(seconds: 1_795_442_400)
        let clock = StoppedClock(instant)
        let settings = SimulatorSettings.small { settings in
            settings.speed = 100
            settings.taggedEvery = 0
            settings.now = { clock.now }
        }
        try await SimulatedTunnel.with(settings) { tunnel in
            clock.now = instant + .milliseconds(100)
            #expect(tunnel.elapsed == .seconds(10))
            let url = try #require(try await tunnel.announced())
            #expect(url.contains("/1795442410.jpg"))
        }
    }
}
