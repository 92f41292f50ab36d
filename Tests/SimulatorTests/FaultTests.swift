import Simulator
import Testing
import Vocabulary

@Suite struct `A fault` {
    @Test(arguments: [
        "torn:3", "503:1 next 5", "429:1 retry-after 30", "slow=2s:2", "reset:1 next 1 on usage,webcam",
        "redirect=302,http://127.0.0.1:9/x every 2", "elsewhere=file:///etc/passwd:1", "drip=50ms:1", "hang-up:1",
    ])
    func `is written as it is read`(text: String) throws {
        let fault = try Fault(parsing: text)
        #expect(try Fault(parsing: fault.description) == fault)
    }

    @Test func `is understood word by word`() throws {
        #expect(try Fault(parsing: "torn:3") == Fault(.torn, every: 3))
        #expect(try Fault(parsing: "503 on webcam next 5") == Fault(.status(503), on: [.webcam], next: 5))
        #expect(try Fault(parsing: "slow=250ms every 2") == Fault(.slow(.milliseconds(250)), every: 2))
        #expect(try Fault(parsing: "429 retry-after 9e99").retryAfter == "9e99")
        #expect(try Fault(parsing: "reset on everything").places == Set(FaultPlace.allCases))
    }

    @Test(arguments: [
        "", "sour", "torn:0", "torn:x", "99", "slow=2", "null next -1", "503 on mars", "503 next", "redirect=200,x",
    ])
    func `is refused where it means nothing`(text: String) {
        #expect(throws: SimulatorError.self) { try Fault(parsing: text) }
    }

    @Test func `strikes at its rate, or so many times`() async throws {
        try await SimulatedTunnel.with { tunnel in
            func statuses(_ count: Int) async throws -> [Int] {
                var statuses: [Int] = []
                for _ in 0..<count {
                    statuses.append(try await RawClient.send(tunnel.endpoint + "/_tsd_/tunnelusage/").status)
                }
                return statuses
            }
            tunnel.set(try Fault(parsing: "503:3 on usage"))
            #expect(try await statuses(6) == [200, 200, 503, 200, 200, 503])
            tunnel.clearFaults()
            tunnel.set(try Fault(parsing: "500 next 2 on usage"))
            #expect(try await statuses(4) == [500, 500, 200, 200])
            #expect(tunnel.faults.isEmpty)
        }
    }

    @Test(arguments: [401, 403, 404, 429, 481, 482, 483, 484, 500, 502, 503, 504])
    func `can be any status, with its Retry-After as it was given`(status: Int) async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.set(Fault(.status(status), on: [.octoprint, .picture], retryAfter: "-17"))
            let url = try #require(try await tunnel.announced())
            for address in [tunnel.endpoint + "/api/version", url] {
                let answer = try await RawClient.send(address)
                #expect(answer.status == status)
                #expect(status == 401 || answer.header("Retry-After") == "-17")
            }
        }
    }
}

@Suite struct `A picture that is spoiled` {
    /// The picture as it is and as a fault makes it.
    /// - Parameter eighths: how much of it is to come before patience begins.
    private func fetch(
        _ fault: String, limit: Int = 4_000_000, eighths: Int? = nil, patience: Duration = .seconds(20)
    ) async throws -> (good: [UInt8], bad: RawClient.Answer) {
        try await SimulatedTunnel.with { tunnel in
            let url = try #require(try await tunnel.announced())
            let good = try await RawClient.send(url)
            tunnel.set(try Fault(parsing: fault))
            let least = eighths.map { good.body.count * $0 / 8 }
            return (good.body, try await RawClient.send(url, limit: limit, least: least, patience: patience))
        }
    }

    @Test func `is truncated with a Content-Length that matches`() async throws {
        let (good, bad) = try await fetch("truncated")
        #expect(bad.status == 200)
        #expect(bad.header("Content-Length") == "\(bad.body.count)")
        #expect(bad.body.count < good.count && good.starts(with: bad.body))
    }

    @Test func `is empty`() async throws {
        let (_, bad) = try await fetch("empty")
        #expect(bad.status == 200 && bad.body.isEmpty && bad.header("Content-Length") == "0")
    }

    @Test func `ends before its Content-Length`() async throws {
        let (good, bad) = try await fetch("short")
        #expect(bad.header("Content-Length") == "\(good.count)")
        #expect(bad.body.count < good.count && bad.ending == .closed)
    }

    @Test(arguments: [("stalled", 5), ("stalled-head", 0)])
    func `ends before its Content-Length, and the connection stays open`(fault: String, eighths: Int) async throws {
        let (good, bad) = try await fetch(fault, eighths: eighths, patience: .milliseconds(300))
        #expect(bad.header("Content-Length") == "\(good.count)")
        #expect(bad.body.count == good.count * eighths / 8 && bad.ending == .silent)
    }

