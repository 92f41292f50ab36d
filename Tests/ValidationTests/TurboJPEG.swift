import CTurboJPEG
import TestSupport

/// TurboJPEG's decoder, whose word is set beside the validator's.
enum TurboJPEG {
    /// Whether it can decode such pictures to grey. It does not know every sampling that libjpeg knows.
    static func knows(_ encoding: TestEncoding) -> Bool {
        let samplings = [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1)]
        return [.grey, .yCbCr, .rgb].contains(encoding.colour) && samplings.contains { $0 == encoding.sampling }
    }
}

extension TestJPEG {
    /// The whole picture in grey as TurboJPEG decodes it, `nil` where it fails or so much as warns.
    func decodedGrey() -> [UInt8]? {
        guard let handle = tjInitDecompress() else { return nil }
        defer { tjDestroy(handle) }
        var (width, height, subsampling, colour) = (Int32(0), Int32(0), Int32(0), Int32(0))
        guard
            tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colour) == 0
        else { return nil }
        var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height))
        let result = tjDecompress2(
            handle, bytes, UInt(bytes.count), &pixels, width, width, height, Int32(TJPF_GRAY.rawValue),
            TJFLAG_ACCURATEDCT)
        return result == 0 ? pixels : nil
    }
}
