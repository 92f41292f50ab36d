/// A JPEG marker's second byte (ITU-T T.81, table B.1).
package struct Marker: RawRepresentable, Hashable, CustomStringConvertible {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let temporary = Marker(rawValue: 0x01)
    package static let defineHuffmanTables = Marker(rawValue: 0xC4)
    package static let extension0 = Marker(rawValue: 0xC8)
    package static let defineArithmeticConditioning = Marker(rawValue: 0xCC)
    package static let startOfImage = Marker(rawValue: 0xD8)
    package static let endOfImage = Marker(rawValue: 0xD9)
    package static let startOfScan = Marker(rawValue: 0xDA)
    package static let defineQuantizationTables = Marker(rawValue: 0xDB)
    package static let defineNumberOfLines = Marker(rawValue: 0xDC)
    package static let defineRestartInterval = Marker(rawValue: 0xDD)
    package static let defineHierarchicalProgression = Marker(rawValue: 0xDE)
    package static let expandReferenceComponents = Marker(rawValue: 0xDF)
    /// SOF55, with which a JPEG-LS picture (ITU-T T.87) begins.
    package static let startOfFrameLS = Marker(rawValue: 0xF7)
    /// APP0, in which JFIF begins a picture.
    package static let jfif = Marker(rawValue: 0xE0)
    /// APP1, in which Exif stands, and other metadata.
    package static let exif = Marker(rawValue: 0xE1)
    /// APP14, which Adobe's programs write, and say in it what the components are.
    package static let adobe = Marker(rawValue: 0xEE)
    package static let comment = Marker(rawValue: 0xFE)
    /// No marker: any number of them may stand before one.
    package static let fill = Marker(rawValue: 0xFF)

    /// RST0 to RST7 and TEM stand alone, without a segment.
    package var standsAlone: Bool { (0xD0...0xD7).contains(rawValue) || self == .temporary }

    /// Whether a segment with a length follows; behind FF 00, which is the byte FF in entropy-coded data, there is none either.
    package var hasSegment: Bool {
        !standsAlone && ![0, Marker.startOfImage.rawValue, Marker.endOfImage.rawValue].contains(rawValue)
    }

    /// APP0 to APP15.
    package var isApplication: Bool { (0xE0...0xEF).contains(rawValue) }

    /// SOF0 to SOF15, which share their range with three other markers.
    package var isStartOfFrame: Bool {
        (0xC0...0xCF).contains(rawValue)
            && ![.defineHuffmanTables, .extension0, .defineArithmeticConditioning].contains(self)
    }

    /// Tables, metadata and the like: segments that the walk steps over by their length.
    package var isMiscellaneous: Bool {
        switch self {
        case .defineHuffmanTables, .defineArithmeticConditioning, .defineQuantizationTables, .defineNumberOfLines,
            .defineRestartInterval, .comment:
            true
        default: isApplication
        }
    }

    /// The standard's short name: `SOF2`, `APP1`, `DHT`.
    package var description: String {
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
