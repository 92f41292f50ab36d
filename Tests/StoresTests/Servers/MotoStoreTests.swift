import Foundation
import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite(
    .enabled(if: MotoServer.isInstalled, "moto is not installed: scripts/setup --tests"), .timeLimit(.minutes(5)))
struct `A store in a server like Amazon's` {
    private let folder: TemporaryFolder
    private let moto: MotoServer

    init() async throws {
        folder = try TemporaryFolder()
        moto = try await MotoServer.running()
    }

    private func location(_ prefix: String) throws -> StoreLocation {
        try StoreLocation("s3://pictures/\(prefix)?endpoint=http://127.0.0.1:\(moto.port)")
    }

    private func client(_ prefix: String) throws -> S3Client {
        guard case .bucket(let bucket) = try location(prefix).kind else { preconditionFailure("a bucket's place") }
        return try S3Client(bucket, environment: MotoServer.environment, through: HTTPConnections())
    }

    @Test func `keeps every store's promises`() async throws {
        try await expectPromisesKept(by: location("promises").open(in: MotoServer.environment))
    }

    @Test func `has one object of many writers`() async throws {
        try await expectOneOfManyWriters(to: location("writers").open(in: MotoServer.environment))
    }

    @Test func `refuses to replace an object, as it is asked to`() async throws {
        let client = try client("conditional")
        let call = S3Client.Call(
            verb: .put, object: "one", fields: [("if-none-match", "*")], body: ByteBuffer(string: "pictures"))
        guard case .success = try await client.answer(to: call) else {
            Issue.record("it was not written")
            return
        }
        guard case .failure(let refusal) = try await client.answer(to: call) else {
            Issue.record("it was replaced")
            return
        }
        #expect(refusal.kind == .isThere)
    }

    @Test func `has what Amazon's own client reads`() async throws {
        let store = S3Store(try client("amazon"), partSize: 5 << 20)
        for (name, size) in [("whole", 100_000), ("parts", 12_000_000)] as [(ObjectName, Int)] {
            let file = try folder.object(name.rawValue, bytes: size)
            #expect(try await store.put(file, as: name) == .written)
            let script = try folder.write(
                """
                import boto3, hashlib, sys
                client = boto3.client("s3", endpoint_url=sys.argv[1], region_name="us-east-1",
                                      aws_access_key_id="KEY", aws_secret_access_key="SECRET")
                object = client.get_object(Bucket="pictures", Key=sys.argv[2])
                print(hashlib.sha256(object["Body"].read()).hexdigest())
                """, to: "read.py")
            let result = try await Python.run(script, "http://127.0.0.1:\(moto.port)", "amazon/\(name)")
            #expect(result.output == "\(file.sha256)")
        }
    }

    @Test func `keeps nothing of an upload that was given up`() async throws {
        let client = try client("abandoned")
        let store = S3Store(client, partSize: 5 << 20)
        let file = try folder.object("lie", bytes: 6 << 20)
        let lying = ObjectFile(path: file.path, size: file.size, sha256: SHA256Digest(hashing: ByteBuffer()))
        #expect(await storeError { try await store.put(lying, as: "lie") }?.label == "store_file")
        let uploads = try await client.success(of: S3Client.Call(query: [("uploads", "")]))
        let list = try #require(XMLElement(parsing: uploads.body.readableBytesView))
        #expect(list.name == "ListMultipartUploadsResult")
        #expect(!list.children.contains { $0.text(of: "Key")?.hasPrefix("abandoned/") == true })
    }

    @Test func `lets nobody take a bucket that is gone for an empty one`() async throws {
        let place = try StoreLocation("s3://nobodys?endpoint=http://127.0.0.1:\(moto.port)")
        let store = try place.open(in: MotoServer.environment)
        #expect(await storeError { try await store.list("") } == .noBucket(place))
        #expect(await storeError { try await store.size(of: "one") } == .noBucket(place))
    }
}
