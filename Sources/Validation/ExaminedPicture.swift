package import NIOCore
package import Vocabulary

/// A picture that decodes, with what tells whether it is what its camera saw. ``PictureSeries`` judges it.
package struct ExaminedPicture: Sendable {
    let frame: ValidFrame
    /// Why it is no sound picture, unless all of its camera's have such bytes left over in their scan.
    package let leftOver: FrameRejection?
    /// The bytes left over in its scan, which may be too few to be damage.
    let leftOverBytes: Int
    /// `nil` where they were not asked for, or are not to be had.
    let edges: EdgeRows?

    package var bytes: ByteBuffer { frame.bytes }
    package var origin: SnapshotOrigin { frame.origin }
    package var suspicion: Suspicion? { frame.suspicion }
    package var luma: LumaPicture { frame.luma }
    /// What the next picture is judged by.
    package var trace: PictureTrace { PictureTrace(edges: edges, leftOverBytes: leftOverBytes) }
}
