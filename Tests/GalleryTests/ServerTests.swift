import Archive
import Catalog
import Foundation
import Logging
import ServiceLifecycle
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Gallery

@Suite struct `The gallery's server` {
    /// A server over an archive, on a port of its own, and its end.
    fileprivate static func serve(
        _ wanted: GallerySettings = GallerySettings(), program: StubProgram = StubProgram(),
        _ body: (Int, FrameArchive) async throws -> Void
    ) async throws {
        let folder = try TemporaryArchive()
        let archive = try await folder.open()
        let catalog = try Catalog.open(at: folder.path)
        var settings = wanted
        settings.address = GalleryAddress(host: "127.0.0.1", port: 0)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = GalleryServer(of: catalog, settings, program: program) { port.yield($0.port) }
        let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: .init(label: "test")))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let listening = try #require(await iterator.next())
            try await body(listening, archive)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        try catalog.close()
        try await archive.close()
    }

    private static func with(_ change: (inout GallerySettings) -> Void) -> GallerySettings {
        var settings = GallerySettings()
        change(&settings)
        return settings
    }

    private func session(_ port: Int) async throws -> (cookie: String, token: String) {
        let answer = try await PlainAnswer.to("GET", "/api/v1/session", port: port)
        let cookie = try #require(answer.headers["set-cookie"]?.split(separator: ";").first)
        let record = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
        return (String(cookie), record["token"] as? String ?? "")
    }

    private static let mark = #"{"frames":[[1,1]],"excluded":true}"#
    private static let json = ("Content-Type", "application/json")

    @Test(arguments: ["/", "/js/main.js", "/api/v1/session", "/api/v1/nothing", "/nothing", "/api/v1/frames/0"])
    func `tells browsers on every answer what the page may do`(path: String) async throws {
        try await Self.serve { port, _ in
            let answer = try await PlainAnswer.to("GET", path, port: port)
            #expect(answer.headers["content-security-policy"]?.contains("default-src 'self'") == true)
            #expect(answer.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.headers["cross-origin-resource-policy"] == "same-origin")
            #expect(answer.headers["referrer-policy"] == "no-referrer")
            #expect(!answer.body.contains("unsafe-inline"))
        }
    }

    @Test func `answers under its own names alone`() async throws {
        try await Self.serve { port, _ in
            for (host, status) in [("evil.example", 421), ("evil.example:\(port)", 421), ("localhost:\(port)", 200)] {
                for path in ["/", "/api/v1/session"] {
                    let answer = try await PlainAnswer.to("GET", path, port: port, headers: [("Host", host)])
                    #expect(answer.status == status)
                }
            }
        }
    }

    @Test(arguments: [
        "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/js/%2e%2e/index.html", "/js//main.js", "/.hidden",
        "//etc/passwd",
    ])
    func `gives no file but its own`(path: String) async throws {
        let folder = try TemporaryArchive()
        for assets in [nil, folder.folder.url.path] {
            try await Self.serve(Self.with { $0.assetsFolder = assets }) { port, _ in
                do {
                    let status = try await PlainAnswer.to("GET", path, port: port).status
                    #expect(status == 404)
                }
            }
        }
    }

    @Test func `changes nothing unless it is allowed to`() async throws {
        let program = StubProgram()
        try await Self.serve(program: program) { port, _ in
            let visitor = try await session(port)
            let answer = try await PlainAnswer.to(
                "POST", "/api/v1/marks", port: port,
                headers: [("Cookie", visitor.cookie), ("X-Printlapse-Token", visitor.token), Self.json], body: Self.mark
            )
            #expect(answer.status == 403)
            #expect(answer.body.contains(#""label":"read_only""#))
        }
        #expect(program.markings == 0)
    }

    @Test func `changes something only for a page of its own, with the session's token`() async throws {
        let program = StubProgram()
        try await Self.serve(Self.with { $0.allowsChanges = true }, program: program) { port, _ in
            let visitor = try await session(port)
            let right = [("Cookie", visitor.cookie), ("X-Printlapse-Token", visitor.token), Self.json]
            let wrong: [([(String, String)], Int, String)] = [
                ([("Cookie", visitor.cookie), Self.json], 403, "token"),
                ([("X-Printlapse-Token", visitor.token), Self.json], 403, "token"),
                ([("Cookie", visitor.cookie), ("X-Printlapse-Token", "0"), Self.json], 403, "token"),
                (right + [("Sec-Fetch-Site", "cross-site")], 403, "cross_site"),
                (right + [("Sec-Fetch-Site", "same-site")], 403, "cross_site"),
                (right + [("Origin", "http://evil.example")], 403, "cross_site"),
                (right + [("Origin", "null")], 403, "cross_site"),
                (
                    [
                        ("Cookie", visitor.cookie), ("X-Printlapse-Token", visitor.token),
                        ("Content-Type", "text/plain"),
                    ], 415, "media_type"
                ),
            ]
            for (headers, status, label) in wrong {
                let answer = try await PlainAnswer.to(
                    "POST", "/api/v1/marks", port: port, headers: headers, body: Self.mark)
                #expect(answer.status == status, "\(headers)")
                #expect(answer.body.contains("\"label\":\"\(label)\""), "\(headers)")
            }
            #expect(program.markings == 0)
            do {
                let status = try await PlainAnswer.to("GET", "/api/v1/marks", port: port, headers: right).status
                #expect(status == 405)
            }
            let answer = try await PlainAnswer.to(
                "POST", "/api/v1/marks", port: port,
                headers: right + [("Origin", "http://127.0.0.1:\(port)"), ("Sec-Fetch-Site", "same-origin")],
                body: Self.mark)
            #expect(answer.status == 200)
            #expect(program.markings == 1)
            let refused = try await PlainAnswer.to(
                "POST", "/api/v1/timelapses", port: port, headers: right, body: #"{"camera":"printer"}"#)
            #expect(refused.status == 400)
            #expect(refused.body.contains("Nothing can be made here."))
        }
    }

    @Test(arguments: [
        "", "{", "[]", "{}", #"{"frames":[[1,1]]}"#, #"{"frames":[],"excluded":true}"#,
        #"{"frames":[[2,1]],"pinned":true}"#,
        #"{"frames":[[0,1]],"pinned":true}"#, #"{"print":1,"frames":[[1,1]],"pinned":true}"#,
        #"{"print":1,"pinned":true,"excluded":true}"#, #"{"print":1,"exclude":true}"#, #"{"print":1,"note":"a\nb"}"#,
        #"{"print":"1","pinned":true}"#, #"{"print":1e400,"pinned":true}"#,
    ])
    func `refuses a mark that is none, and says why`(body: String) async throws {
        try await Self.serve(Self.with { $0.allowsChanges = true }) { port, _ in
            let visitor = try await session(port)
            let answer = try await PlainAnswer.to(
                "POST", "/api/v1/marks", port: port,
                headers: [("Cookie", visitor.cookie), ("X-Printlapse-Token", visitor.token), Self.json], body: body)
            #expect(answer.status == 400)
            #expect(answer.body.contains(#""label":"bad_request""#))
        }
    }

    @Test func `reads no more of a body than there can be`() async throws {
        try await Self.serve(Self.with { $0.allowsChanges = true }) { port, _ in
            let visitor = try await session(port)
            let answer = try await PlainAnswer.to(
                "POST", "/api/v1/marks", port: port,
                headers: [("Cookie", visitor.cookie), ("X-Printlapse-Token", visitor.token), Self.json],
                body: #"{"frames":["# + String(repeating: " ", count: Visit.largestBody) + "]}")
            #expect(answer.status == 413)
        }
    }

    @Test func `with a password shows nothing but the page to who does not know it`() async throws {
        let password = try #require(PasswordHash(of: "benchy in blue"))
        try await Self.serve(Self.with { $0.password = password }) { port, _ in
            do {
                let status = try await PlainAnswer.to("GET", "/", port: port).status
                #expect(status == 200)
            }
            for operation in Operation.all where operation.kind == .read {
                let path = operation.path.replacing(#/\{[a-z]+\}/#, with: "1")
                do {
                    let status = try await PlainAnswer.to("GET", "/api/v1/" + path, port: port).status
                    #expect(status == 401, "\(path)")
                }
            }
            do {
                let status = try await PlainAnswer.to("GET", "/api/v1/session", port: port).status
                #expect(status == 401)
            }
            func logIn(_ word: String) async throws -> PlainAnswer {
                try await PlainAnswer.to(
                    "POST", "/api/v1/login", port: port, headers: [Self.json], body: "{\"password\":\"\(word)\"}")
            }
            #expect(try await logIn("benchy in red").status == 401)
            let answer = try await logIn("benchy in blue")
            #expect(answer.status == 204)
            let cookie = try #require(answer.headers["set-cookie"])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
            let told = [("Cookie", String(try #require(cookie.split(separator: ";").first)))]
            do {
                let status = try await PlainAnswer.to("GET", "/api/v1/session", port: port, headers: told).status
                #expect(status == 200)
            }
            do {
                let status = try await PlainAnswer.to("GET", "/api/v1/cameras", port: port, headers: told).status
                #expect(status == 200)
            }
            // From the third on each is looked at later: on a machine so busy that an attempt takes a second, not yet the fourth.
            var late = try await logIn("wrong")
            for _ in 0..<10 where late.status == 401 { late = try await logIn("wrong") }
            #expect(late.status == 429)
            #expect(late.headers["retry-after"] != nil)
        }
    }

    @Test func `behind a proxy lets in whom that names`() async throws {
        try await Self.serve(Self.with { $0.proxyHeader = "X-Forwarded-User" }) { port, _ in
            do {
                let status = try await PlainAnswer.to("GET", "/api/v1/cameras", port: port).status
                #expect(status == 401)
            }
            let named = [("X-Forwarded-User", "ann")]
            do {
                let status = try await PlainAnswer.to("GET", "/api/v1/cameras", port: port, headers: named).status
                #expect(status == 200)
            }
        }
    }

    @Test func `answers HEAD as GET without its body, and says which methods there are`() async throws {
        try await Self.serve { port, _ in
            let (whole, head) = (
                try await PlainAnswer.to("GET", "/", port: port), try await PlainAnswer.to("HEAD", "/", port: port)
            )
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(head.headers["content-length"] == whole.headers["content-length"])
            #expect(head.headers["etag"] == whole.headers["etag"])
            let known = [("If-None-Match", whole.headers["etag"] ?? "")]
            do {
                let status = try await PlainAnswer.to("GET", "/", port: port, headers: known).status
                #expect(status == 304)
            }
            let answer = try await PlainAnswer.to("DELETE", "/api/v1/cameras", port: port)
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "GET, HEAD")
        }
    }

    @Test func `tells a frame when it is committed, and lets listeners go when it ends`() async throws {
        try await Self.serve(program: StubProgram(cameras: [.printer])) { port, archive in
            let visitor = try PlainVisitor(port: port)
            defer { visitor.leave() }
            visitor.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let begin = await Self.beside { visitor.read { $0.contains("event: hello") } }
            #expect(begin.contains("text/event-stream"))
            // What was there before its first look is no news.
            let storing = Task {
                for slot in 1...40 {
                    try await archive.store(slot)
                    try await Task.sleep(for: .milliseconds(500))
                }
            }
            let news = await Self.beside { visitor.read { $0.contains("event: frame") && $0.contains("\n\n") } }
            storing.cancel()
            _ = await storing.result
            #expect(news.contains(#""camera":"printer""#))
        }
    }

    @Test func `has alerts by pages, and tells of new ones`() async throws {
        try await Self.serve { port, archive in
            @Sendable func log(_ number: Int) async throws {
                try await archive.log(
                    LoggedAlert(
                        at: .slot(number), kind: "alert \(number)", change: .happened, cameras: [],
                        message: "It happened."))
            }
            for number in 1...5 { try await log(number) }
            let first = try await PlainAnswer.to("GET", "/api/v1/alerts?limit=3", port: port).body
            #expect(
                first.contains(#""next":"3""#) && first.contains("alert 5") && !first.contains("alert 2"), "\(first)")
            let rest = try await PlainAnswer.to("GET", "/api/v1/alerts?limit=3&after=3", port: port).body
            #expect(rest.contains(#""next":null"#) && rest.contains("alert 2") && rest.contains("alert 1"), "\(rest)")
            for after in ["0", "x", "-1"] {
                #expect(try await PlainAnswer.to("GET", "/api/v1/alerts?after=\(after)", port: port).status == 400)
            }
            let visitor = try PlainVisitor(port: port)
            defer { visitor.leave() }
            visitor.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = await Self.beside { visitor.read { $0.contains("event: hello") } }
            // It looks each 2 s while somebody listens; what was there before its first look is no news.
            let adding = Task {
                for number in 6...40 {
                    try await Task.sleep(for: .milliseconds(500))
                    try await log(number)
                }
            }
            let news = await Self.beside { visitor.read { $0.contains("event: alert\n") } }
            adding.cancel()
            _ = await adding.result
            #expect(news.contains("event: alert\n"))
        }
    }

    @Test func `tells the frames that the program tells of, and does not look for others`() async throws {
        let program = StubProgram(cameras: [.printer], tellsFrames: true)
        try await Self.serve(program: program) { port, archive in
            let visitor = try PlainVisitor(port: port)
            defer { visitor.leave() }
            visitor.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = await Self.beside { visitor.read { $0.contains("event: hello") } }
            let first = try await archive.store(1)
            program.stored(first.id)
            let news = await Self.beside { visitor.read { $0.contains("event: frame") && $0.contains("\n\n") } }
            #expect(news.contains(#""id":\#(first.id.number),"#), "\(news)")
            // Two at once are one camera's newest alone.
            _ = try await archive.store(2)
            let third = try await archive.store(3)
            program.stored(third.id)
            let more = await Self.beside { visitor.read { $0.contains("event: frame") && $0.contains("\n\n") } }
            #expect(more.contains(#""id":\#(third.id.number),"#), "\(more)")
            #expect(!more.contains(#""id":2,"#))
        }
    }

    /// As a capture's does, which ends itself once its last frame is stored. What is called on a loop that is gone is
    /// told on the standard error output at best, and ends the program otherwise.
    @Test func `can be left at any moment of its end`() async throws {
        let ended = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let folder = try TemporaryArchive()
            let archive = try await folder.open()
            let catalog = try Catalog.open(at: folder.path)
            var settings = GallerySettings()
            settings.address = GalleryAddress(host: "127.0.0.1", port: 0)
            for _ in 0..<100 {
                let (ports, port) = AsyncStream.makeStream(of: Int.self)
                let server = GalleryServer(of: catalog, settings, program: StubProgram()) { port.yield($0.port) }
                let group = ServiceGroup(
                    configuration: .init(services: [.init(service: server)], logger: .init(label: "test")))
                let running = Task { try await group.run() }
                for await _ in ports { break }
                await group.triggerGracefulShutdown()
                running.cancel()
                _ = await running.result
            }
            try catalog.close()
            try await archive.close()
        }
        let errors = String(decoding: ended?.standardErrorContent ?? [], as: UTF8.self)
        #expect(!errors.contains("EventLoop"), "\(errors)")
    }

    @Test func `is not kept from answering by a thousand who say nothing`() async {
        // So many sockets are more than the library bears that starts the programs of other tests: it has a process to itself.
        await #expect(processExitsWith: .success) {
            try await `The gallery's server`.serve { port, _ in
                var idle: [PlainVisitor] = []
                defer { for visitor in idle { visitor.leave() } }
                for number in 0..<1000 {
                    let visitor = try PlainVisitor(port: port)
                    // Some begin a request and do not go on.
                    if number.isMultiple(of: 3) { visitor.send("GET / HTTP/1.1\r\nHost: loc") }
                    idle.append(visitor)
                }
                let status = try await PlainAnswer.to("GET", "/api/v1/session", port: port).status
                try #require(status == 200)
            }
        }
    }

    private static func beside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}
