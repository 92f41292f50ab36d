import Simulator
import Testing
import Vocabulary

@Suite struct `The simulated webcam API` {
    @Test func `announces a picture that is fetched without credentials`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let url = try #require(try await tunnel.announced())
            let answer = try await RawClient.send(url)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "image/jpeg")
            #expect(answer.header("Content-Length") == "\(answer.body.count)")
            #expect(answer.body.starts(with: [0xff, 0xd8]))
            #expect(answer.body.suffix(2) == [0xff, 0xd9])
            for name in ["ETag", "Last-Modified", "Cache-Control", "Date", "Content-Encoding"] {
                #expect(answer.header(name) == nil)
            }
        }
    }

    @Test func `has a new address for each picture while it prints, with printer, print and second in it`() async throws
    {
        try await SimulatedTunnel.with(.small(at: Timestamp(seconds: 1_795_442_400)) { $0.taggedEvery = 0 }) { tunnel in
            let first = try #require(try await tunnel.announced())
            #expect(first.contains("/raw/1/1001/1795442400.jpg?digest="))
            let again = try await tunnel.announced()
            #expect(again == first)
            tunnel.advance(by: .seconds(10))
            let next = try #require(try await tunnel.announced())
            #expect(next.contains("/raw/1/1001/1795442410.jpg?digest="))
            // Both stay what they are.
            let (old, new, oldAgain) = (
                try await RawClient.send(first), try await RawClient.send(next), try await RawClient.send(first)
            )
            #expect(old.status == 200 && old.body == oldAgain.body && old.body != new.body)
        }
    }

    @Test func `can name its pictures with a fraction of the second`() async throws {
        let instant = Timestamp(milliseconds: 1_795_442_400_250)
        try await SimulatedTunnel.with(.small(at: instant) { $0.namesHaveFractions = true }) { tunnel in
            tunnel.advance(by: .seconds(10))
            let url = try #require(try await tunnel.announced())
            #expect(url.contains("/raw/1/1001/1795442410.250000.jpg?digest="))
            let answer = try await RawClient.send(url)
            #expect(answer.status == 200)
        }
    }

    @Test func `announces one picture in so many tagged`() async throws {
        try await SimulatedTunnel.with(.small { $0.taggedEvery = 3 }) { tunnel in
            var variants: [String] = []
            for _ in 0..<6 {
                let url = try #require(try await tunnel.announced())
                variants.append(url.contains("/tagged/") ? "tagged" : "raw")
                tunnel.advance(by: .seconds(10))
            }
            #expect(variants == ["raw", "raw", "tagged", "raw", "raw", "tagged"])
        }
    }

    @Test func `has one address while it idles, whose picture is overwritten`() async throws {
        try await SimulatedTunnel.with(.small { $0.startsPrinting = false }) { tunnel in
            let first = try #require(try await tunnel.announced())
            #expect(first.contains("/snapshots/1/latest_unrotated.jpg?digest="))
            let before = try await RawClient.send(first)
            tunnel.advance(by: .seconds(10))
            let second = try await tunnel.announced()
            let after = try await RawClient.send(first)
            #expect(second == first)
            #expect(before.body != after.body)
        }
    }

    @Test func `goes on announcing a print's last picture whose file is gone, and then the idle one`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.advance(by: .seconds(605))
            let last = try #require(try await tunnel.announced())
            tunnel.stopPrint()
            let stillAnnounced = try await tunnel.announced()
            #expect(stillAnnounced == last)
            let gone = try await RawClient.send(last)
            #expect(gone.status == 404)
            tunnel.advance(by: .seconds(30))
            let idle = try await tunnel.announced()
            #expect(idle?.contains("latest_unrotated.jpg") == true)
        }
    }

    @Test func `forgets a picture after half an hour`() async throws {
        try await SimulatedTunnel.with(.small { $0.picturesWhileIdle = false }) { tunnel in
            tunnel.advance(by: .seconds(100))
            tunnel.stopPrint()
            tunnel.advance(by: .seconds(1780))
            let lingering = try await tunnel.announced()
            #expect(lingering != nil)
            tunnel.advance(by: .seconds(30))
            let forgotten = try await tunnel.announced()
            #expect(forgotten == nil)
        }
    }

    @Test func `gives each print its number and starts the next after the pause`() async throws {
        try await SimulatedTunnel.with { tunnel in
            #expect(tunnel.printer.moment(at: .seconds(30)).phase == .warmingUp)
            #expect(tunnel.printer.moment(at: .seconds(1000)).number == 1001)
            #expect(tunnel.printer.moment(at: .seconds(1900)).phase == .finished)
            #expect(tunnel.printer.moment(at: .seconds(2200)).number == 1002)
            tunnel.advance(by: .seconds(500))
            tunnel.startPrint()
            #expect(tunnel.printer.moment(at: tunnel.elapsed).number == 1002)
            #expect(tunnel.printer.moment(at: tunnel.elapsed).phase == .warmingUp)
        }
    }

    @Test(arguments: [("digest=", "digest=0", 403), ("?digest=", "?other=", 500), (".jpg", "0.jpg", 403)])
    func `refuses an address that was not signed`(from: String, to: String, status: Int) async throws {
        try await SimulatedTunnel.with { tunnel in
            let url = try #require(try await tunnel.announced())
            let answer = try await RawClient.send(url.replacing(from, with: to))
            #expect(answer.status == status)
        }
    }

    @Test func `gzips pictures for whoever accepts it, in chunks and without a length`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let url = try #require(try await tunnel.announced())
            let plain = try await RawClient.send(url, headers: ["Accept-Encoding": "identity"])
            let zipped = try await RawClient.send(url, headers: ["Accept-Encoding": "gzip, deflate"])
            #expect(zipped.header("Content-Encoding") == "gzip")
            #expect(zipped.header("Content-Length") == nil)
            #expect(zipped.header("Transfer-Encoding") == "chunked")
            let body = try #require(zipped.dechunked)
            #expect(try unzipped(body, with: ["gzip", "-dc"]) == plain.body)
        }
    }
}
