internal import CZlib
package import NIOCore

extension ByteBuffer {
    /// Packed by gzip (RFC 1952), the same bytes whenever it is done; `nil` where zlib cannot, as without memory.
    ///
    /// - Parameter level: how hard it tries, 1 to 9.
    package func gzipped(level: Int32 = 6) -> ByteBuffer? {
        var stream = z_stream()
        // 16 beyond the window's bits ask for gzip's frame.
        let begun = deflateInit2_(
            &stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard begun == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var packed = ByteBuffer()
        let bound = Int(deflateBound(&stream, UInt(readableBytes)))
        let written = packed.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { output in
            withUnsafeReadableBytes { input in
                // zlib does not write to what it reads.
                stream.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? output.count - Int(stream.avail_out) : 0
            }
        }
        return written > 0 ? packed : nil
    }
}
