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
    let client: S3Client
    let threads = BlockingCalls()
    let partSize: Int
    private let pageSize: Int
    /// Whether the server knows `If-None-Match`.
    let isConditional = Mutex(true)

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
}
