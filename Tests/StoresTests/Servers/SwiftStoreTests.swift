import Foundation
import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite(
    .enabled(if: SwiftServer.isInstalled, "Swift is not installed: scripts/setup --tests"), .serialized,
    .timeLimit(.minutes(10)))
struct `A store in a real Swift` {
    private let folder: TemporaryFolder
    private let swift: SwiftServer

    init() async throws {
        folder = try TemporaryFolder()
        swift = try await SwiftServer.running()
    }

    private func client(
        _ prefix: String, _ environment: [String: String] = SwiftServer.environment,
        rules: S3Client.Rules = S3Client.Rules(), now: @escaping @Sendable () -> Timestamp = { .wallClock }
    ) throws -> S3Client {
        guard case .bucket(let bucket) = try swift.location(prefix).kind else {
            preconditionFailure("a bucket's place")
        }
        return try S3Client(bucket, environment: environment, through: HTTPConnections(), rules: rules, now: now)
    }

    @Test func `keeps every store's promises`() async throws {
        try await expectPromisesKept(by: swift.location("promises").open(in: SwiftServer.environment))
    }

    @Test func `has one object of many writers`() async throws {
        try await expectOneOfManyWriters(to: swift.location("writers").open(in: SwiftServer.environment))
    }

    @Test func `takes a large object in parts, and gives any of its bytes back`() async throws {
        let store = try swift.location("parts").open(in: SwiftServer.environment)
        let file = try folder.object("large", bytes: 37_000_001)
        #expect(try await store.put(file, as: "large.zip") == .written)
        #expect(try await store.put(file, as: "large.zip") == .wasThere)
        #expect(try await store.size(of: "large.zip") == file.size)
        #expect(try await SHA256Digest(hashing: store.read("large.zip", 0..<file.size)) == file.sha256)
        let whole = try ByteBuffer(bytes: Data(contentsOf: URL(filePath: file.path)))
        let range = Int64(S3Store.partSize) - 1000..<Int64(S3Store.partSize) + 1000
        #expect(try await store.read("large.zip", range) == whole.getSlice(at: Int(range.lowerBound), length: 2000))
        #expect(try await store.list("").map(\.size) == [file.size])
        try await store.remove("large.zip")
        #expect(try await store.list("") == [])
    }

    @Test func `lists page by page`() async throws {
        let store = S3Store(try client("pages"), pageSize: 3)
        let file = try folder.object("small", bytes: 10)
        for number in 0..<10 {
            #expect(try await store.put(file, as: #require(ObjectName(rawValue: "object-\(number)"))) == .written)
        }
        #expect(try await store.list("").map(\.name.rawValue) == (0..<10).map { "object-\($0)" })
    }

    /// Swift does not tell who is unknown.
    @Test(arguments: ["test:tester", "nobody"])
    func `names credentials that are refused`(key: String) async throws {
        let environment = ["AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": "wrong"]
        let store = S3Store(try client("refused", environment))
        let error = await storeError { try await store.size(of: "one") }
        #expect(error == .refused(store.location, code: "SignatureDoesNotMatch"))
    }

    @Test func `names a bucket that is not there`() async throws {
        let place = try StoreLocation("s3://nobodys?endpoint=http://127.0.0.1:\(swift.port)")
        let store = try place.open(in: SwiftServer.environment)
        let file = try folder.object("one", bytes: 10)
        #expect(await storeError { try await store.prepare() } == .noBucket(place))
        #expect(await storeError { try await store.size(of: "one") } == .noBucket(place))
        #expect(await storeError { try await store.put(file, as: "one") } == .noBucket(place))
        #expect(await storeError { try await store.remove("one") } == .noBucket(place))
    }

    @Test func `says that it is full where its quota is`() async throws {
        let place = try StoreLocation("s3://printlapse-small?endpoint=http://127.0.0.1:\(swift.port)")
        let store = try place.open(in: SwiftServer.environment)
        let (large, small) = (try folder.object("large", bytes: 1_200_000), try folder.object("small", bytes: 1000))
        #expect(await storeError { try await store.put(large, as: "large.zip") } == .full(place))
        #expect(try await store.list("") == [])
        #expect(try await store.put(small, as: "small.zip") == .written)
        try await store.remove("small.zip")
    }

    @Test func `names the time of both where the clocks are apart`() async throws {
        let own = Timestamp.wallClock - .seconds(7200)
        let store = S3Store(try client("clock", now: { own }))
        guard case .clockSkew(_, let server?, own) = await storeError({ try await store.list("") }) else {
            Issue.record("no word of the clocks")
            return
        }
        #expect(server - own > .seconds(7000))
    }

    /// Killed while an object is on its way, and started again a little later.
    @Test func `is waited for when it is killed, and then has the object whole`() async throws {
        var rules = S3Client.Rules()
        (rules.connecting, rules.longestPause) = (.seconds(90), .seconds(1))
        let store = S3Store(try client("killed", rules: rules))
        let file = try folder.object("killed", bytes: 40_000_000)
        async let outcome = store.put(file, as: "killed.zip")
        try await Task.sleep(for: .milliseconds(300))
        try await swift.kill()
        try await swift.start()
        #expect(try await outcome == .written)
        #expect(try await SHA256Digest(hashing: store.read("killed.zip", 0..<file.size)) == file.sha256)
        try await store.remove("killed.zip")
    }

    @Test func `is another word for unreachable while it is away`() async throws {
        var rules = S3Client.Rules()
        rules.connecting = .milliseconds(500)
        let store = S3Store(try client("away", rules: rules))
        try await swift.kill()
        let error = await storeError { try await store.list("") }
        try await swift.start()
        #expect(error?.label == "store_unreachable")
        #expect(try await store.list("") == [])
    }
}
