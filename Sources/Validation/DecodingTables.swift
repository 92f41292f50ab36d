internal import Formats

/// What a decoder knows from the segments before a scan.
struct DecodingTables {
    /// Four tables of 64, in zigzag order.
    private(set) var quantizers = [UInt16](repeating: 0, count: 4 * 64)
    private(set) var hasQuantizers = [false, false, false, false]
    private(set) var restartInterval = 0
    private var codes: [HuffmanCode?] = Array(repeating: nil, count: 8)

    /// `nil` where a segment has anything in it that libjpeg might object to, or that changes what the first component is.
    init?(_ picture: UnsafeRawBufferPointer, before scan: [PictureStructure.Segment]) {
        for segment in scan {
            let content = UnsafeRawBufferPointer(rebasing: picture[segment.content])
            let isKnown =
                switch segment.marker {
                case .defineQuantizationTables: takeQuantizers(content)
                case .defineHuffmanTables: takeCodes(content)
                case .defineRestartInterval: takeRestartInterval(content)
                // Adobe's segment may say that the components are red, green and blue.
                case .adobe, .defineArithmeticConditioning: false
                default: true
                }
            guard isKnown else { return nil }
        }
    }

    /// The table of this number, or else the one that the standard gives.
    func code(forMeans codesMeans: Bool, _ number: Int) -> HuffmanCode? {
        guard 0...3 ~= number else { return nil }
        return codes[(codesMeans ? 0 : 4) + number] ?? StandardTables.code(forMeans: codesMeans, number)
    }

    private mutating func takeRestartInterval(_ content: UnsafeRawBufferPointer) -> Bool {
        guard content.count == 2 else { return false }
        restartInterval = content.bigEndian(at: 0)
        return true
    }

    private mutating func takeQuantizers(_ content: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < content.count {
            let (number, width) = (Int(content[position] & 15), Int(content[position] >> 4) + 1)
            position += 1
            guard number < 4, width <= 2, content.count - position >= 64 * width else { return false }
            for index in 0..<64 {
                let value = width == 1 ? Int(content[position + index]) : content.bigEndian(at: position + 2 * index)
                guard value > 0 else { return false }
                quantizers[number * 64 + index] = UInt16(value)
            }
            hasQuantizers[number] = true
            position += 64 * width
        }
        return true
    }

    private mutating func takeCodes(_ content: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < content.count {
            guard content.count - position >= 17 else { return false }
            let (kind, number) = (content[position] >> 4, Int(content[position] & 15))
            let symbols = content[position + 1..<position + 17].reduce(0) { $0 + Int($1) }
            guard kind < 2, number < 4, symbols <= 256, content.count - position >= 17 + symbols else { return false }
            let code = [UInt8](content[position + 1..<position + 17 + symbols])
            codes[Int(kind) * 4 + number] = HuffmanCode(codesMeans: kind == 0, content: code)
            position += 17 + symbols
        }
        return true
    }
}
