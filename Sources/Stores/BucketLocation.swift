internal import HTTP

/// A bucket of an S3-compatible server, and the beginning of its objects' names that is this store's.
struct BucketLocation: Hashable, Sendable, CustomStringConvertible {
    /// How a request names the bucket.
    enum Style: String, Sendable {
        /// As the first part of the path, which every server knows.
        case path
        /// As the first label of the host's name, which Amazon wants.
        case virtual
    }

    let bucket: String
    /// Without slashes at its ends; empty where the whole bucket is the store.
    let prefix: String
    /// `nil` for Amazon's own.
    let endpoint: Origin?
    let region: String?
    private let statedStyle: Style?

    /// - Parameter text: what stands behind `s3://`.
    init(parsing text: Substring) throws(StoreError) {
        let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let names = (halves.first ?? "").split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        bucket = String(names.first ?? "")
        guard Self.isBucket(bucket) else {
            throw .location(problem: "a bucket's name has 3 to 63 letters, digits, hyphens, dots and underscores")
        }
        var prefix = names.count == 2 ? names[1] : ""
        while prefix.last == "/" { prefix.removeLast() }
        self.prefix = String(prefix)
        guard prefix.isEmpty || ObjectName(rawValue: self.prefix) != nil else {
            throw .location(
                problem: "a prefix has letters, digits, dots, hyphens and underscores, with single slashes between")
        }
        var fields = try Self.fields(halves.count == 2 ? halves[1] : "")
        endpoint = try fields.removeValue(forKey: "endpoint").map(Self.endpoint)
        region = fields.removeValue(forKey: "region")
        guard region.map(Self.isRegion) != false else {
            throw .location(problem: "a region has small letters, digits and hyphens")
        }
        statedStyle = try fields.removeValue(forKey: "style").map { text throws(StoreError) in
            guard let style = Style(rawValue: text) else { throw .location(problem: "its style is path or virtual") }
            return style
        }
        guard fields.isEmpty else {
            throw .location(problem: "behind a bucket stand endpoint=, region= and style=, and nothing else")
        }
    }

    /// Amazon's bucket with a dot in its name has no certificate that fits.
    var style: Style {
        statedStyle ?? (endpoint == nil && !bucket.contains(".") ? .virtual : .path)
    }

    /// What the server calls an object.
    func key(of name: ObjectName) -> String { keyPrefix + name.rawValue }

    /// What the keys of all objects begin with.
    var keyPrefix: String { prefix.isEmpty ? "" : prefix + "/" }

    var description: String {
        let fields = [
            endpoint.map { "endpoint=\($0)" }, region.map { "region=\($0)" },
            statedStyle.map { "style=\($0.rawValue)" },
        ].compactMap(\.self)
        return "s3://\(bucket)" + (prefix.isEmpty ? "" : "/\(prefix)")
            + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
    }

    private static func fields(_ query: Substring) throws(StoreError) -> [String: String] {
        var fields: [String: String] = [:]
        for field in query.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let value = PercentEncoding.decode(parts[1]), !value.isEmpty,
                fields.updateValue(value, forKey: String(parts[0])) == nil
            else { throw .location(problem: "what stands behind its question mark cannot be read") }
        }
        return fields
    }

    private static func endpoint(_ text: String) throws(StoreError) -> Origin {
        let parts: AddressParts
        do throws(AddressProblem) {
            parts = try AddressParts(parsing: text)
        } catch {
            throw .location(problem: "its endpoint is no address as https://HOST:PORT")
        }
        guard parts.credentials == nil else {
            throw .location(problem: "its endpoint holds a user or a password, which have no place there")
        }
        guard parts.address.revealed == "\(parts.address.origin)/" else {
            throw .location(problem: "its endpoint goes on after the host and port")
        }
        return parts.address.origin
    }

    private static func isBucket(_ text: String) -> Bool {
        (3...63).contains(text.utf8.count) && ObjectName(rawValue: text) != nil && !text.contains("/")
            && !text.contains("..") && !text.hasPrefix("-") && !text.hasSuffix("-") && !text.hasSuffix(".")
    }

    static func isRegion(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}
