import NIOCore
import Testing

@testable import Formats

@Suite struct `A TIFF file in memory` {
    /// A directory at 8 with these entries: tag, type, count and value.
    private func block(
        _ entries: [(TIFFTag, UInt16, UInt32, UInt32)], _ endianness: Endianness, claiming count: Int? = nil
    ) throws -> TIFFBlock {
        var bytes = ByteBuffer(string: endianness == .little ? "II" : "MM")
        bytes.writeInteger(42 as UInt16, endianness: endianness)
        bytes.writeInteger(8 as UInt32, endianness: endianness)
        bytes.writeInteger(UInt16(count ?? entries.count), endianness: endianness)
        for (tag, type, count, value) in entries {
            bytes.writeMultipleIntegers(tag.rawValue, type, count, value, endianness: endianness)
        }
        return try #require(TIFFBlock(bytes))
    }

    @Test(arguments: [Endianness.little, .big])
    func `is read in its own order`(endianness: Endianness) throws {
        let block = try block([(.exifDirectory, 4, 1, 0x0102_0304)], endianness)
        let directory = block.directory(at: block.firstDirectory)
        #expect(directory[.exifDirectory].flatMap(block.long) == 0x0102_0304)
        #expect(directory[.orientation] == nil)
    }

    @Test func `gives what it has of a directory that is cut short, which is no sound one`() throws {
        let block = try block([(.exifDirectory, 4, 1, 7)], .big, claiming: 2)
        #expect(block.directory(at: 8)[.exifDirectory].flatMap(block.long) == 7)
        #expect(block.soundDirectory(at: 8) == nil)
    }

    @Test func `has no sound directory where a tag is there twice, and none at all outside`() throws {
        let block = try block([(.exifDirectory, 4, 1, 7), (.exifDirectory, 4, 1, 9)], .little)
        #expect(block.directory(at: 8)[.exifDirectory].flatMap(block.long) == 7)
        for place: UInt32 in [8, 0, 7, 1000, .max] { #expect(block.soundDirectory(at: place) == nil) }
        for place: UInt32 in [0, 7, 1000, .max] { #expect(block.directory(at: place).entries.isEmpty) }
    }

    @Test func `gives texts up to their NUL, and none that reaches past the end`() throws {
        let block = try block([(.offsetTime, 2, 3, 0x4142_0000), (.dateTime, 2, 20, 30)], .big)
        let directory = block.directory(at: 8)
        #expect(directory[.offsetTime].flatMap(block.text) == Array("AB".utf8))
        #expect(directory[.dateTime].flatMap(block.text) == nil)
    }

    @Test(arguments: ["", "II", "II*\0", "XX*\0\u{8}\0\0\0", "MM*\0\u{8}\0\0\0", "no TIFF at all"])
    func `is nothing that does not begin as one`(text: String) {
        #expect(TIFFBlock(ByteBuffer(string: text)) == nil)
    }
}
