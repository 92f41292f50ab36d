import Foundation
import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite(.timeLimit(.minutes(3))) struct `An object on its way to a bucket` {
    private let folder: TemporaryFolder
    private let file: ObjectFile

    init() throws {
        folder = try TemporaryFolder()
        file = try folder.object("one", text: "thirty bytes of pictures, not.")
    }

    private static let begun = ScriptedAnswer.http(
        text: "<InitiateMultipartUploadResult><UploadId>up/1</UploadId></InitiateMultipartUploadResult>")
    private static let completed = ScriptedAnswer.http(
        text: "<CompleteMultipartUploadResult><ETag>1</ETag></CompleteMultipartUploadResult>")
    private static let part = ScriptedAnswer.http(headers: [("ETag", "\"tag\"")])

    @Test func `carries its hashes, and the wish that nothing of its name is there`() async throws {
        try await withScriptedStore([ScriptedStore.noObject, .http()]) { (store, server) async throws in
            #expect(try await store.put(file, as: "a/one.zip") == .written)
            let put = try #require(server.requests.last)
            #expect(put.method == "PUT")
            #expect(put.target == "/pictures/farm/a/one.zip")
            #expect(put.header("If-None-Match") == "*")
            #expect(put.header("X-Amz-Content-Sha256") == "\(file.sha256)")
            #expect(put.header("X-Amz-Checksum-Sha256") == Data(file.sha256.bytes).base64EncodedString())
            #expect(put.header("Host") == "127.0.0.1:\(server.port)")
            #expect(put.body == "thirty bytes of pictures, not.")
        }
    }

    @Test func `is sent without that wish to a server that does not know it`() async throws {
        let answers = [
            ScriptedStore.noObject, ScriptedStore.refusal(501, "NotImplemented"), .http(), ScriptedStore.noObject,
            .http(),
        ]
        try await withScriptedStore(answers) { (store, server) async throws in
            #expect(try await store.put(file, as: "one") == .written)
            #expect(try await store.put(file, as: "two") == .written)
            let wishes = server.requests.filter { $0.method == "PUT" }.map { $0.header("If-None-Match") }
            #expect(wishes == ["*", nil, nil])
        }
    }

    @Test func `was there where another was quicker`() async throws {
        let answers = [
            ScriptedStore.noObject, ScriptedStore.refusal(412, "PreconditionFailed"), ScriptedStore.part("t", "0-0/30"),
        ]
        try await withScriptedStore(answers) { (store, _) async throws in
            #expect(try await store.put(file, as: "one") == .wasThere)
        }
    }

    @Test func `goes in parts, each with its hash`() async throws {
        let answers = [ScriptedStore.noObject, Self.begun, Self.part, Self.part, Self.part, Self.completed]
        try await withScriptedStore(answers, partSize: 12) { (store, server) async throws in
            #expect(try await store.put(file, as: "one") == .written)
            let requests = server.requests.dropFirst()
            #expect(requests.map(\.method) == ["POST", "PUT", "PUT", "PUT", "POST"])
            #expect(requests.dropFirst().dropLast().map(\.body) == ["thirty bytes", " of pictures", ", not."])
            for part in requests.dropFirst().dropLast() {
                let digest = SHA256Digest(hashing: ByteBuffer(string: part.body))
                #expect(part.header("X-Amz-Content-Sha256") == "\(digest)")
                #expect(part.header("X-Amz-Checksum-Sha256") == Data(digest.bytes).base64EncodedString())
            }
            let last = try #require(requests.last)
            #expect(last.target == "/pictures/farm/one?uploadId=up%2F1")
            #expect(last.header("If-None-Match") == "*")
            #expect(last.body.contains("<PartNumber>3</PartNumber><ETag>&quot;tag&quot;</ETag></Part>"))
        }
    }

    @Test(arguments: [
        ([ScriptedStore.refusal(507, "InsufficientStorage")], "store_full"),
        ([part, .http()], "store_invalid_answer"),
        ([part, part, part, ScriptedStore.refusal(200, "InvalidPart")], "store_invalid_answer"),
        ([part, part, part, ScriptedStore.refusal(400, "InvalidPart")], "store_invalid_answer"),
    ])
    func `is given up where a part or the end of it fails`(answers: [ScriptedAnswer], label: String) async throws {
        try await withScriptedStore([ScriptedStore.noObject, Self.begun] + answers + [.http(204)], partSize: 12) {
            (store, server) async throws in
            #expect(await storeError { try await store.put(file, as: "one") }?.label == label)
            let last = try #require(server.requests.last)
            #expect(last.method == "DELETE")
            #expect(last.target == "/pictures/farm/one?uploadId=up%2F1")
        }
    }

    @Test func `is given up where whoever sends it is cancelled`() async throws {
        let answers = [ScriptedStore.noObject, Self.begun, Self.part, .silence, .http(204)]
        try await withScriptedStore(answers, partSize: 12) { (store, server) async throws in
            let sending = Task { await storeError { try await store.put(file, as: "one") } }
            try await wait(for: "the second part") { server.requests.count == 4 }
            sending.cancel()
            #expect(await sending.value == .cancelled)
            #expect(server.requests.map(\.method) == ["GET", "POST", "PUT", "PUT", "DELETE"])
        }
    }

    @Test(arguments: [12, 1000])
    func `is given up where it is not what was hashed`(partSize: Int) async throws {
        let answers = [ScriptedStore.noObject, Self.begun, Self.part, Self.part, Self.part, .http(204)]
        let lying = ObjectFile(path: file.path, size: file.size, sha256: SHA256Digest(hashing: ByteBuffer()))
        try await withScriptedStore(answers, partSize: partSize) { (store, server) async throws in
            #expect(await storeError { try await store.put(lying, as: "one") }?.label == "store_file")
            #expect(server.requests.map(\.method).last == (partSize == 12 ? "DELETE" : "GET"))
        }
    }
}

