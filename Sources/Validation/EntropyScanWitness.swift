internal import CEntropyScan
internal import Vocabulary

/// Our own reading of nearly all cameras' pictures: baseline, one scan of one or three components.
///
/// It needs about half of the time that libjpeg takes for the same, gives the same small picture, and refuses what no encoder
/// writes but libjpeg takes: means and coefficients out of the range of 8-bit samples, and blocks of more than 64
/// coefficients. What does not look as nearly all pictures do, sound or not, is left to libjpeg.
struct EntropyScanWitness: EntropyWitness {
    let tables = HuffmanTableCache.shared

    func examine(
        _ picture: UnsafeRawBufferPointer, of structure: PictureStructure, withEdges: Bool
    ) throws(PictureFault) -> Testimony? {
        guard let scan = BaselineScan(picture, of: structure, tables: tables) else { return nil }
        let size = LumaPicture.size(of: structure.size)
        var report = entropy_report()
        var edges: EdgeRows?
        let pixels = [UInt8](unsafeUninitializedCapacity: size.area) { pixels, count in
            if withEdges {
                edges = scan.readWithEdges(picture, into: pixels, size: size, &report)
            } else {
                scan.read(picture, into: pixels, size: size, edges: nil, &report)
            }
            count = report.verdict == ENTROPY_SOUND ? size.area : 0
        }
        switch report.verdict {
        case ENTROPY_UNKNOWN, ENTROPY_NO_MEMORY: return nil
        case ENTROPY_SOUND: break
        default: throw PictureFault(report, in: scan, of: picture.count)
        }
        guard let luma = LumaPicture(of: structure.size, pixels: pixels) else { return nil }
        var leftOver: LeftOver?
        if report.left_over > 0 {
            leftOver = LeftOver(count: report.left_over, offset: scan.data.lowerBound + report.left_over_offset)
        }
        return Testimony(luma: luma, skippedBytes: report.skipped, leftOver: leftOver, edges: edges)
    }
}

extension PictureFault {
    fileprivate init(_ report: entropy_report, in scan: BaselineScan, of total: Int) {
        let offset = scan.data.lowerBound + report.offset
        let what =
            switch report.verdict {
            case ENTROPY_BAD_CODE: "bits that are no code"
            case ENTROPY_TOO_MANY_COEFFICIENTS: "a block of more than 64 coefficients"
            case ENTROPY_MEAN_OUT_OF_RANGE: "a block darker than black or brighter than white"
            case ENTROPY_COEFFICIENT_OUT_OF_RANGE: "a coefficient larger than any picture's"
            case ENTROPY_WRONG_RESTART: "a restart marker out of its order"
            default: "the data end early"
            }
        self.init(
            .corruptData,
            "\(what) in scan 1, block row \(report.row + 1) of \(scan.unitsDown), "
                + "column \(report.unit + 1) of \(scan.unitsAcross), near byte \(offset) of \(total)",
            at: offset)
    }
}
