import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `Who may ask the gallery` {
    @Test(arguments: [
        ("127.0.0.1:8484", true), ("localhost", true), ("LOCALHOST:8484", true), ("[::1]:8484", true),
        ("192.168.1.7", true),
        ("printer.local", true), ("printer.local:80", true), ("evil.example", false), ("localhost.evil.example", false),
        ("localhost:80.evil.example", false), ("", false), ("[::1", false), ("printer.local.", false),
    ])
    func `is who names it by an address or one of its names`(authority: String, isRight: Bool) {
        var settings = GallerySettings()
        settings.hosts = ["Printer.local"]
        #expect(HostList(settings).allows(authority) == isRight)
        #expect(!HostList(settings).allows(nil))
    }

    @Test(arguments: [true, false])
    func `is a watcher without a session, where metrics are served`(servesMetrics: Bool) async throws {
        let archive = try TemporaryArchive()
        try await archive.open().close()
        var settings = GallerySettings()
        settings.password = PasswordHash(of: "benchy in blue")
        settings.servesMetrics = servesMetrics
        let gallery = Gallery(try Catalog.open(at: archive.path), settings, StubProgram())
        func status(_ path: String, _ method: HTTPRequest.Method = .get, host: String = "127.0.0.1") async -> (
            Int, String?
        ) {
            let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path)
            let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
            let response = await gallery.answer(request, from: "127.0.0.1")
            return (response.status.code, response.headers[.contentType])
        }
        let served = servesMetrics ? 200 : 404
        #expect(await status("/metrics").0 == served)
        #expect(await status("/healthz").0 == served)
        #expect(await status("/api/v1/status").0 == 401)
        guard servesMetrics else { return }
        #expect(await status("/metrics").1 == "text/plain; version=0.0.4; charset=utf-8")
        #expect(await status("/metrics", .head).0 == 200)
        #expect(await status("/metrics", .post).0 == 405)
        #expect(await status("/healthz", host: "evil.example").0 == 421)
        // An archive that is away is a reason to look after the program.
        try gallery.catalog.close()
        #expect(await status("/healthz").0 == 503)
    }

    @Test func `has a session that nobody else can write`() throws {
        let (signer, now) = (SessionSigner(), Timestamp(seconds: 1_800_000_000))
        let session = signer.begin(isLoggedIn: false, at: now)
        let text = signer.text(of: session)
        #expect(signer.session(from: text, at: now) == session)
        #expect(signer.session(from: "l" + text.dropFirst(), at: now) == nil)
        #expect(signer.session(from: text + "0", at: now) == nil)
        #expect(SessionSigner().session(from: text, at: now) == nil)
        #expect(signer.session(from: text, at: now + Session.lifetime) == nil)
        #expect(signer.session(from: "", at: now) == nil)
        #expect(signer.isToken(signer.token(of: session), of: session))
        #expect(!signer.isToken(signer.token(of: signer.begin(isLoggedIn: false, at: now)), of: session))
        #expect(!signer.isToken(nil, of: session))
    }

    @Test func `knows a password that is kept as what scrypt makes of it`() throws {
        let hash = try #require(PasswordHash(of: "benchy in blue"))
        let kept = try #require(PasswordHash(hash.description))
        #expect(kept.matches("benchy in blue"))
        #expect(!kept.matches("benchy in red"))
        #expect(!kept.matches(""))
        #expect(!hash.description.contains("benchy"))
        #expect(try #require(PasswordHash(of: "benchy in blue")) != hash)
        for text in [
            "", "scrypt$15$8$1$AAAA$AAAA", "plain", hash.description + "$",
            "scrypt$1$8$1" + hash.description.dropFirst(11),
        ] {
            #expect(PasswordHash(text) == nil, "\(text)")
        }
    }

    @Test func `looks at no password, and be it the right one, before the wait after wrong ones is over`() async throws
    {
        var settings = GallerySettings()
        settings.password = PasswordHash(of: "benchy in blue")
        let (access, now) = (Access(settings), Timestamp(seconds: 1_800_000_000))
        for _ in 0..<3 {
            await #expect(throws: Problem.self) { try await access.logIn("benchy in red", from: "a", at: now) }
        }
        await #expect {
            try await access.logIn("benchy in blue", from: "a", at: now)
        } throws: {
            ($0 as? Problem)?.status == .tooManyRequests
        }
        #expect(try await access.logIn("benchy in blue", from: "b", at: now).isLoggedIn)
        #expect(try await access.logIn("benchy in blue", from: "a", at: now + .seconds(1)).isLoggedIn)
    }

    @Test func `waits longer after each wrong password, and is counted by address`() {
        let (attempts, now) = (Attempts(), Timestamp(seconds: 1_800_000_000))
        for _ in 0..<2 { attempts.failed("a", at: now) }
        #expect(attempts.wait(of: "a", at: now) == nil)
        attempts.failed("a", at: now)
        #expect(attempts.wait(of: "a", at: now) == .seconds(1))
        attempts.failed("a", at: now)
        #expect(attempts.wait(of: "a", at: now) == .seconds(2))
        #expect(attempts.wait(of: "b", at: now) == nil)
        for _ in 0..<30 { attempts.failed("a", at: now) }
        #expect(attempts.wait(of: "a", at: now) == .seconds(300))
        #expect(attempts.wait(of: "a", at: now + .seconds(300)) == nil)
        attempts.succeeded("a")
        #expect(attempts.wait(of: "a", at: now) == nil)
        for peer in 0..<5000 { attempts.failed("\(peer)", at: now) }
        #expect(attempts.begin() && attempts.begin() && !attempts.begin())
        attempts.end()
        #expect(attempts.begin())
    }
}

@Suite struct `An address to listen at` {
    @Test(arguments: [
        ("8484", "127.0.0.1:8484"), ("0.0.0.0:80", "0.0.0.0:80"), ("[::1]:8484", "[::1]:8484"),
        ("workshop.local", "workshop.local:8484"),
        ("[::]", "[::]:8484"), ("0", "127.0.0.1:0"),
    ])
    func `is a port, a host or both`(text: String, meant: String) throws {
        #expect(try #require(GalleryAddress(text)).description == meant)
    }

    @Test(arguments: ["", ":", "host:", "host:99999", "[::1", "a b", "http://x/", "host:80x", "70000:"])
    func `is nothing else`(text: String) { #expect(GalleryAddress(text) == nil) }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.8.8", true), ("localhost", true), ("::1", true), ("0.0.0.0", false),
        ("127.evil", false),
    ])
    func `is this machine's alone or not`(host: String, isLoopback: Bool) {
        #expect(GalleryAddress(host: host, port: 1).isLoopback == isLoopback)
    }
}
