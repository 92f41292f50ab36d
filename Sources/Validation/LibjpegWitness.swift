internal import CTurboJPEG
internal import Vocabulary

/// libjpeg-turbo, which judges every kind of picture that the structure walk lets through.
///
/// At 1/8 scale it decodes each Huffman or arithmetic code as it would at full size, and leaves out only the inverse
/// transform: its verdict is that of a full decode at half the cost. Each picture gets a decoder of its own, because one that met a
/// bad header can fail the good pictures after it.
struct LibjpegWitness: EntropyWitness {
    let coefficientMemory: ByteCount

    func examine(
        _ picture: UnsafeRawBufferPointer, of structure: PictureStructure, withEdges: Bool
    ) throws(PictureFault) -> Testimony? {
        let size = LumaPicture.size(of: structure.size)
        var report = luma_report()
        let pixels = [UInt8](unsafeUninitializedCapacity: size.area) { pixels, count in
            luma_decode(
                picture.baseAddress, picture.count, pixels.baseAddress, UInt32(size.width), UInt32(size.height),
                Int(clamping: coefficientMemory.bytes), &report)
            // Rows that damage left unwritten are never looked at: the fault below is thrown instead.
            count = report.outcome == LUMA_DECODED ? size.area : 0
        }
        guard let luma = LumaPicture(of: structure.size, pixels: pixels) else {
            throw PictureFault(report, in: picture.count)
        }
        let leftOver = report.left_over > 0 ? LeftOver(count: report.left_over, offset: report.left_over_offset) : nil
        return Testimony(luma: luma, skippedBytes: report.skipped, leftOver: leftOver)
    }
}

extension PictureFault {
    fileprivate init(_ report: luma_report, in total: Int) {
        let message = withUnsafeBytes(of: report.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        var place = "near byte \(report.offset) of \(total)"
        if report.scan > 0 {
            place = "in scan \(report.scan), block row \(min(report.row + 1, report.rows)) of \(report.rows), \(place)"
        }
        let verdict = report.outcome == LUMA_DAMAGED ? .corruptData : FrameRejection.Verdict(refusal: report.code)
        self.init(verdict, "\(message) \(place)", at: report.offset)
    }
}

extension FrameRejection.Verdict {
    /// The verdict for the message code with which libjpeg gave up.
    fileprivate init(refusal code: Int32) {
        self =
            switch J_MESSAGE_CODE(UInt32(bitPattern: code)) {
            case JERR_OUT_OF_MEMORY, JERR_NO_BACKING_STORE: .tooMuchMemory
            case JERR_IMAGE_TOO_BIG, JERR_WIDTH_OVERFLOW: .tooManyPixels
            case JERR_FRACT_SAMPLE_NOTIMPL, JERR_CCIR601_NOTIMPL: .unsupportedSampling
            case JERR_CONVERSION_NOTIMPL, JERR_COMPONENT_COUNT: .unsupportedComponents
            case JERR_ARITH_NOTIMPL: .unsupportedCoding
            case JERR_BAD_PRECISION: .unsupportedPrecision
            default: .corruptStructure
            }
    }
}
