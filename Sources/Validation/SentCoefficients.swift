/// Which coefficients of each component the scans so far have sent, and to which precision.
///
/// A picture that is cut exactly between two scans and closed with an EOI decodes without complaint; only this sees it.
struct SentCoefficients {
    private static let nothing = Int8.max
    private var missingBits: [[Int8]]

    init(componentCount: Int) {
        missingBits = Array(repeating: Array(repeating: Self.nothing, count: 64), count: componentCount)
    }

    mutating func record(_ scan: ScanHeader) {
        for component in scan.components {
            for coefficient in scan.coefficients {
                missingBits[component][coefficient] = Int8(scan.missingBits)
            }
        }
    }

    /// The first component, from 1, that is not there to the last bit of its last coefficient.
    var firstIncomplete: Int? {
        missingBits.firstIndex { $0.contains { $0 != 0 } }.map { $0 + 1 }
    }
}
