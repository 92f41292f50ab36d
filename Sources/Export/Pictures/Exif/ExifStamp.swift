internal import Formats
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
        let length = 2 + HeadSegments.Segment.exifSignature.count + tiff.bytes.readableBytes
        guard length <= Int(UInt16.max) else { return nil }

        var stamped = ByteBuffer()
        stamped.reserveCapacity(picture.readableBytes + length + 2)
        stamped.writeImmutableBuffer(segments.before)
        stamped.writeMultipleIntegers(0xFFE1 as UInt16, UInt16(length))
        stamped.writeBytes(HeadSegments.Segment.exifSignature)
        stamped.writeImmutableBuffer(tiff.bytes)
        stamped.writeImmutableBuffer(segments.after)
        return stamped
    }
}

extension TIFFBlock {
    /// Puts a time into both directories: when the picture was made, and when it was changed last.
    fileprivate mutating func set(_ stamp: ExifStamp) -> Bool {
        guard var main = firstDirectory == 0 ? TIFFDirectory() : soundDirectory(at: firstDirectory) else {
            return false
        }
        var exif = TIFFDirectory()
        if let pointer = main[.exifDirectory] {
            guard pointer.count == 1, let offset = long(pointer), let present = soundDirectory(at: offset) else {
                return false
            }
            exif = present
        }
        if exif[.exifVersion] == nil { exif.set(undefined("0232", for: .exifVersion)) }
        exif.set(text(stamp.date, for: .dateTimeOriginal))
        exif.set(text(stamp.offset, for: .offsetTime))
        exif.set(text(stamp.offset, for: .offsetTimeOriginal))
        exif.set(text(stamp.fraction, for: .subSecTime))
        exif.set(text(stamp.fraction, for: .subSecTimeOriginal))
        main.set(text(stamp.date, for: .dateTime))
        main.set(long(append(exif), for: .exifDirectory))
        firstDirectory = append(main)
        return true
    }
}
