import TestSupport

/// What happens to pictures on their way, or where a file is read while it is being written.
enum Damage: String, CaseIterable {
    case truncated = "truncated"
    case closed = "truncated, with EOI"
    case zeroed512 = "512 bytes zeroed"
    case zeroed4096 = "4096 bytes zeroed"
    case dropped = "1,460 bytes dropped"
    case swapped = "two of 512 swapped"
    case spliced = "two spliced"
    case flipped1 = "1 bit flipped"
    case flipped4 = "4 bits flipped"

    /// - Parameter later: another picture of the camera.
    func apply(to picture: TestJPEG, _ later: TestJPEG, by generator: inout SplitMix64) -> TestJPEG {
        let data = picture.firstScanData
        let place = Int.random(in: data, using: &generator)
        let sector = max(data.lowerBound, place / 512 * 512)
        switch self {
        case .truncated: return picture.cut(to: place)
        case .closed: return picture.cut(to: place) + TestJPEG.endOfImage
        case .zeroed512: return picture.zeroing(sector, 512)
        case .zeroed4096: return picture.zeroing(sector, 4096)
        case .dropped:
            return picture.changed { $0.removeSubrange(place..<min(place + 1460, $0.count)) }
        case .swapped:
            let sectors = Array(stride(from: (data.lowerBound + 511) / 512 * 512, to: data.upperBound - 512, by: 512))
            guard let one = sectors.randomElement(using: &generator),
                let other = sectors.filter({ $0 != one }).randomElement(using: &generator)
            else { return picture }
            return picture.changed { bytes in for index in 0..<512 { bytes.swapAt(one + index, other + index) } }
        case .spliced:
            let cut = min(sector, later.bytes.count - 2)
            return TestJPEG(Array(picture.bytes[..<cut] + later.bytes[cut...]))
        case .flipped1, .flipped4:
            return picture.changed { bytes in
                for _ in 0..<(self == .flipped1 ? 1 : 4) {
                    bytes[Int.random(in: data, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
        }
    }
}

extension TestJPEG {
    fileprivate func zeroing(_ start: Int, _ count: Int) -> TestJPEG {
        changed { bytes in for index in start..<min(start + count, bytes.count) { bytes[index] = 0 } }
    }
}
