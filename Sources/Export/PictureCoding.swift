internal import NIOCore

/// How a JPEG's frame is coded, from its start-of-frame marker (ITU-T T.81, table B.1).
struct PictureCoding: Hashable, Sendable {
    /// The marker's second byte, 0xC0 for baseline; `nil` where there is none.
    let marker: UInt8?

    /// Walks the marker segments up to the first start of frame.
    init(of picture: ByteBuffer) {
        var bytes = picture
        bytes.moveReaderIndex(forwardBy: min(2, bytes.readableBytes))
        while let prefix: UInt8 = bytes.readInteger() {
            guard prefix == 0xFF, let code: UInt8 = bytes.readInteger() else { continue }
            switch code {
            case 0xC0...0xCF where code != 0xC4 && code != 0xC8 && code != 0xCC:
                marker = code
                return
            case 0x00, 0x01, 0xD0...0xD7: continue
            // A fill byte: the next one may be the code.
            case 0xFF: bytes.moveReaderIndex(to: bytes.readerIndex - 1)
            default:
                guard let length: UInt16 = bytes.readInteger(), length >= 2, Int(length) - 2 <= bytes.readableBytes
                else {
                    marker = nil
                    return
                }
                bytes.moveReaderIndex(forwardBy: Int(length) - 2)
            }
        }
        marker = nil
    }

    /// Whether the frame is arithmetic-coded (SOF9 to SOF15). The archive keeps such pictures, because libjpeg-turbo
    /// decodes them; ffmpeg does not: “unsupported coding type (c9)”.
    var isArithmetic: Bool { marker.map { $0 >= 0xC9 } ?? false }
}
