internal import FoundationEssentials
internal import HTTP
internal import NIOCore
internal import Synchronization
internal import Vocabulary

extension S3Store {
    /// - Returns: why it was refused; `nil` where it was not.
    func sendWhole(_ source: ObjectSource, as name: ObjectName) async throws(StoreError) -> S3Refusal? {
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
    func sendInParts(_ source: ObjectSource, as name: ObjectName) async throws(StoreError) -> S3Refusal? {
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
