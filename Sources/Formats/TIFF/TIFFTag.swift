/// The tags that tell or are told a picture's time (CIPA DC-008-2019, tables 4, 5 and 8), and the one that says how a picture
/// stands.
package struct TIFFTag: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let orientation = TIFFTag(rawValue: 0x0112)
    package static let dateTime = TIFFTag(rawValue: 0x0132)
    package static let exifDirectory = TIFFTag(rawValue: 0x8769)
    package static let exifVersion = TIFFTag(rawValue: 0x9000)
    package static let dateTimeOriginal = TIFFTag(rawValue: 0x9003)
    package static let dateTimeDigitized = TIFFTag(rawValue: 0x9004)
    package static let offsetTime = TIFFTag(rawValue: 0x9010)
    package static let offsetTimeOriginal = TIFFTag(rawValue: 0x9011)
    package static let offsetTimeDigitized = TIFFTag(rawValue: 0x9012)
    package static let subSecTime = TIFFTag(rawValue: 0x9290)
    package static let subSecTimeOriginal = TIFFTag(rawValue: 0x9291)
    package static let subSecTimeDigitized = TIFFTag(rawValue: 0x9292)
}
