internal import Vocabulary

/// Digests of files in the form that `sha256sum --check` reads and that BagIt takes for its manifests.
struct ChecksumList {
    static let fileName = "SHA256SUMS"

    private(set) var text: Spool

    init(spools: SpoolFolder) throws(ExportError) {
        text = try Spool(in: spools)
    }

    /// - Parameter path: without backslash, percent sign and newline, which would need escaping; no name of ours has them.
    mutating func append(_ digest: SHA256Digest, path: String) throws(ExportError) {
        try text.append("\(digest)  \(path)\n".utf8)
    }

    mutating func finish() throws(ExportError) { try text.finish() }
}
