/// A JPEG marker's second byte (ITU-T T.81, table B.1).
struct Marker: RawRepresentable, Hashable, CustomStringConvertible {
    let rawValue: UInt8

    static let temporary = Marker(rawValue: 0x01)
    static let defineHuffmanTables = Marker(rawValue: 0xC4)
    static let extension0 = Marker(rawValue: 0xC8)
    static let defineArithmeticConditioning = Marker(rawValue: 0xCC)
    static let startOfImage = Marker(rawValue: 0xD8)
    static let endOfImage = Marker(rawValue: 0xD9)
    static let startOfScan = Marker(rawValue: 0xDA)
    static let defineQuantizationTables = Marker(rawValue: 0xDB)
    static let defineNumberOfLines = Marker(rawValue: 0xDC)
    static let defineRestartInterval = Marker(rawValue: 0xDD)
    static let defineHierarchicalProgression = Marker(rawValue: 0xDE)
    static let expandReferenceComponents = Marker(rawValue: 0xDF)
    /// SOF55, with which a JPEG-LS picture (ITU-T T.87) begins.
    static let startOfFrameLS = Marker(rawValue: 0xF7)
    /// APP14, which Adobe's programs write, and say in it what the components are.
    static let adobe = Marker(rawValue: 0xEE)
    static let comment = Marker(rawValue: 0xFE)

    /// RST0 to RST7 and TEM stand alone, without a segment.
    var standsAlone: Bool { (0xD0...0xD7).contains(rawValue) || self == .temporary }

    /// SOF0 to SOF15, which share their range with three other markers.
    var isStartOfFrame: Bool {
        (0xC0...0xCF).contains(rawValue)
            && ![.defineHuffmanTables, .extension0, .defineArithmeticConditioning].contains(self)
    }

    /// Tables, metadata and the like: segments that the walk steps over by their length.
    var isMiscellaneous: Bool {
        switch self {
        case .defineHuffmanTables, .defineArithmeticConditioning, .defineQuantizationTables, .defineNumberOfLines,
            .defineRestartInterval, .comment:
            true
        default: (0xE0...0xEF).contains(rawValue)
        }
    }

    /// The standard's short name: `SOF2`, `APP1`, `DHT`.
    var description: String {
        switch self {
        case .defineHuffmanTables: "DHT"
        case .extension0: "JPG"
        case .defineArithmeticConditioning: "DAC"
        case .startOfImage: "SOI"
        case .endOfImage: "EOI"
        case .startOfScan: "SOS"
        case .defineQuantizationTables: "DQT"
        case .defineNumberOfLines: "DNL"
        case .defineRestartInterval: "DRI"
        case .defineHierarchicalProgression: "DHP"
        case .expandReferenceComponents: "EXP"
        case .startOfFrameLS: "SOF55"
        case .comment: "COM"
        case .temporary: "TEM"
        default:
            switch rawValue {
            case 0xC0...0xCF: "SOF\(rawValue - 0xC0)"
            case 0xD0...0xD7: "RST\(rawValue - 0xD0)"
            case 0xE0...0xEF: "APP\(rawValue - 0xE0)"
            default: "0xFF\(String(rawValue, radix: 16, uppercase: true))"
            }
        }
    }
}
