import Formats
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Import

@Suite struct `Exif's times` {
    private static let original: [(TIFFTag, String)] = [(.dateTimeOriginal, "2026:11:23 14:05:10")]

    private func time(_ exif: ExifBuilder) -> ToldTime? {
        ExifTimes.time(in: ByteBuffer(bytes: TestJPEG.picture(width: 16, height: 16).inserting(0xE1, exif.bytes).bytes))
    }

    private var wall: CivilTime {
        var civil = CivilTime(year: 2026, month: 11, day: 23)
        (civil.hour, civil.minute, civil.second) = (14, 5, 10)
        return civil
    }

    @Test(arguments: [false, true])
    func `are read in either order of bytes`(isBigEndian: Bool) {
        #expect(time(ExifBuilder(exif: Self.original, isBigEndian: isBigEndian)) == .wall(wall))
    }

    @Test func `are instants where the offset is told`() {
        let tags = Self.original + [(.offsetTimeOriginal, "+01:00"), (.subSecTimeOriginal, "25")]
        #expect(time(ExifBuilder(exif: tags)) == .instant(Timestamp(milliseconds: 1_795_439_110_250)))
        let shared = Self.original + [(.offsetTime, "-05:30")]
        #expect(time(ExifBuilder(exif: shared)) == .instant(wall.timestamp + .seconds(19_800)))
    }

    @Test func `are those of the picture before those of its file`() {
        let later = "2026:12:31 23:59:59"
        let exif = ExifBuilder(main: [(.dateTime, later)], exif: Self.original + [(.dateTimeDigitized, later)])
        #expect(time(exif) == .wall(wall))
        #expect(time(ExifBuilder(main: [(.dateTime, "2026-11-23 14:05:10")])) == .wall(wall))
    }

    @Test(arguments: [
        "0000:00:00 00:00:00", "    :  :     :  :  ", "2026:02:30 14:05:10", "2026:11:23", "2026:11:23 14:05:61", "",
    ])
    func `are none where the camera's clock was never set`(text: String) {
        #expect(time(ExifBuilder(exif: [(.dateTimeOriginal, text)])) == nil)
    }

    @Test func `are none in a picture without Exif`() {
        #expect(ExifTimes.time(in: ByteBuffer(bytes: TestJPEG.picture().bytes)) == nil)
        #expect(ExifTimes.time(in: ByteBuffer()) == nil)
        #expect(ExifTimes.time(in: ByteBuffer(string: "<html>")) == nil)
    }

    @Test func `are never wrong in a segment cut short anywhere`() {
        let tags = Self.original + [(.offsetTimeOriginal, "+01:00")]
        let whole = TestJPEG.picture(width: 16, height: 16).inserting(0xE1, ExifBuilder(exif: tags).bytes)
        let instant = ToldTime.instant(wall.timestamp - .seconds(3600))
        for count in 0..<300 {
            let time = ExifTimes.time(in: ByteBuffer(bytes: whole.cut(to: count).bytes))
            #expect(time == nil || time == instant)
        }
    }

    @Test func `survive any byte being another`() {
        let bytes = TestJPEG.picture(width: 16, height: 16).inserting(0xE1, ExifBuilder(exif: Self.original).bytes)
            .bytes
        for place in 0..<160 {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF, bytes[place] ^ 1] {
                var changed = bytes
                changed[place] = value
                _ = ExifTimes.time(in: ByteBuffer(bytes: changed))
            }
        }
    }
}

/// An Exif segment's content, tag by tag.
struct ExifBuilder {
    var main: [(TIFFTag, String)] = []
    var exif: [(TIFFTag, String)] = []
    var isBigEndian = false

    var bytes: [UInt8] {
        var tiff: [UInt8] = Array((isBigEndian ? "MM" : "II").utf8) + number(42, 2) + number(8, 4)
        let mainSize = 2 + 12 * (main.count + 1) + 4
        let exifStart = 8 + mainSize
        var texts = Texts(start: exifStart + 2 + 12 * exif.count + 4)
        tiff += number(main.count + 1, 2)
        for (tag, text) in main { tiff += entry(tag, text, &texts) }
        tiff += number(Int(TIFFTag.exifDirectory.rawValue), 2) + number(4, 2) + number(1, 4) + number(exifStart, 4)
        tiff += number(0, 4) + number(exif.count, 2)
        for (tag, text) in exif { tiff += entry(tag, text, &texts) }
        return Array("Exif\0\0".utf8) + tiff + number(0, 4) + texts.bytes
    }

    private struct Texts {
        let start: Int
        var bytes: [UInt8] = []
    }

    private func entry(_ tag: TIFFTag, _ text: String, _ texts: inout Texts) -> [UInt8] {
        let value = Array(text.utf8) + [0]
        let head = number(Int(tag.rawValue), 2) + number(2, 2) + number(value.count, 4)
        guard value.count > 4 else { return head + value + Array(repeating: 0, count: 4 - value.count) }
        defer { texts.bytes += value }
        return head + number(texts.start + texts.bytes.count, 4)
    }

    private func number(_ value: Int, _ size: Int) -> [UInt8] {
        let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isBigEndian ? little.reversed() : little
    }
}
