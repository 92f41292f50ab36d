package import NIOCore
package import Vocabulary

/// A JPEG that decoded cleanly from its first byte to its last, wherever it is from.
///
/// It ends with EOI, unless its camera leaves that out of all its pictures: such a picture is marked.
///
/// Only ``FrameValidator`` makes one (its initializer is internal), so code that takes a `ValidPicture` has nothing left to check.
package struct ValidPicture: Sendable {
    /// The picture from SOI to its end, byte for byte as given and sharing its memory.
    package let bytes: ByteBuffer
    package let size: PixelSize
    package let luma: LumaPicture
    /// Bytes that followed EOI and were cut off: padding, or further pictures.
    package let surplusBytes: Int
    /// Bytes between SOI and EOI that belong to no segment, as far as the decoder noticed: it may have read up to eight
    /// ahead. Decoders skip them, and so they stay.
    package let skippedBytes: Int
    /// Why the picture, although it decoded, may not be what the camera saw; `nil` for nearly all.
    package internal(set) var suspicion: Suspicion?
    /// What the camera's next picture is judged by; `nil` where it was not asked for.
    package internal(set) var trace: PictureTrace?

    func suspected(of suspicion: Suspicion) -> ValidPicture {
        var picture = self
        picture.suspicion = suspicion
        return picture
    }
}
