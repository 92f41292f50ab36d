import Archive
import Catalog
import Deduplication
import Formats
import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `The time in a picture's Exif data` {
    /// Two hours and a half behind UTC, as an odd zone has it.
    private let stamp = ExifStamp(Footage.start, offset: -9_000)

    /// What exiftool reads, by names with their groups.
    private func tags(of picture: ByteBuffer) throws -> [String: String] {
        let folder = try TemporaryFolder()
        try Data(picture.readableBytesView).write(to: URL(fileURLWithPath: folder("a.jpg")))
        let tool = try Tool.run("exiftool", ["-j", "-G1", "-n", folder("a.jpg")])
        #expect(tool.status == 0, "\(tool.errors)")
        let read = try #require(try JSONSerialization.jsonObject(with: tool.output) as? [[String: Any]])
        #expect(read[0]["ExifTool:Warning"] == nil)
        return read[0].mapValues { "\($0)" }
    }

    private func picture(_ bytes: [UInt8]) -> ByteBuffer { ByteBuffer(bytes: bytes) }

    /// Puts tags into a picture as another program does.
    private func tagged(_ arguments: String...) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try Data(TestJPEG.picture(seed: 3).bytes).write(to: URL(fileURLWithPath: folder("a.jpg")))
        let tool = try Tool.run("exiftool", arguments + [folder("a.jpg")])
        #expect(tool.status == 0, "\(tool.errors)")
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder("a.jpg"))))
    }

    @Test func `is written with its offset and milliseconds, and nothing else changes`() throws {
        let original = TestJPEG.picture(seed: 1)
        let stamped = try #require(stamp.applied(to: picture(original.bytes)))
        let tags = try tags(of: stamped)
        for (tag, value) in [
            ("IFD0:ModifyDate", "2026:11:23 11:35:00"), ("ExifIFD:DateTimeOriginal", "2026:11:23 11:35:00"),
            ("ExifIFD:OffsetTime", "-02:30"), ("ExifIFD:OffsetTimeOriginal", "-02:30"),
            ("ExifIFD:SubSecTime", "250"), ("ExifIFD:SubSecTimeOriginal", "250"), ("ExifIFD:ExifVersion", "0232"),
        ] {
            #expect(tags[tag] == value)
        }
        // JFIF's segment stays the first, and without the new one the picture is what it was.
        #expect(stamped.getBytes(at: 2, length: 2) == [0xFF, 0xE0])
        #expect(TestJPEG(Array(stamped.readableBytesView)).removing(0xE1).bytes == original.bytes)
    }

    @Test func `comes beside the tags that are there, which stay`() throws {
        let original = try tagged(
            "-Make=Maker", "-Model=Model 7", "-Orientation#=6", "-UserComment=a comment", "-GPSLatitude=47.5",
            "-GPSLatitudeRef=N", "-DateTimeOriginal=2001:01:01 00:00:00", "-XPTitle=title", "-ExposureTime=1/50")
        let before = try tags(of: picture(original))
        let stamped = try #require(stamp.applied(to: picture(original)))
        let after = try tags(of: stamped)
        #expect(after["ExifIFD:DateTimeOriginal"] == "2026:11:23 11:35:00")
        #expect(after["ExifIFD:OffsetTimeOriginal"] == "-02:30")
        for (tag, value) in before where ["IFD0:", "ExifIFD:", "GPS:"].contains(where: tag.hasPrefix) {
            if tag != "ExifIFD:DateTimeOriginal" { #expect(after[tag] == value, "\(tag)") }
        }
        #expect(before["IFD0:Make"] == "Maker")
        #expect(
            TestJPEG(Array(stamped.readableBytesView)).removing(0xE1).bytes == TestJPEG(original).removing(0xE1).bytes)
    }

    @Test func `keeps a thumbnail and its place`() throws {
        let thumbnail = TestJPEG.picture(width: 32, height: 24, seed: 9)
        let original = TestJPEG.picture(seed: 2).withExif(orientation: 6, thumbnail: thumbnail)
        let stamped = try #require(stamp.applied(to: picture(original.bytes)))
        let folder = try TemporaryFolder()
        try Data(stamped.readableBytesView).write(to: URL(fileURLWithPath: folder("a.jpg")))
        let found = try Tool.run("exiftool", ["-b", "-ThumbnailImage", folder("a.jpg")]).output
        #expect(found == Data(thumbnail.bytes))
    }

    @Test(arguments: [
        [UInt8]("no TIFF".utf8), [0x49, 0x49, 42, 0, 200, 0, 0, 0], [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0xFF, 0xFF],
    ])
    func `is left out where the data that is there is damaged`(tiff: [UInt8]) {
        let original = TestJPEG.picture(seed: 1).inserting(0xE1, HeadSegments.Segment.exifSignature + tiff)
        #expect(stamp.applied(to: picture(original.bytes)) == nil)
    }

    @Test func `is left out where there is no room for it`() throws {
        let room = Int(UInt16.max) - 2 - HeadSegments.Segment.exifSignature.count
        let full = [0x49, 0x49, 42, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: room - 8)
        let original = TestJPEG.picture(seed: 1).inserting(0xE1, HeadSegments.Segment.exifSignature + full)
        #expect(stamp.applied(to: picture(original.bytes)) == nil)
    }

    @Test func `is left out of what is cut short, whatever the length`() {
        let original = TestJPEG.picture(seed: 1).withExif(orientation: 6).bytes
        let start = original.firstRange(of: [0xFF, 0xDA])?.lowerBound ?? 0
        for length in 0..<start { #expect(stamp.applied(to: picture(Array(original.prefix(length)))) == nil) }
    }

    @Test func `leaves an export whose manifest tells both digests, and says where it is missing`() async throws {
        let damaged = TestJPEG.picture(seed: 1).inserting(
            0xE1, HeadSegments.Segment.exifSignature + Array("no TIFF".utf8))
        let footage = try await Footage([
            Shot(picture: .picture(seed: 2)), Shot(picture: damaged, time: Footage.start + .seconds(1)),
        ])
        let result = try await footage.export("frames") { $0.exif = true }
        #expect(result.frames == 2)
        #expect(result.undated == 1)
        let check = try Tool.run("sha256sum", ["--check", "--strict", "SHA256SUMS"], in: footage.outputs("frames"))
        #expect(check.status == 0, "\(check.errors)")
        let data = try footage.folder.contents(of: "out/frames").data("manifest.json")
        let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let frames = try #require(manifest["frames"] as? [[String: Any]])
        #expect(frames[0]["original_sha256"] as? String == footage.frames[0].sha256.description)
        #expect(frames[0]["sha256"] as? String != footage.frames[0].sha256.description)
        #expect(frames[1]["original_sha256"] is NSNull)
        #expect(frames[1]["sha256"] as? String == footage.frames[1].sha256.description)
    }
}
