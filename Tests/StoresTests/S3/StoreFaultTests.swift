import Foundation
import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite(.timeLimit(.minutes(3))) struct `A store` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `that is unreachable is named, and is not tried for ever`() async throws {
        let server = try await ScriptedServer.start([.silence])
        await server.stop()
        try await withConnections { connections in
            let store = try scriptedStore(at: server.url, through: connections, patience: .milliseconds(200))
            let start = ContinuousClock.now
            let error = await storeError { try await store.size(of: "one") }
            #expect(.now - start < .seconds(30))
            guard case .unreachable(store.location, .connectionRefused) = error else {
                Issue.record("\(error?.description ?? "no error")")
                return
            }
            #expect(error?.message.contains("s3://pictures/farm") == true)
        }
    }

    @Test func `that is slow is given up after a while`() async throws {
        try await withScriptedStore([.silence], patience: .seconds(3), answer: .milliseconds(100)) {
            (store, server) async throws in
            let error = await storeError { try await store.read("one", 0..<10) }
            #expect(error?.label == "store_slow")
            #expect(server.requests.count > 1)
        }
    }

    @Test func `whose connection is cut is asked again`() async throws {
        let torn = ScriptedAnswer([
            .send(ScriptedAnswer.head(206, headers: [("Content-Length", "4")])), .text("pi"), .close,
        ])
        try await withScriptedStore([.reset, torn, ScriptedStore.part("pict", "0-3/9")]) {
            (store, server) async throws in
            #expect(try await store.read("one", 0..<4) == ByteBuffer(string: "pict"))
            #expect(server.requests.count == 3)
        }
    }

    @Test(arguments: [
        ScriptedStore.part("pict", "4-7/9"), ScriptedStore.part("pic", "0-2/9"), ScriptedStore.part("pic", "0-3/9"),
        .http(206, text: "pict"), ScriptedStore.refusal(416, "InvalidRange"),
    ])
    func `that answers wrong bytes is not believed`(answer: ScriptedAnswer) async throws {
        try await withScriptedStore([answer]) { (store, _) async throws in
            #expect(await storeError { try await store.read("one", 0..<4) }?.label == "store_wrong_bytes")
        }
    }

    @Test(
        arguments: [
            .http(200, text: "pictures"), .http(404, text: "<html>Not found</html>"), .http(200, text: "<html></html>"),
            .http(206, headers: [("Content-Range", "bytes 0-3/9")], body: ByteBuffer(repeating: 7, count: 70_000)),
            .http(418, text: "short and stout"), .redirect(302, to: "https://example.org/login"),
        ] as [ScriptedAnswer])
    func `that is another server's page is not taken for one`(answer: ScriptedAnswer) async throws {
        try await withScriptedStore([answer]) { (store, _) async throws in
            #expect(await storeError { try await store.read("one", 0..<4) }?.label == "store_invalid_answer")
            // Above all nobody learns from it that there is no object.
            #expect(await storeError { try await store.size(of: "one") }?.label == "store_invalid_answer")
            #expect(await storeError { try await store.list("") }?.label == "store_invalid_answer")
        }
    }

    @Test(arguments: [
        ScriptedStore.refusal(507, "InsufficientStorage"), .http(507), ScriptedStore.refusal(403, "QuotaExceeded"),
        ScriptedStore.refusal(507, "XMinioStorageFull"), ScriptedStore.refusal(413, "EntityTooLarge"),
    ])
    func `that is full says so at once`(answer: ScriptedAnswer) async throws {
        let file = try folder.object("one", text: "pictures")
        try await withScriptedStore([ScriptedStore.noObject, answer]) { (store, server) async throws in
            #expect(await storeError { try await store.put(file, as: "one") } == .full(store.location))
            #expect(server.requests.map(\.method) == ["GET", "PUT"])
        }
    }

    @Test func `whose credentials have expired is asked again with newer ones`() async throws {
        func text(_ key: String) -> String { "[default]\naws_access_key_id=\(key)\naws_secret_access_key=SECRET\n" }
        let shared = try folder.write(text("OLD"), to: "credentials")
        let answers = [
            ScriptedStore.part("p", "0-0/9"), ScriptedStore.refusal(400, "ExpiredToken"),
            ScriptedStore.part("p", "0-0/9"), ScriptedStore.refusal(400, "ExpiredToken"),
        ]
        try await withScriptedStore(answers, environment: ["AWS_SHARED_CREDENTIALS_FILE": shared]) {
            (store, server) async throws in
            #expect(try await store.size(of: "one") == 9)
            try folder.write(text("NEW"), to: "credentials")
            #expect(try await store.size(of: "one") == 9)
            let keys = server.requests.compactMap { $0.header("Authorization")?.contains("Credential=NEW/") }
            #expect(keys == [false, false, true])
            #expect(await storeError { try await store.size(of: "one") } == .expired(store.location))
        }
    }

    @Test(arguments: ["AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"])
    func `that refuses the credentials is not asked again`(code: String) async throws {
        try await withScriptedStore([ScriptedStore.refusal(403, code)]) { (store, server) async throws in
            #expect(await storeError { try await store.list("") } == .refused(store.location, code: code))
            #expect(server.requests.count == 1)
        }
    }

    @Test func `from which somebody deleted an object says which`() async throws {
        try await withScriptedStore([ScriptedStore.noObject]) { (store, _) async throws in
            let error = await storeError { try await store.read("printer/one.zip", 0..<4) }
            #expect(error == .missing(store.location, "printer/one.zip"))
            #expect(error?.description.contains("printer/one.zip") == true)
            #expect(try await store.size(of: "printer/one.zip") == nil)
            try await store.remove("printer/one.zip")
        }
    }

    @Test func `from which somebody deleted the bucket does not seem to be without objects`() async throws {
        try await withScriptedStore([ScriptedStore.refusal(404, "NoSuchBucket")]) { (store, _) async throws in
            #expect(await storeError { try await store.size(of: "one") } == .noBucket(store.location))
            #expect(await storeError { try await store.list("") } == .noBucket(store.location))
            #expect(await storeError { try await store.remove("one") } == .noBucket(store.location))
        }
    }

    @Test func `whose clock is another names both times`() async throws {
        let own = Timestamp(milliseconds: 1_796_069_700_000)
        let skewed = ScriptedStore.refusal(
            403, "RequestTimeTooSkewed", "<ServerTime>2026-11-29T22:00:00Z</ServerTime>")
        let clock = { @Sendable () -> Timestamp in own }
        try await withScriptedStore([skewed], now: clock) { (store, server) async throws in
            let error = await storeError { try await store.size(of: "one") }
            #expect(error?.label == "store_clock_skew")
            #expect(error?.description.contains("2026-11-29T22:00:00.000Z") == true)
            #expect(error?.description.contains("\(own)") == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `that asks to slow down is left alone for as long, and then asked again`() async throws {
        let answers = [
            ScriptedStore.refusal(503, "SlowDown", headers: [("Retry-After", "1")]),
            ScriptedStore.refusal(500, "InternalError"), .http(429), .http(502, text: "<html></html>"),
            ScriptedStore.part("pict", "0-3/9"),
        ]
        try await withScriptedStore(answers) { (store, server) async throws in
            let start = ContinuousClock.now
            #expect(try await store.read("one", 0..<4) == ByteBuffer(string: "pict"))
            #expect(.now - start >= .seconds(1))
            #expect(server.requests.count == 5)
        }
    }

    @Test func `that stays busy is named with its word`() async throws {
        try await withScriptedStore([ScriptedStore.refusal(503, "SlowDown")], patience: .milliseconds(200)) {
            (store, server) async throws in
            guard case .busy(store.location, "SlowDown", _) = await storeError({ try await store.list("") }) else {
                Issue.record("it is not busy")
                return
            }
            #expect(server.requests.count > 2)
        }
    }

    @Test func `of another region names it`() async throws {
        let moved = ScriptedStore.refusal(301, "PermanentRedirect", headers: [("x-amz-bucket-region", "eu-west-1")])
        try await withScriptedStore([moved]) { (store, _) async throws in
            #expect(await storeError { try await store.list("") } == .otherRegion(store.location, region: "eu-west-1"))
        }
    }

    @Test func `is told nothing of the secret key, nor is anybody else`() async throws {
        let answers = [
            ScriptedStore.refusal(403, "AccessDenied"), ScriptedStore.refusal(400, "ExpiredToken"), .http(404),
            ScriptedStore.refusal(503, "SlowDown"), .silence,
        ]
        try await withScriptedStore(answers, patience: .milliseconds(100), answer: .milliseconds(100)) {
            (store, server) async throws in
            for _ in 0..<5 {
                let error = await storeError { try await store.list("") }
                #expect(error?.message.contains("SECRET") == false)
                #expect(!String(reflecting: error).contains("SECRET"))
            }
            #expect(server.requests.count >= 5)
            for request in server.requests {
                #expect(!request.head.contains("SECRET-KEY"))
                #expect(request.header("X-Amz-Security-Token") == "SECRET-TOKEN")
            }
        }
    }

    @Test func `behind a certificate of one's own is trusted by its file, and by no other`() async throws {
        let identity = try ServerIdentity(in: folder, name: "IP:127.0.0.1")
        try await ScriptedServer.with(ScriptedStore.part("p", "0-0/9"), identity: identity) { server in
            let url = "https://127.0.0.1:\(server.port)"
            let place = try StoreLocation("s3://pictures?endpoint=\(url)")
            for (environment, caFile) in [
                (ScriptedStore.environment, identity.certificateFile),
                (ScriptedStore.environment.merging(["AWS_CA_BUNDLE": identity.certificateFile]) { $1 }, nil),
            ] {
                let store = try place.open(in: environment, trusting: caFile)
                #expect(try await store.size(of: "one") == 9)
            }
            let stranger = try place.open(in: ScriptedStore.environment)
            guard case .unreachable(_, .certificate) = await storeError({ try await stranger.size(of: "one") }) else {
                Issue.record("it was trusted")
                return
            }
        }
    }
}
