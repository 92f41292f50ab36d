internal import CTurboJPEG
internal import NIOCore
internal import Vocabulary

extension RGBPicture {
    /// This picture as a baseline JPEG of full colour resolution, with all tables that it needs; `nil` where there is no
    /// memory for it.
    ///
    /// - Parameter quality: libjpeg's, 1 to 100.
    func jpeg(quality: Int) -> ByteBuffer? {
        guard let encoder = row_encoder_create(UInt32(size.width), UInt32(size.height), Int32(quality)) else {
            return nil
        }
        defer { row_encoder_destroy(encoder) }
        guard row_encoder_put(encoder, bytes, UInt32(size.height)), row_encoder_finish(encoder) else { return nil }
        var count = 0
        let encoded = row_encoder_take(encoder, &count)
        return ByteBuffer(bytes: UnsafeBufferPointer(start: encoded, count: count))
    }
}