    @Test func `is torn in all the ways that were seen, in turn`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let url = try #require(try await tunnel.announced())
            let whole = try await RawClient.send(url).body.count
            tunnel.set(try Fault(parsing: "torn"))
            let part = whole * 5 / 8
            for (body, length) in [(part, part), (0, 0), (part, whole), (0, whole), (part, whole)] {
                let answer = try await RawClient.send(url, least: body, patience: .milliseconds(300))
                #expect(answer.body.count == body && answer.header("Content-Length") == "\(length)")
            }
        }
    }

    @Test func `has the beginning of another after its end`() async throws {
        let (good, bad) = try await fetch("surplus")
        #expect(bad.body.count > good.count && bad.body.starts(with: good))
        #expect(bad.header("Content-Length") == "\(bad.body.count)")
    }

    @Test func `breaks off by a reset`() async throws {
        let (good, bad) = try await fetch("reset")
        #expect(bad.ending == .reset)
        #expect(bad.body.count < good.count)
    }

    @Test func `breaks off inside a chunk`() async throws {
        let (_, bad) = try await fetch("cut-chunk")
        #expect(bad.header("Transfer-Encoding") == "chunked")
        #expect(bad.dechunked == nil && bad.ending == .closed)
    }

    @Test func `never comes`() async throws {
        let silent = try await fetch("silent", patience: .milliseconds(300)).bad
        #expect(silent.status == 0 && silent.ending == .silent)
        let hungUp = try await fetch("hang-up").bad
        #expect(hungUp.status == 0 && hungUp.ending == .closed)
    }

    @Test func `drips`() async throws {
        let (good, bad) = try await fetch("drip=1ms", eighths: 1, patience: .milliseconds(300))
        #expect(bad.status == 200 && bad.ending == .silent)
        #expect(!bad.body.isEmpty && bad.body.count < good.count)
    }

    @Test func `comes late, and whole`() async throws {
        let (good, bad) = try await fetch("slow=200ms")
        #expect(bad.body == good)
        let early = try await fetch("slow=10m", patience: .milliseconds(300)).bad
        #expect(early.ending == .silent && early.status == 0)
    }

    @Test func `never ends`() async throws {
        let (_, bad) = try await fetch("endless", limit: 10_000_000)
        #expect(bad.body.count > 9_000_000)
    }

    @Test func `lies about its length`() async throws {
        let (good, bad) = try await fetch("huge-length", eighths: 8, patience: .milliseconds(500))
        #expect(bad.header("Content-Length") == "9223372036854775807")
        #expect(bad.body == good && bad.ending == .silent)
    }

    @Test func `is gzipped although nobody asked`() async throws {
        let (good, bad) = try await fetch("gzip")
        #expect(bad.header("Content-Encoding") == "gzip")
        #expect(try unzipped(try #require(bad.dechunked), with: ["gzip", "-dc"]) == good)
    }

    @Test func `is brotli although nobody asked`() async throws {
        let (good, bad) = try await fetch("brotli")
        #expect(bad.header("Content-Encoding") == "br")
        // One uncompressed meta-block: three bytes of header, the picture, one byte that ends the stream.
        let body = try #require(bad.dechunked)
        #expect(Array(body.dropFirst(3).dropLast()) == good)
    }

    @Test func `is a bomb`() async throws {
        let (_, bad) = try await fetch("bomb")
        let bomb = try #require(bad.dechunked)
        #expect(bomb.count < 2_000_000)
        let opened = try unzipped(bomb, with: ["sh", "-c", "gzip -dc | head -c 20000000 | wc -c"])
        #expect(String(decoding: opened, as: UTF8.self).contains("20000000"))
    }

    @Test(arguments: [("html", "text/html", "<!doctype html>"), ("json", "application/json", "{")])
    func `is something else`(fault: String, type: String, start: String) async throws {
        let bad = try await fetch(fault).bad
        #expect(bad.status == 200)
        #expect(bad.header("Content-Type")?.hasPrefix(type) == true)
        #expect(bad.text.hasPrefix(start))
    }

    @Test func `is elsewhere`() async throws {
        let bad = try await fetch("redirect=307,http://127.0.0.1:9/elsewhere").bad
        #expect(bad.status == 307 && bad.header("Location") == "http://127.0.0.1:9/elsewhere")
    }
}

@Suite struct `An answer of the webcam API that is spoiled` {
    @Test(arguments: [
        ("null", #"{"snapshot": null}"#), ("absent", "{}"), ("number", #"{"snapshot": 42}"#),
        ("relative", #"{"snapshot": "/media/"#), ("unreachable", #"{"snapshot": "http://localhost:3334/media/"#),
        ("elsewhere=file:///etc/passwd", #"{"snapshot": "file:///etc/passwd"}"#),
    ])
    func `has another value`(fault: String, start: String) async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.set(try Fault(parsing: fault))
            let answer = try await RawClient.send(tunnel.endpoint + "/_tsd_/webcam/0/")
            #expect(answer.status == 200 && answer.text.hasPrefix(start))
        }
    }

    @Test func `is a megabyte long`() async throws {
        try await SimulatedTunnel.with { tunnel in
            tunnel.set(Fault(.long))
            let answer = try await RawClient.send(tunnel.endpoint + "/_tsd_/webcam/0/")
            #expect(answer.body.count > 1_048_576)
        }
    }

    @Test func `stands still while stale, until the record is too old`() async throws {
        try await SimulatedTunnel.with { tunnel in
            let before = try await tunnel.announced()
            tunnel.set(Fault(.stale))
            tunnel.advance(by: .seconds(600))
            let stale = try await tunnel.announced()
            #expect(stale == before)
            tunnel.advance(by: .seconds(1300))
            let gone = try await tunnel.announced()
            #expect(gone == nil)
            tunnel.clear(.stale)
            let fresh = try await tunnel.announced()
            #expect(fresh != nil && fresh != before)
        }
    }
}
