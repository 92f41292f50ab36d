internal import CTurboJPEG
internal import NIOCore
internal import Vocabulary

/// libjpeg-turbo's compressor for pictures of interleaved RGB bytes, with chroma subsampled 4:2:0 as webcams do.
struct JPEGEncoder: ~Copyable {
    private let handle: tjhandle
    private let quality: Int32

    /// - Parameter quality: libjpeg's, 1 to 100.
    init(quality: Int) throws(SimulatorError) {
        guard let handle = tjInitCompress() else { throw .encoding(reason: "no compressor") }
        self.handle = handle
        self.quality = Int32(clamping: min(100, max(1, quality)))
    }

    deinit { tjDestroy(handle) }

    func encode(_ pixels: UnsafePointer<UInt8>, size: PixelSize) throws(SimulatorError) -> ByteBuffer {
        var jpeg: UnsafeMutablePointer<UInt8>?
        var length: UInt = 0
        defer { tjFree(jpeg) }
        let failed = tjCompress2(
            handle, pixels, Int32(size.width), 0, Int32(size.height), Int32(TJPF_RGB.rawValue), &jpeg, &length,
            Int32(TJSAMP_420.rawValue), quality, 0)
        guard failed == 0, let jpeg else { throw .encoding(reason: String(cString: tjGetErrorStr2(handle))) }
        return ByteBuffer(bytes: UnsafeBufferPointer(start: jpeg, count: Int(length)))
    }
}
