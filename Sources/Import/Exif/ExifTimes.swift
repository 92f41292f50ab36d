internal import Formats
internal import NIOCore
internal import Vocabulary

/// Reads when a picture was taken from its Exif segment.
///
/// Exif 2.32 (CIPA DC-008-2019, chapter 4) is a TIFF file (TIFF 6.0, section 2) within the JPEG's APP1 segment: a
/// directory of tags, and for these a second one that the first points to.
enum ExifTimes {
    /// The number of bytes at a picture's beginning that are enough: a segment has at most 64 KiB, and JFIF's comes
    /// before it.
    static let headLength = 68 * 1024

    /// The time that the segment tells: when the picture was taken, else digitized, else last changed.
    ///
    /// - Parameter head: the picture's beginning.
    static func time(in head: ByteBuffer) -> ToldTime? {
        guard let tiff = HeadSegments(of: head)?.lazy.filter(\.isWhole).compactMap(\.exif).first(where: { _ in true }),
            let block = TIFFBlock(tiff)
        else { return nil }
        let main = block.directory(at: block.firstDirectory)
        let exif = main[.exifDirectory].flatMap(block.long).map(block.directory(at:)) ?? TIFFDirectory()
        let accounts: [(TIFFDirectory, TIFFTag, TIFFTag, TIFFTag)] = [
            (exif, .dateTimeOriginal, .subSecTimeOriginal, .offsetTimeOriginal),
            (exif, .dateTimeDigitized, .subSecTimeDigitized, .offsetTimeDigitized),
            (main, .dateTime, .subSecTime, .offsetTime),
        ]
        for (directory, date, fraction, offset) in accounts {
            guard var civil = directory[date].flatMap(block.text).flatMap(civilTime) else { continue }
            if let digits = exif[fraction].flatMap(block.text)?.prefix(while: \.isDigit) {
                civil.millisecond = digits.milliseconds
            }
            // Some cameras write the offset of the last change alone, which is that of the same clock.
            guard
                let offset = [offset, .offsetTime].lazy.compactMap({
                    exif[$0].flatMap(block.text).flatMap { Duration(offset: $0) }
                })
                .first
            else { return .wall(civil) }
            return .instant(civil.timestamp - offset)
        }
        return nil
    }

    /// `2026:11:23 14:05:10`; some write hyphens in the date. Cameras whose clock was never set write zeros or blanks.
    private static func civilTime(_ text: [UInt8]) -> CivilTime? {
        let parts = text.split { !$0.isDigit }
        guard parts.count == 6, let year = parts[0].decimal(digits: 4) else { return nil }
        let numbers = parts.dropFirst().compactMap { $0.decimal(digits: 2) }
        guard numbers.count == 5 else { return nil }
        var civil = CivilTime(year: year, month: numbers[0], day: numbers[1])
        (civil.hour, civil.minute, civil.second) = (numbers[2], numbers[3], numbers[4])
        return civil.isPlausible ? civil : nil
    }
}