@Suite struct `A bucket` {
    @Test(arguments: [
        ("s3://pictures/farm", "https://pictures.s3.eu-west-1.amazonaws.com/farm/a/one.zip"),
        ("s3://pictures?region=us-east-2", "https://pictures.s3.us-east-2.amazonaws.com/a/one.zip"),
        ("s3://my.pictures", "https://s3.eu-west-1.amazonaws.com/my.pictures/a/one.zip"),
        ("s3://pictures?style=path", "https://s3.eu-west-1.amazonaws.com/pictures/a/one.zip"),
        ("s3://pictures?endpoint=https://example.org:9000", "https://example.org:9000/pictures/a/one.zip"),
        (
            "s3://pictures/x?endpoint=https://example.org:9000&style=virtual",
            "https://pictures.example.org:9000/x/a/one.zip"
        ),
    ])
    func `is asked in the path, or by the host's name`(place: String, address: String) async throws {
        guard case .bucket(let bucket) = try StoreLocation(place).kind else { preconditionFailure("a bucket's place") }
        let noted = NotedRequests()
        let environment = ScriptedStore.environment.merging(["AWS_REGION": "eu-west-1"]) { $1 }
        let store = S3Store(try S3Client(bucket, environment: environment, through: noted))
        #expect(try await store.size(of: "a/one.zip") == nil)
        #expect(noted.addresses == [address])
    }

    @Test func `cannot be part of an address in numbers`() throws {
        let place = try StoreLocation("s3://pictures?endpoint=http://127.0.0.1:9000&style=virtual")
        #expect(throws: StoreError.self) { try place.open(in: ScriptedStore.environment) }
    }
}

@Suite(.timeLimit(.minutes(3))) struct `The list of a bucket` {
    private static func page(_ names: [String], next: String? = nil, isTruncated: Bool? = nil) -> ScriptedAnswer {
        let entries = names.map { "<Contents><Key>farm/\($0)</Key><Size>7</Size></Contents>" }.joined()
        let token = next.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
        return .http(
            text: """
                <ListBucketResult><IsTruncated>\(isTruncated ?? (next != nil))</IsTruncated>\(token)\(entries)
                <EncodingType>url</EncodingType></ListBucketResult>
                """)
    }

    @Test func `is all of its pages, without what is no object`() async throws {
        let answers = [Self.page(["a/two", "a/one"], next: "t/1="), Self.page(["b%2Done", "b%20c", ".d"])]
        try await withScriptedStore(answers) { (store, server) async throws in
            let objects = try await store.list("")
            #expect(objects.map(\.name) == ["a/one", "a/two", "b-one"])
            #expect(objects.map(\.size) == [7, 7, 7])
            #expect(server.requests.last?.target.contains("continuation-token=t%2F1%3D") == true)
            #expect(server.requests.last?.target.contains("prefix=farm%2F") == true)
        }
    }

    @Test(arguments: [
        page(["a"], isTruncated: true), page(["a"], next: "again"), .http(text: "<ListBucketResult>"), .http(),
        .http(text: "<ListBucketResult><Contents><Key>farm/a</Key></Contents></ListBucketResult>"),
    ])
    func `is refused where it may not be all`(answer: ScriptedAnswer) async throws {
        try await withScriptedStore([answer]) { (store, _) async throws in
            #expect(await storeError { try await store.list("") }?.label == "store_invalid_answer")
        }
    }
}
