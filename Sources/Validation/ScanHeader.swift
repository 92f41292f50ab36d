/// A start-of-scan segment: what the entropy-coded data after it holds (ITU-T T.81, B.2.3).
struct ScanHeader {
    /// Indexes into the frame's components.
    let components: [Int]
    /// The numbers of their Huffman tables.
    let tables: [(means: Int, others: Int)]
    /// The coefficients that the scan sends, in zigzag order.
    let coefficients: ClosedRange<Int>
    /// How many low bits of each coefficient are left to later scans.
    let missingBits: Int

    init(_ content: UnsafeRawBufferPointer, of frame: FrameHeader, at offset: Int) throws(PictureFault) {
        func refuse(_ reason: String) -> PictureFault {
            PictureFault(.corruptStructure, "the SOS segment at byte \(offset) \(reason)", at: offset)
        }
        guard let count = content.first.map(Int.init), 1...4 ~= count, content.count == 4 + 2 * count else {
            throw refuse("has the wrong length")
        }
        var chosen: [Int] = []
        for entry in 0..<count {
            // Some cameras number all components alike: the first one not yet taken is meant.
            let identifier = content[1 + 2 * entry]
            let match = frame.components.indices.first { index in
                frame.components[index].identifier == identifier && !chosen.contains(index)
            }
            guard let match else { throw refuse("names component \(identifier), which the frame does not have") }
            chosen.append(match)
        }
        components = chosen
        tables = (0..<count).map { entry in
            let numbers = Int(content[2 + 2 * entry])
            return (means: numbers >> 4, others: numbers & 15)
        }

        let tail = 1 + 2 * count
        guard frame.isProgressive else {
            // A sequential scan always sends everything; what stands here is of no consequence.
            (coefficients, missingBits) = (0...63, 0)
            return
        }
        let (first, last) = (Int(content[tail]), Int(content[tail + 1]))
        guard first <= last, last <= 63 else { throw refuse("sends coefficients \(first) to \(last)") }
        (coefficients, missingBits) = (first...last, Int(content[tail + 2] & 15))
    }
}
