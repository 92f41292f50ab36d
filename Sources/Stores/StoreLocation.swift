internal import FoundationEssentials
internal import HTTP
package import Vocabulary

/// Where a store is, as its owner writes it and an archive notes it: `s3://bucket/prefix`, or a folder's path. It holds no secret.
///
/// Behind a bucket stand, where they differ from Amazon's, `?endpoint=http://127.0.0.1:8080`, `&region=us-east-1` and
/// `&style=path` or `&style=virtual`. One place has one text, so that two locations can be compared.
package struct StoreLocation: Hashable, Sendable, CustomStringConvertible {
    enum Kind: Hashable, Sendable {
        case folder(path: String)
        case bucket(BucketLocation)
    }

    let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    /// - Parameter text: a relative path is one in the folder that the program was started in.
    /// - Throws: ``StoreError/location(problem:)``, which does not repeat the text: it may hold a secret.
    package init(_ text: String) throws(StoreError) {
        guard !text.isEmpty else { throw .location(problem: "it is empty") }
        guard !text.utf8.contains(0) else { throw .location(problem: "it holds a zero byte") }
        if let rest = text.wholeMatch(of: /[sS]3:\/\/(.*)/)?.1 {
            kind = .bucket(try BucketLocation(parsing: rest))
        } else if text.contains("://") {
            throw .location(problem: "its scheme is not s3://, and a folder is written as its path")
        } else {
            // Of a relative path that begins with `..`, `standardized` loses those.
            let whole = text.hasPrefix("/") ? text : FileManager.default.currentDirectoryPath + "/" + text
            let path = URL(filePath: whole, directoryHint: .notDirectory).standardized.path
            kind = .folder(path: "/" + path.split(separator: "/").joined(separator: "/"))
        }
    }

    package var description: String {
        switch kind {
        case .folder(let path): path
        case .bucket(let bucket): bucket.description
        }
    }

    /// The store that is there. Nothing is asked of it yet.
    ///
    /// - Parameters:
    ///   - environment: with the credentials for a bucket, or where to find them.
    ///   - caFile: certificates in PEM form that are trusted as well; `nil` for those that `AWS_CA_BUNDLE` names, if any.
    ///   - rate: how many bytes a second go there and come from there at most, each; `nil` for no limit.
    /// - Throws: ``StoreError/unreachable(_:_:)`` where those cannot be read.
    package func open(
        in environment: [String: String], trusting caFile: String? = nil, atMost rate: ByteCount? = nil
    ) throws(StoreError) -> any ObjectStore {
        let store = try store(in: environment, trusting: caFile, rate)
        guard let rate else { return store }
        return PacedStore(store, atMost: rate)
    }

    /// - Parameter rate: at which it sends; it reads as quickly as it can.
    private func store(
        in environment: [String: String], trusting caFile: String?, _ rate: ByteCount?
    ) throws(StoreError) -> any ObjectStore {
        switch kind {
        case .folder(let path): return FolderStore(at: path, writing: rate)
        case .bucket(let bucket):
            let named = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 }
            let connections: HTTPConnections
            do throws(HTTPError) {
                connections = try HTTPConnections(trusting: caFile ?? named, sending: rate)
            } catch {
                throw .unreachable(self, error)
            }
            var rules = S3Client.Rules()
            // What is sent slowly on purpose may take its time.
            if let rate { rules.slowest = max(1, min(rules.slowest, Int(clamping: rate.bytes / 2))) }
            return S3Store(try S3Client(bucket, environment: environment, through: connections, rules: rules))
        }
    }
}
