internal import NIOCore

/// Compressed formats, written without compressing: a JPEG would not shrink anyway.
enum Encodings {
    /// A gzip member (RFC 1952) of stored deflate blocks.
    static func gzip(_ body: ByteBuffer) -> ByteBuffer {
        var out = ByteBuffer(bytes: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
        var rest = body
        repeat {
            let piece = rest.readSlice(length: min(65_535, rest.readableBytes)) ?? ByteBuffer()
            out.writeInteger(rest.readableBytes == 0 ? 1 : 0, as: UInt8.self)
            out.writeInteger(UInt16(piece.readableBytes), endianness: .little)
            out.writeInteger(~UInt16(piece.readableBytes), endianness: .little)
            out.writeImmutableBuffer(piece)
        } while rest.readableBytes > 0
        out.writeInteger(crc32(body.readableBytesView), endianness: .little)
        out.writeInteger(UInt32(truncatingIfNeeded: body.readableBytes), endianness: .little)
        return out
    }

    /// A gzip member of one fixed-Huffman block (RFC 1951, 3.2.6): a zero, and the same copied from one byte back, 258 at a time.
    ///
    /// Its CRC is left 0: whoever gets so far has already decoded too much.
    static func gzipBomb(bytes: Int) -> ByteBuffer {
        var out = ByteBuffer(bytes: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
        var bits = BitWriter()
        bits.write(0b1, 1)
        bits.write(0b01, 2)
        bits.writeHuffman(0b0011_0000, 8)
        for _ in 0..<(bytes / 258) {
            bits.writeHuffman(0b1100_0101, 8)
            bits.writeHuffman(0, 5)
        }
        bits.writeHuffman(0, 7)
        out.writeBytes(bits.finished())
        out.writeInteger(0, as: UInt32.self)
        out.writeInteger(UInt32(truncatingIfNeeded: bytes / 258 * 258 + 1), endianness: .little)
        return out
    }

    /// A brotli stream (RFC 7932, 9.2) of uncompressed meta-blocks.
    static func brotli(_ body: ByteBuffer) -> ByteBuffer {
        var out = ByteBuffer()
        var rest = body
        var bits = BitWriter()
        bits.write(0, 1)
        while let piece = rest.readSlice(length: min(65_536, rest.readableBytes)), piece.readableBytes > 0 {
            bits.write(0, 1)
            bits.write(0, 2)
            bits.write(piece.readableBytes - 1, 16)
            bits.write(1, 1)
            out.writeBytes(bits.finished())
            out.writeImmutableBuffer(piece)
            bits = BitWriter()
        }
        bits.write(0b11, 2)
        out.writeBytes(bits.finished())
        return out
    }

    /// CRC-32 as gzip wants it (RFC 1952, 8).
    private static func crc32(_ bytes: ByteBufferView) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            var crc: UInt32 = 0xffff_ffff
            table.withUnsafeBufferPointer { table in
                for index in 0..<bytes.count {
                    crc = table[Int((crc ^ UInt32(bytes[index])) & 255)] ^ (crc >> 8)
                }
            }
            return ~crc
        }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? 0xedb8_8320 ^ (crc >> 1) : crc >> 1 }
    }
}

/// Packs bits from the least significant end, as deflate and brotli do.
private struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending = 0
    private var count = 0

    mutating func write(_ value: Int, _ bits: Int) {
        pending |= value << count
        count += bits
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            count -= 8
        }
    }

    /// Huffman codes go in from their most significant bit.
    mutating func writeHuffman(_ code: Int, _ bits: Int) {
        for bit in stride(from: bits - 1, through: 0, by: -1) { write(code >> bit & 1, 1) }
    }

    func finished() -> [UInt8] {
        count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes
    }
}
