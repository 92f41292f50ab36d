package import NIOCore
package import Vocabulary

/// Tells whole, sound JPEGs from everything else that can come back for a snapshot.
///
/// First the structure is walked from SOI to EOI, and every limit checked, without decoding anything. Then one witness reads every
/// entropy-coded segment, which also gives the small luma picture that hashing and comparing work on. The body is not copied,
/// and the picture it holds is cut at its own EOI: what follows is counted and left out.
package struct FrameValidator: Sendable {
    private let limits: FrameLimits
    private let witnesses: [any EntropyWitness]

    package init(limits: FrameLimits = FrameLimits()) {
        self.limits = limits
        witnesses = [EntropyScanWitness(), LibjpegWitness(coefficientMemory: limits.coefficientMemory)]
    }

    /// Makes a frame of a snapshot that holds a whole picture.
    ///
    /// - Throws: a ``FrameRejection`` that says what is wrong and where.
    package func validate(_ snapshot: Snapshot) throws(FrameRejection) -> ValidFrame {
        ValidFrame(try validate(snapshot.bytes), from: snapshot.origin)
    }

    /// Reads bytes that hold a whole picture, wherever they are from.
    ///
    /// - Throws: a ``FrameRejection`` that says what is wrong and where.
    package func validate(_ bytes: ByteBuffer) throws(FrameRejection) -> ValidPicture {
        let examined = try examine(bytes, withEdges: false)
        if let fault = examined.lackingEnd ?? examined.leftOver { throw fault }
        return examined.picture
    }

    /// Reads a picture, for a ``PictureSeries`` to judge.
    ///
    /// - Parameter withEdges: whether to look at what tells of seams, too. It takes an eighth longer.
    /// - Throws: a ``FrameRejection`` where it is no frame, whatever the camera's other pictures are like.
    package func examine(_ bytes: ByteBuffer, withEdges: Bool = true) throws(FrameRejection) -> ExaminedPicture {
        do throws(PictureFault) {
            return try picture(in: bytes, withEdges: withEdges)
        } catch {
            let rejection = error.rejection(of: ByteCount(bytes.readableBytes))
            guard error.verdict == .truncated,
                let picture = picture(lackingOnlyEndIn: bytes, rejection, withEdges: withEdges)
            else { throw rejection }
            return picture
        }
    }

    /// The picture in a body that ends without EOI and is whole otherwise: with EOI put to it, it decodes, and nothing is left over.
    ///
    /// - Parameter rejection: what the body is otherwise.
    /// - Returns: `nil` where anything else is missing, and for arithmetic coding: its decoder takes missing data for zeros, so
    ///   that only EOI tells that all came.
    private func picture(
        lackingOnlyEndIn bytes: ByteBuffer, _ rejection: FrameRejection, withEdges: Bool
    ) -> ExaminedPicture? {
        guard let whole = try? picture(in: bytes.closedByEOI, withEdges: withEdges), !whole.isArithmetic,
            whole.picture.surplusBytes == 0, whole.picture.skippedBytes == 0, whole.leftOverBytes == 0
        else { return nil }
        return whole.lackingEnd(in: bytes, rejection)
    }

    private func picture(in bytes: ByteBuffer, withEdges: Bool) throws(PictureFault) -> ExaminedPicture {
        let (structure, testimony) = try bytes.withUnsafeReadableBytes {
            (body) throws(PictureFault) -> (PictureStructure, Testimony) in
            let structure = try StructureWalk.structure(of: body, within: limits)
            let picture = UnsafeRawBufferPointer(rebasing: body.prefix(structure.end))
            return (structure, try testify(to: picture, of: structure, withEdges: withEdges))
        }
        var whole = bytes
        whole.moveWriterIndex(to: whole.readerIndex + structure.end)
        let picture = ValidPicture(
            bytes: whole, size: structure.size, luma: testimony.luma,
            surplusBytes: bytes.readableBytes - structure.end, skippedBytes: testimony.skippedBytes,
            suspicion: GreyFoot.suspicion(of: testimony.luma),
            trace: withEdges
                ? PictureTrace(edges: testimony.edges, leftOverBytes: testimony.leftOver?.count ?? 0) : nil)
        let fault = testimony.leftOver.flatMap(\.fault)
        return ExaminedPicture(
            picture: picture, leftOver: fault?.rejection(of: ByteCount(bytes.readableBytes)),
            lackingEnd: nil, leftOverBytes: testimony.leftOver?.count ?? 0, edges: testimony.edges,
            isArithmetic: structure.header.isArithmetic)
    }

    private func testify(
        to picture: UnsafeRawBufferPointer, of structure: PictureStructure, withEdges: Bool
    ) throws(PictureFault) -> Testimony {
        for witness in witnesses {
            if let testimony = try witness.examine(picture, of: structure, withEdges: withEdges) { return testimony }
        }
        throw PictureFault(.unsupportedCoding, "no decoder knows this kind of JPEG")
    }
}
