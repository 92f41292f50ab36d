import Simulator
import Testing
import Vocabulary

@Suite struct `The simulated OctoPrint` {
    private func job(_ tunnel: SimulatedTunnel, key: String = "k") async throws -> String {
        try await RawClient.send(tunnel.endpoint + "/api/job", headers: ["X-Api-Key": key]).text
    }

    private func control(_ tunnel: SimulatedTunnel, _ body: String) async throws {
        let answer = try await RawClient.send(tunnel.controlURL, method: "POST", body: body)
        #expect(answer.status == 200, "\(answer.text)")
    }

    @Test func `tells its job to whoever has the key`() async throws {
        try await SimulatedTunnel.with(.small { $0.octoPrintKey = "k" }) { tunnel in
            let stranger = try await RawClient.send(tunnel.endpoint + "/api/job")
            #expect(stranger.status == 403)
            tunnel.advance(by: .seconds(960))
            let job = try await job(tunnel)
            #expect(job.contains(#""completion":50.0"#))
            #expect(job.contains(#""display":"Part №1001.gcode""#))
            #expect(job.contains(#""printTime":960,"printTimeLeft":900"#))
            #expect(job.contains(#""state":"Printing""#))
        }
    }

    @Test func `has null for what it has no value for`() async throws {
        try await SimulatedTunnel.with(.small { $0.startsPrinting = false }) { tunnel in
            let job = try await job(tunnel)
            #expect(job.contains(#""display":null,"name":null"#))
            #expect(job.contains(#""completion":null"#) && job.contains(#""state":"Operational""#))
        }
    }

    @Test func `holds a print and goes on with it where it was`() async throws {
        try await SimulatedTunnel.with(.small()) { tunnel in
            tunnel.advance(by: .seconds(960))
            try await control(tunnel, #"{"print": "pause"}"#)
            tunnel.advance(by: .seconds(5000))
            #expect(try await job(tunnel).contains(#""state":"Paused""#))
            #expect(try await job(tunnel).contains(#""completion":50.0"#))
            #expect(tunnel.printer.moment(at: .seconds(500)).progress < 0.5, "the past stays as it was")
            try await control(tunnel, #"{"print": "resume"}"#)
            tunnel.advance(by: .seconds(450))
            #expect(try await job(tunnel).contains(#""completion":75.0"#))
            #expect(try await job(tunnel).contains(#""state":"Printing""#))
            tunnel.startPrint()
            tunnel.advance(by: .seconds(60))
            #expect(try await job(tunnel).contains(#""completion":0.0"#))
        }
    }

    @Test func `cancels a print, which takes it a moment`() async throws {
        try await SimulatedTunnel.with(.small()) { tunnel in
            tunnel.advance(by: .seconds(960))
            try await control(tunnel, #"{"print": "stop"}"#)
            #expect(try await job(tunnel).contains(#""state":"Cancelling""#))
            tunnel.advance(by: .seconds(10))
            #expect(try await job(tunnel).contains(#""state":"Operational""#))
            #expect(try await job(tunnel).contains(#""completion":50.0"#))
        }
    }

    @Test func `refuses what it cannot do with a print`() async throws {
        try await SimulatedTunnel.with { tunnel in
            for body in [#"{"print": "explode"}"#, #"{"octoprint_key": "perhaps"}"#, #"{"prediction": "high"}"#] {
                let answer = try await RawClient.send(tunnel.controlURL, method: "POST", body: body)
                #expect(answer.status == 400)
            }
        }
    }

    // MARK: Application keys

    private func ask(_ tunnel: SimulatedTunnel, _ body: String = #"{"app": "Printlapse"}"#) async throws
        -> RawClient.Answer
    {
        try await RawClient.send(
            tunnel.endpoint + "/plugin/appkeys/request", method: "POST",
            headers: ["Content-Type": "application/json"], body: body)
    }

    private func poll(_ tunnel: SimulatedTunnel, _ token: String) async throws -> RawClient.Answer {
        try await RawClient.send(tunnel.endpoint + "/plugin/appkeys/request/" + token)
    }

    /// The text of a JSON object's field.
    private func field(_ name: String, of answer: RawClient.Answer) throws -> String {
        let words = answer.text.split(separator: "\"").map(String.init)
        return words[try #require(words.firstIndex(of: name)) + 2]
    }

    @Test func `gives an app a key when its user allows it, the same one each time`() async throws {
        try await SimulatedTunnel.with(.small { $0.octoPrintKey = "k" }) { tunnel in
            #expect(try await RawClient.send(tunnel.endpoint + "/plugin/appkeys/probe").status == 204)
            var keys: Set<String> = []
            for app in ["Printlapse", "PRINTLAPSE"] {
                let asked = try await ask(tunnel, #"{"app": "\#(app)"}"#)
                #expect(asked.status == 201)
                let token = try field("app_token", of: asked)
                #expect(asked.header("Location") == "http://127.0.0.1:5000/plugin/appkeys/request/\(token)")
                #expect(try await poll(tunnel, token).status == 202)
                try await control(tunnel, #"{"octoprint_key": "allow"}"#)
                let granted = try await poll(tunnel, token)
                #expect(granted.status == 200)
                keys.insert(try field("api_key", of: granted))
                #expect(try await poll(tunnel, token).status == 404, "it is handed out once")
            }
            #expect(keys.count == 1)
            #expect(try await job(tunnel, key: keys.first ?? "").contains(#""state":"Printing""#))
        }
    }

    @Test func `knows a request no more that was denied, or that nobody asked after for 5 s`() async throws {
        let clock = StoppedClock(Timestamp(seconds: 1_795_442_400))
        try await SimulatedTunnel.with(.small { $0.now = { clock.now } }) { tunnel in
            let denied = try field("app_token", of: try await ask(tunnel))
            #expect(tunnel.decideKeyRequests(.deny) == 1)
            #expect(try await poll(tunnel, denied).status == 404)

            let token = try field("app_token", of: try await ask(tunnel))
            for _ in 0..<3 {
                clock.now = clock.now + .seconds(4)
                #expect(try await poll(tunnel, token).status == 202)
            }
            clock.now = clock.now + .seconds(6)
            #expect(try await poll(tunnel, token).status == 404)
            #expect(tunnel.decideKeyRequests(.allow) == 0)
        }
    }

    @Test func `understands no request without an app`() async throws {
        try await SimulatedTunnel.with { tunnel in
            for body in ["{}", "app=Printlapse"] {
                let answer = try await ask(tunnel, body)
                #expect(answer.status == 400)
            }
        }
    }
}
