package import Deduplication
package import Vocabulary

/// A sound picture that another tool took, on its way into the archive.
package enum ImportedPicture: Sendable {
    /// It is not the camera's frame before it. Its origin says which camera's it is and when it was captured.
    case novel(NovelFrame)
    /// The same bytes as those of the camera's frame before it.
    case repeats(SHA256Digest, camera: CameraName, at: Timestamp)
}

/// What became of an imported picture.
package enum ImportOutcome: Hashable, Sendable {
    /// It is a new frame.
    case stored
    /// The frame before it was seen once more.
    case repeated
    /// It was imported before.
    case known
}
