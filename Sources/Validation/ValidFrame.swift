package import NIOCore
package import Vocabulary

/// A sound picture that a camera showed: a ``ValidPicture``, and where and when it is from.
package struct ValidFrame: Sendable {
    package let picture: ValidPicture
    package let origin: SnapshotOrigin

    /// - Parameter origin: of the snapshot that held the picture.
    package init(_ picture: ValidPicture, from origin: SnapshotOrigin) {
        (self.picture, self.origin) = (picture, origin)
    }

    /// The picture from SOI to its end, byte for byte as received and sharing the snapshot's memory.
    package var bytes: ByteBuffer { picture.bytes }
    package var size: PixelSize { picture.size }
    package var luma: LumaPicture { picture.luma }
    /// Bytes that followed EOI and were cut off.
    package var surplusBytes: Int { picture.surplusBytes }
    /// Bytes between SOI and EOI that belong to no segment.
    package var skippedBytes: Int { picture.skippedBytes }
    /// Why the picture, although it decoded, may not be what the camera saw; `nil` for nearly all.
    package var suspicion: Suspicion? { picture.suspicion }
    /// What the camera's next picture is judged by; `nil` where it was not asked for.
    package var trace: PictureTrace? { picture.trace }
}
