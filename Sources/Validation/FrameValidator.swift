internal import NIOCore
public import Vocabulary

/// Tells whole, sound JPEGs from everything else that can come back for a snapshot.
///
/// First the structure is walked from SOI to EOI, and every limit checked, without decoding anything. Then one witness reads every
/// entropy-coded segment, which also gives the small luma picture that hashing and comparing work on. The body is not copied,
/// and the picture it holds is cut at its own EOI: what follows is counted and left out.
public struct FrameValidator: Sendable {
    private let limits: FrameLimits
    private let witnesses: [any EntropyWitness]

    public init(limits: FrameLimits = FrameLimits()) {
        self.limits = limits
        witnesses = [EntropyScanWitness(), LibjpegWitness(coefficientMemory: limits.coefficientMemory)]
    }

    /// Makes a frame of a snapshot that holds a whole picture.
    ///
    /// - Throws: a ``FrameRejection`` that says what is wrong and where.
    public func validate(_ snapshot: Snapshot) throws(FrameRejection) -> ValidFrame {
        do throws(PictureFault) {
            return try frame(of: snapshot)
        } catch {
            throw error.rejection(of: ByteCount(snapshot.bytes.readableBytes))
        }
    }

    private func frame(of snapshot: Snapshot) throws(PictureFault) -> ValidFrame {
        let (structure, testimony) = try snapshot.bytes.withUnsafeReadableBytes {
            (body) throws(PictureFault) -> (PictureStructure, Testimony) in
            let structure = try StructureWalk.structure(of: body, within: limits)
            let picture = UnsafeRawBufferPointer(rebasing: body.prefix(structure.end))
            return (structure, try testify(to: picture, of: structure))
        }
        var picture = snapshot.bytes
        picture.moveWriterIndex(to: picture.readerIndex + structure.end)
        return ValidFrame(
            bytes: picture, size: structure.size, luma: testimony.luma,
            surplusBytes: snapshot.bytes.readableBytes - structure.end, skippedBytes: testimony.skippedBytes,
            suspicion: GreyFoot.suspicion(of: testimony.luma), origin: snapshot.origin)
    }

    private func testify(
        to picture: UnsafeRawBufferPointer, of structure: PictureStructure
    ) throws(PictureFault) -> Testimony {
        for witness in witnesses {
            guard let testimony = try witness.examine(picture, of: structure) else { continue }
            if let leftOver = testimony.leftOver, leftOver.count >= LeftOver.leastOfDamage {
                throw PictureFault(
                    .corruptData, "\(leftOver.count) bytes are left over in a scan, near byte \(leftOver.offset)",
                    at: leftOver.offset)
            }
            return testimony
        }
        throw PictureFault(.unsupportedCoding, "no decoder knows this kind of JPEG")
    }
}
