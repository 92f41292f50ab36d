internal import HTTP
internal import NIOCore

/// A page of the list of a bucket's objects.
struct S3ListPage {
    let objects: [StoredObject]
    /// What to ask for the next page with; `nil`: there is none.
    let next: String?

    /// - Parameter prefix: of the keys, which is left out of the names.
    /// - Returns: `nil` where the document is no list.
    init?(_ document: ByteBuffer, below prefix: String) {
        guard let list = XMLElement(parsing: document.readableBytesView), list.name == "ListBucketResult" else {
            return nil
        }
        let isEncoded = list.text(of: "EncodingType") == "url"
        var objects: [StoredObject] = []
        for entry in list.children where entry.name == "Contents" {
            guard let text = entry.text(of: "Key"), let size = entry.text(of: "Size").flatMap({ Int64($0) }),
                let key = isEncoded ? PercentEncoding.decode(text) : text
            else { return nil }
            guard key.hasPrefix(prefix), let name = ObjectName(rawValue: String(key.dropFirst(prefix.count))) else {
                continue
            }
            objects.append(StoredObject(name: name, size: size))
        }
        self.objects = objects
        guard list.text(of: "IsTruncated") == "true" else {
            next = nil
            return
        }
        // A list that goes on and does not say how must not be taken for a whole one.
        guard let token = list.text(of: "NextContinuationToken"), !token.isEmpty else { return nil }
        next = token
    }
}

/// A part of an upload, as it is named when all are there.
struct S3Part {
    let number: Int
    let tag: String
    let hash: String?

    static func document(_ parts: [S3Part]) -> ByteBuffer {
        let entries = parts.map { part in
            let hash = part.hash.map { "<ChecksumSHA256>\($0)</ChecksumSHA256>" } ?? ""
            return "<Part><PartNumber>\(part.number)</PartNumber><ETag>\(part.tag.escapedForXML)</ETag>\(hash)</Part>"
        }
        return ByteBuffer(
            string: "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(entries.joined())"
                + "</CompleteMultipartUpload>")
    }
}

extension String {
    fileprivate var escapedForXML: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
