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

    @Test func `answers 401 to anybody else, before it looks at the path`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let port = RawClient.Address(tunnel.endpoint).port
            for path in ["/_tsd_/tunnelusage/", "/_tsd_/webcam/0/", "/api/version", "/nowhere"] {
                let stranger = try await RawClient.send("http://127.0.0.1:\(port)\(path)")
                #expect(stranger.status == 401)
                let guess = try await RawClient.send("http://user:wrong@127.0.0.1:\(port)\(path)")
                #expect(guess.status == 401)
            }
        }
    }

    @Test func `announces a picture that can be fetched without credentials`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let url = try #require(try await tunnel.announced())
            let answer = try await RawClient.send(url)
            #expect(answer.status == 200)
            #expect(answer.body.starts(with: [0xff, 0xd8]))
            #expect(answer.body.suffix(2) == [0xff, 0xd9])
            #expect(answer.header("Content-Length") == "\(answer.body.count)")
        }
    }
}
