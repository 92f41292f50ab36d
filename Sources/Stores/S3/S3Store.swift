internal import FoundationEssentials
internal import HTTP
package import NIOCore
internal import Synchronization
internal import Vocabulary

/// A store in a bucket of an S3-compatible server.
///
/// Every request is signed with the hash of its body, which the server checks, and goes out again with growing pauses where the
/// server is busy or the connection is cut. Nothing is replaced: a look goes before each writing, and the writing itself says that
/// nothing of the name may be there, where the server knows how.
package final class S3Store: ObjectStore {
    package let location: StoreLocation
    private let client: S3Client
    private let threads = BlockingCalls()
    private let partSize: Int
    private let pageSize: Int
    /// Whether the server knows `If-None-Match`.
    private let isConditional = Mutex(true)

    /// What is larger is sent in parts of this size.
    static let partSize = 16 << 20

    /// - Parameter pageSize: how many objects are listed by one answer; servers give no more than 1,000.
    init(_ client: S3Client, partSize: Int = S3Store.partSize, pageSize: Int = 1000) {
        (self.client, self.partSize, self.pageSize) = (client, partSize, pageSize)
        location = client.location
    }

    package func prepare() async throws(StoreError) {
        _ = try await client.success(of: S3Client.Call(query: [("list-type", "2"), ("max-keys", "1")], limit: 1 << 20))
    }

    package func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome {
        let source = try ObjectSource(file)
        if let size = try await size(of: name) { return try wasThere(size, file, name) }
        let refusal =
            file.size > partSize
            ? try await sendInParts(source, as: name) : try await sendWhole(source, as: name)
        switch refusal {
        case nil: return .written
        case let refusal? where refusal.kind == .isThere:
            guard let size = try await size(of: name) else {
                throw .invalidAnswer(location, problem: "\(name) is there to one question, and not to the next")
            }
            return try wasThere(size, file, name)
        case let refusal?: throw client.error(of: refusal, name)
        }
    }

    package func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        guard !range.isEmpty else { return ByteBuffer() }
        let response = try await part(range, of: name)
        let expected = "bytes \(range.lowerBound)-\(range.upperBound - 1)/"
        guard response.header("Content-Range")?.hasPrefix(expected) == true,
            Int64(response.body.readableBytes) == range.upperBound - range.lowerBound
        else {
            let came = response.header("Content-Range") ?? "nothing said of them"
            throw .wrongBytes(
                location, name,
                problem: "bytes \(range) were wanted, and \(response.body.readableBytes) came, with \(came.printable)")
        }
        return response.body
    }

    /// By asking for its first byte: what a server has to say against a HEAD, it cannot say why.
    package func size(of name: ObjectName) async throws(StoreError) -> Int64? {
        do throws(StoreError) {
            let range = try await part(0..<1, of: name).header("Content-Range")
            guard let size = range?.split(separator: "/").last.flatMap({ Int64($0) }) else {
                throw .invalidAnswer(location, problem: "it does not say of how many bytes it sent one")
            }
            return size
        } catch .missing {
            return nil
        } catch .wrongBytes {
            // An object without any byte.
            return 0
        }
    }

    package func list(_ prefix: String) async throws(StoreError) -> [StoredObject] {
        var objects: [StoredObject] = []
        var tokens: Set<String> = []
        var token: String?
        repeat {
            var query = [
                ("list-type", "2"), ("encoding-type", "url"), ("max-keys", "\(pageSize)"),
                ("prefix", client.bucket.keyPrefix + prefix),
            ]
            if let token { query.append(("continuation-token", token)) }
            let response = try await client.success(of: S3Client.Call(query: query, limit: 8 << 20, expected: 1 << 20))
            guard let page = S3ListPage(response.body, below: client.bucket.keyPrefix) else {
                throw .invalidAnswer(location, problem: "a list that is none")
            }
            objects += page.objects
            token = page.next
            if let token, !tokens.insert(token).inserted {
                throw .invalidAnswer(location, problem: "a list that goes in circles")
            }
        } while token != nil
        return objects.sorted { $0.name < $1.name }
    }

    package func remove(_ name: ObjectName) async throws(StoreError) {
        do throws(StoreError) {
            _ = try await client.success(of: S3Client.Call(verb: .delete, object: name))
        } catch .missing {
        }
    }

    /// - Throws: ``StoreError/invalidAnswer(_:problem:)`` where the server does not know ranges.
    private func part(_ range: Range<Int64>, of name: ObjectName) async throws(StoreError) -> HTTPExchangeResponse {
        let field = ("range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")
        let count = max(Int(range.upperBound - range.lowerBound), 65_536)
        let response = try await client.success(
            of: S3Client.Call(object: name, fields: [field], limit: count, expected: count))
        guard response.status == 206 else {
            throw .invalidAnswer(location, problem: "a whole object where a part was asked for")
        }
        return response
    }

    private func wasThere(_ size: Int64, _ file: ObjectFile, _ name: ObjectName) throws(StoreError) -> PutOutcome {
        guard size == file.size else {
            throw .wrongBytes(location, name, problem: "it has \(size) bytes, and \(file.size) were to be put there")
        }
        return .wasThere
    }

    // MARK: Sending

    /// - Returns: why it was refused; `nil` where it was not.
    private func sendWhole(_ source: ObjectSource, as name: ObjectName) async throws(StoreError) -> S3Refusal? {
        let bytes = try await bytes(of: source, 0..<source.file.size)
        let digest = SHA256Digest(hashing: bytes)
        guard digest == source.file.sha256 else { throw source.changed }
        return try await unlessThere(
            S3Client.Call(
                verb: .put, object: name,
                fields: [("content-type", "application/octet-stream"), ("x-amz-checksum-sha256", digest.base64)],
                body: bytes, digest: digest))
    }

    /// Each part has its own hash. Where not all of them can be sent, those that were are given up.
    private func sendInParts(_ source: ObjectSource, as name: ObjectName) async throws(StoreError) -> S3Refusal? {
        let begun = try await client.success(
            of: S3Client.Call(
                verb: .post, object: name, query: [("uploads", "")],
                fields: [("content-type", "application/octet-stream"), ("x-amz-checksum-algorithm", "SHA256")],
                body: ByteBuffer()))
        let answer = XMLElement(parsing: begun.body.readableBytesView)
        guard let id = answer?.text(of: "UploadId"), !id.isEmpty else {
            throw .invalidAnswer(location, problem: "an upload in parts without a name")
        }
        do throws(StoreError) {
            let parts = try await sendParts(of: source, as: name, id)
            let refusal = try await unlessThere(
                S3Client.Call(
                    verb: .post, object: name, query: [("uploadId", id)], fields: [("content-type", "application/xml")],
                    body: S3Part.document(parts)))
            if refusal != nil { await abort(id, of: name) }
            return refusal
        } catch {
            await abort(id, of: name)
            throw error
        }
    }

    private func sendParts(
        of source: ObjectSource, as name: ObjectName, _ id: String
    ) async throws(StoreError) -> [S3Part] {
        var parts: [S3Part] = []
        var hash = SHA256Hash()
        for start in stride(from: 0, to: source.file.size, by: partSize) {
            let bytes = try await bytes(of: source, start..<min(start + Int64(partSize), source.file.size))
            bytes.withUnsafeReadableBytes { hash.update($0) }
            let digest = SHA256Digest(hashing: bytes)
            let number = parts.count + 1
            let response = try await client.success(
                of: S3Client.Call(
                    verb: .put, object: name, query: [("partNumber", "\(number)"), ("uploadId", id)],
                    fields: [("x-amz-checksum-sha256", digest.base64)], body: bytes, digest: digest))
            guard let tag = response.header("ETag") else {
                throw .invalidAnswer(location, problem: "a part without a tag")
            }
            // A server that does not know such hashes would not know what they are among the parts either.
            let isHashed = response.header("x-amz-checksum-sha256") != nil
            parts.append(S3Part(number: number, tag: tag, hash: isHashed ? digest.base64 : nil))
        }
        guard hash.digest() == source.file.sha256 else { throw source.changed }
        return parts
    }

    /// Gives up what was sent, also for whoever was cancelled meanwhile. Where that fails, a rule of the bucket for uploads that
    /// were never completed has to do.
    private func abort(_ id: String, of name: ObjectName) async {
        let call = S3Client.Call(verb: .delete, object: name, query: [("uploadId", id)])
        _ = await Task { [client] in try? await client.answer(to: call) }.value
    }

    /// Sends what must not replace anything.
    private func unlessThere(_ call: S3Client.Call) async throws(StoreError) -> S3Refusal? {
        var call = call
        let fields = call.fields
        while true {
            let isConditional = isConditional.withLock { $0 }
            call.fields = fields + (isConditional ? [("if-none-match", "*")] : [])
            switch try await client.answer(to: call) {
            case .success: return nil
            case .failure(let refusal) where isConditional && refusal.kind == .unknown:
                self.isConditional.withLock { $0 = false }
            case .failure(let refusal): return refusal
            }
        }
    }

    private func bytes(of source: ObjectSource, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        let patience = Duration.seconds(120)
        let outcome = await threads.run(within: patience) { () -> Result<ByteBuffer, StoreError> in
            Result { () throws(StoreError) in try source.bytes(range) }
        }
        switch outcome {
        case .done(let result): return try result.get()
        case .late: throw .file(path: source.file.path, problem: "it could not be read within \(patience.shortText)")
        case .cancelled: throw .cancelled
        }
    }
}

extension SHA256Digest {
    /// As the field `x-amz-checksum-sha256` has it.
    fileprivate var base64: String { Data(bytes).base64EncodedString() }
}
