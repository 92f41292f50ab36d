internal import FoundationEssentials
package import NIOCore

/// JSON as the commands print it, without line breaks: keys sorted, so that the same state has the same bytes.
package enum JSON {
    package static func bytes(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(value))
    }
}
