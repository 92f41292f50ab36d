package import NIOCore
package import Vocabulary

/// A picture that decodes, with what tells whether it is what its camera saw. ``PictureSeries`` judges it.
package struct ExaminedPicture: Sendable {
    let picture: ValidPicture
    /// Why it is no sound picture, unless all of its camera's have such bytes left over in their scan.
    package let leftOver: FrameRejection?
    /// Why it is no whole picture, unless its camera leaves EOI out of all: everything else is there, to the last code.
    package let lackingEnd: FrameRejection?
    /// The bytes left over in its scan, which may be too few to be damage.
    let leftOverBytes: Int
    /// `nil` where they were not asked for, or are not to be had.
    let edges: EdgeRows?
    /// Whether it is coded arithmetically.
    let isArithmetic: Bool

    /// What was read of it with EOI put to it, for the bytes as they came.
    func lackingEnd(in bytes: ByteBuffer, _ rejection: FrameRejection) -> ExaminedPicture {
        let picture = ValidPicture(
            bytes: bytes, size: picture.size, luma: picture.luma, surplusBytes: 0, skippedBytes: 0,
            suspicion: picture.suspicion)
        return ExaminedPicture(
            picture: picture, leftOver: nil, lackingEnd: rejection, leftOverBytes: 0, edges: edges, isArithmetic: false)
    }

    package var bytes: ByteBuffer { picture.bytes }
    package var suspicion: Suspicion? { picture.suspicion }
    package var luma: LumaPicture { picture.luma }
    /// What the next picture is judged by.
    package var trace: PictureTrace { PictureTrace(edges: edges, leftOverBytes: leftOverBytes) }

    /// The picture, marked where it lacks its end.
    package var takenAsWhole: ValidPicture {
        guard let lackingEnd, picture.suspicion == nil else { return picture }
        return picture.suspected(of: Suspicion(.noEOI, at: lackingEnd.description))
    }
}
