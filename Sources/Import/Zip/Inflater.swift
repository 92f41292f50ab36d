internal import CZlib
internal import NIOCore

/// Unpacks Deflate (RFC 1951) by zlib.
struct Inflater: ~Copyable {
    /// In memory of its own: zlib refuses a stream that was moved.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Whether the data has come to its end.
    private var isAtEnd = false
    private static let pieceLength = 1 << 16

    init() throws(ZipProblem) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative window bits: no header and no checksum of zlib's own.
        let result = inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else {
            stream.deallocate()
            throw .unreadable("zlib cannot start (\(result))")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks until the data, the input or the room ends.
    ///
    /// - Parameter limit: the most bytes that are unpacked; so much memory is taken.
    static func inflate(_ packed: ByteBuffer, upTo limit: Int) throws(ZipProblem) -> ByteBuffer {
        let inflater = try Inflater()
        var content = ByteBufferAllocator().buffer(capacity: limit)
        let result = inflater.inflate(packed, into: &content, limit)
        guard result == Z_STREAM_END || result == Z_OK || result == Z_BUF_ERROR else {
            throw .damaged("it does not unpack")
        }
        return content
    }

    private func inflate(_ packed: ByteBuffer, into content: inout ByteBuffer, _ limit: Int) -> Int32 {
        var result = Z_BUF_ERROR
        content.writeWithUnsafeMutableBytes(minimumWritableBytes: limit) { room in
            packed.withUnsafeReadableBytes { input in
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.bindMemory(to: UInt8.self).baseAddress)
                stream.pointee.avail_in = UInt32(clamping: input.count)
                stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
                stream.pointee.avail_out = UInt32(clamping: limit)
                result = CZlib.inflate(stream, Z_SYNC_FLUSH)
            }
            return limit - Int(stream.pointee.avail_out)
        }
        return result
    }

    /// Unpacks what comes next of the packed data, and hands it on in pieces of at most 64 KiB.
    ///
    /// - Returns: whether there is more to come, and it is wanted.
    mutating func forEachPiece(of packed: ByteBuffer, _ take: (ByteBuffer) -> Bool) throws(ZipProblem) -> Bool {
        var rest = packed
        while !isAtEnd {
            var content = ByteBufferAllocator().buffer(capacity: Self.pieceLength)
            let before = rest.readableBytes
            let result = inflate(rest, into: &content, Self.pieceLength)
            rest.moveReaderIndex(forwardBy: before - Int(stream.pointee.avail_in))
            guard result == Z_STREAM_END || result == Z_OK || result == Z_BUF_ERROR else {
                throw .damaged("it does not unpack")
            }
            isAtEnd = result == Z_STREAM_END
            if content.readableBytes > 0, !take(content) { return false }
            // Nothing came and nothing is left: more of the packed data is wanted.
            if rest.readableBytes == 0, content.readableBytes < Self.pieceLength { return !isAtEnd }
        }
        return false
    }

    /// CRC-32 as ZIP has it.
    static func checksum(_ bytes: ByteBuffer) -> UInt32 {
        bytes.withUnsafeReadableBytes { bytes in
            UInt32(truncatingIfNeeded: crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
        }
    }
}
