internal import NIOCore
internal import Vocabulary

/// When a picture was captured, as Exif 2.32 says it (CIPA DC-008-2019): local date and time, offset and milliseconds.
///
/// Only marker segments are touched: what the picture is coded in stays byte for byte.
struct ExifStamp {
    /// `2026:11:23 15:05:00`.
    let date: String
    /// `+01:00`.
    let offset: String
    /// The milliseconds, three digits.
    let fraction: String

    /// - Parameter offset: of the clock on the wall, in seconds east of UTC.
    init(_ instant: Timestamp, offset: Int) {
        let civil = CivilTime(instant + .seconds(offset))
        date =
            "\(civil.year.padded(4)):\(civil.month.padded(2)):\(civil.day.padded(2)) "
            + "\(civil.hour.padded(2)):\(civil.minute.padded(2)):\(civil.second.padded(2))"
        self.offset = offset.asOffset(separator: ":")
        fraction = civil.millisecond.padded(3)
    }

    /// The picture with this time in its Exif segment, whose other tags are kept, or in a new one; `nil` where the segment
    /// that it has is damaged or full, so that its tags could not all be kept.
    func applied(to picture: ByteBuffer) -> ByteBuffer? {
        guard let segments = ExifPlace(in: picture) else { return nil }
        var tiff = TIFFBlock.empty
        if let present = segments.tiff {
            guard let block = TIFFBlock(present) else { return nil }
            tiff = block
        }
        guard tiff.set(self) else { return nil }
        let length = 2 + ExifPlace.signature.count + tiff.bytes.readableBytes
        guard length <= Int(UInt16.max) else { return nil }

        var stamped = ByteBuffer()
        stamped.reserveCapacity(picture.readableBytes + length + 2)
        stamped.writeImmutableBuffer(segments.before)
        stamped.writeMultipleIntegers(0xFFE1 as UInt16, UInt16(length))
        stamped.writeBytes(ExifPlace.signature)
        stamped.writeImmutableBuffer(tiff.bytes)
        stamped.writeImmutableBuffer(segments.after)
        return stamped
    }
}

extension TIFFBlock {
    /// Puts a time into both directories: when the picture was made, and when it was changed last.
    fileprivate mutating func set(_ stamp: ExifStamp) -> Bool {
        guard var main = directory(at: firstDirectory) else { return false }
        var exif = TIFFDirectory()
        if let pointer = main.entries[TIFFTag.exifDirectory] {
            guard let offset = long(pointer), offset != 0, let present = directory(at: offset) else { return false }
            exif = present
        }
        if exif.entries[TIFFTag.exifVersion] == nil { exif.entries[TIFFTag.exifVersion] = undefined("0232") }
        exif.entries[TIFFTag.dateTimeOriginal] = text(stamp.date)
        exif.entries[TIFFTag.offsetTime] = text(stamp.offset)
        exif.entries[TIFFTag.offsetTimeOriginal] = text(stamp.offset)
        exif.entries[TIFFTag.subSecTime] = text(stamp.fraction)
        exif.entries[TIFFTag.subSecTimeOriginal] = text(stamp.fraction)
        main.entries[TIFFTag.dateTime] = text(stamp.date)
        main.entries[TIFFTag.exifDirectory] = long(append(exif))
        firstDirectory = append(main)
        return true
    }
}
