internal import Formats
internal import Vocabulary

/// A start-of-frame segment: how a picture is coded, how large it is and what it is made of (ITU-T T.81, B.2.2).
struct FrameHeader: Hashable {
    /// One plane of samples.
    struct Component: Hashable {
        let identifier: UInt8
        let horizontalSampling: Int
        let verticalSampling: Int
        /// The number of its quantization table.
        let quantization: Int
    }

    /// Whether it is coded sequentially, by Huffman tables.
    let isBaseline: Bool
    /// Whether coefficients come in successive scans that refine one another.
    let isProgressive: Bool
    let isArithmetic: Bool
    let size: PixelSize
    let components: [Component]

    /// Reads the segment's content, and refuses every kind of picture that no witness can judge.
    init(_ content: UnsafeRawBufferPointer, of marker: Marker, at offset: Int) throws(PictureFault) {
        try Self.checkProcess(marker, at: offset)
        guard content.count >= 6, content.count == 6 + 3 * Int(content[5]) else {
            throw PictureFault(
                .corruptStructure, "the \(marker) segment at byte \(offset) has the wrong length", at: offset)
        }
        guard content[0] == 8 else {
            throw PictureFault(.unsupportedPrecision, "samples have \(content[0]) bits instead of 8", at: offset)
        }
        size = PixelSize(width: content.bigEndian(at: 3), height: content.bigEndian(at: 1))
        guard size.height > 0 else {
            throw PictureFault(
                .unsupportedHeight, "the height is left to a DNL segment after the first scan", at: offset)
        }
        guard size.width > 0 else { throw PictureFault(.corruptStructure, "the picture is 0 pixels wide", at: offset) }
        guard [1, 3, 4].contains(content[5]) else {
            throw PictureFault(.unsupportedComponents, "the picture has \(content[5]) components", at: offset)
        }
        components = stride(from: 6, to: content.count, by: 3).map { start in
            Component(
                identifier: content[start], horizontalSampling: Int(content[start + 1] >> 4),
                verticalSampling: Int(content[start + 1] & 15), quantization: Int(content[start + 2]))
        }
        isProgressive = marker.rawValue & 3 == 2
        isBaseline = marker.rawValue <= 0xC1
        isArithmetic = marker.rawValue >= 0xC9
        guard components.allSatisfy({ 1...4 ~= $0.horizontalSampling && 1...4 ~= $0.verticalSampling }) else {
            throw PictureFault(.corruptStructure, "a sampling factor is not between 1 and 4", at: offset)
        }
    }

    private static func checkProcess(_ marker: Marker, at offset: Int) throws(PictureFault) {
        switch marker.rawValue {
        case 0xC0, 0xC1, 0xC2, 0xC9, 0xCA: return
        case 0xC3, 0xCB:
            throw PictureFault(.unsupportedLossless, "the picture is lossless JPEG (\(marker))", at: offset)
        default:
            throw PictureFault(.unsupportedHierarchical, "the picture is hierarchical JPEG (\(marker))", at: offset)
        }
    }

    /// The samples of one component, without padding.
    func samples(of component: Component) -> Int {
        width(of: component) * height(of: component)
    }

    /// The bytes that the coefficients of all components take, two each, in whole blocks and minimum coded units.
    var coefficientBytes: Int {
        components.reduce(0) { sum, component in
            let across = blocks(width(of: component), in: component.horizontalSampling)
            let down = blocks(height(of: component), in: component.verticalSampling)
            return sum + across * down * 128
        }
    }

    private func blocks(_ samples: Int, in sampling: Int) -> Int {
        ((samples + 7) / 8 + sampling - 1) / sampling * sampling
    }

    private func width(of component: Component) -> Int {
        let most = components.map(\.horizontalSampling).max() ?? 1
        return (size.width * component.horizontalSampling + most - 1) / most
    }

    private func height(of component: Component) -> Int {
        let most = components.map(\.verticalSampling).max() ?? 1
        return (size.height * component.verticalSampling + most - 1) / most
    }
}

extension UnsafeRawBufferPointer {
    /// Two bytes, the more significant first. The caller has checked that they are there.
    func bigEndian(at offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }
}
