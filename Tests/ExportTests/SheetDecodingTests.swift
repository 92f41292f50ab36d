import Archive
import Catalog
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `A picture decoded for a sheet` {
    static let encodings: [TestEncoding] = [
        .baseline, .grey, .progressive, .arithmetic, .restarting, .separateScans, TestEncoding(sampling: (1, 1)),
        TestEncoding(sampling: (2, 1)), TestEncoding(sampling: (1, 2)), TestEncoding(sampling: (4, 1)),
        TestEncoding(.rgb, sampling: (1, 1)), TestEncoding(.cmyk, sampling: (1, 1)),
        TestEncoding(.ycck, sampling: (1, 1)), TestEncoding(.ycck),
    ]

    @Test(arguments: encodings)
    func `has the colours that were encoded`(encoding: TestEncoding) async throws {
        var encoding = encoding
        encoding.quality = 95
        let scene = TestScene(width: 93, height: 61, noise: 0)
        let decoded = try await Self.picture(encoding.encode(scene)).decoded(eighths: 8)
        let channels = encoding.colour == .grey ? 1 : encoding.colour == .cmyk || encoding.colour == .ycck ? 4 : 3
        let original = scene.pixels(channels: channels)
        var differences = 0
        for y in 0..<61 {
            for x in 0..<93 {
                let values = original[((y * 93 + x) * channels)...].prefix(channels).map(Int.init)
                // Adobe's inks say what passes, and libjpeg marks its own as Adobe's.
                let colour =
                    channels == 1
                    ? [values[0], values[0], values[0]]
                    : channels == 3 ? values : values.prefix(3).map { $0 * values[3] / 255 }
                let pixel = decoded[x, y]
                differences += abs(Int(pixel.red) - colour[0]) + abs(Int(pixel.green) - colour[1])
                differences += abs(Int(pixel.blue) - colour[2])
            }
        }
        #expect(Double(differences) / Double(93 * 61 * 3) < 3)
    }

    @Test(arguments: encodings, [1, 2, 3, 5, 8])
    func `is, column by column, what it is as a whole`(encoding: TestEncoding, eighths: Int) async throws {
        let picture = try await Self.picture(.picture(encoding, width: 93, height: 61))
        let whole = try picture.decoded(eighths: eighths)
        for column in [0, whole.size.width / 2, whole.size.width - 1] {
            let slit = try picture.decoded(eighths: eighths, column: column)
            #expect(slit.size == PixelSize(width: 1, height: whole.size.height))
            let differences = (0..<whole.size.height).map { y in
                let (one, other) = (slit[0, y], whole[column, y])
                return max(
                    abs(Int(one.red) - Int(other.red)), abs(Int(one.green) - Int(other.green)),
                    abs(Int(one.blue) - Int(other.blue)))
            }
            // Colours that are coded coarsely are interpolated from what is decoded, which ends at the slit's edges.
            #expect(differences.reduce(0, +) <= 8 * whole.size.height)
        }
    }

    @Test func `is refused with libjpeg's words where it is damaged`() async throws {
        let whole = try await Self.picture(.picture())
        let half = FrameFeed.Picture(
            frame: whole.frame, number: 1, bytes: whole.bytes.getSlice(at: 0, length: whole.bytes.readableBytes / 2)!,
            sha256: whole.sha256)
        let refusal = #expect(throws: PictureRefusal.self) { try half.decoded(eighths: 1) }
        #expect(refusal?.reason.contains("cannot be decoded: Premature end") == true)
    }

    @Test func `has just the size that is asked for`() async throws {
        let picture = try await Self.picture(.picture(width: 93, height: 61))
        for size in [
            PixelSize(width: 40, height: 26), PixelSize(width: 1, height: 1), PixelSize(width: 93, height: 61),
        ] {
            #expect(try picture.decoded(at: size).size == size)
        }
    }

    private static func picture(_ jpeg: TestJPEG) async throws -> FrameFeed.Picture {
        let footage = try await Footage([Shot(picture: jpeg)])
        let checked = try await footage.catalog.checkedPicture(of: footage.frames[0])
        return FrameFeed.Picture(frame: footage.frames[0], number: 1, bytes: checked.bytes, sha256: checked.sha256)
    }
}

@Suite struct `A picture that is scaled` {
    @Test func `has the mean of the pixels that each new one covers`() {
        let picture = RGBPicture(
            size: PixelSize(width: 3, height: 1), bytes: [0, 0, 0, 90, 90, 90, 240, 240, 240])
        let scaled = picture.scaled(to: PixelSize(width: 2, height: 1))
        // (0 + 90/2) / 1.5 and (90/2 + 240) / 1.5
        #expect(scaled.bytes == [30, 30, 30, 190, 190, 190])
    }

    @Test func `keeps a single colour, smaller and larger`() {
        let colour = RGBColour(red: 7, green: 130, blue: 255)
        let picture = RGBPicture(width: 13, height: 7, filledWith: colour)
        for size in [PixelSize(width: 5, height: 3), PixelSize(width: 40, height: 1), PixelSize(width: 13, height: 29)]
        {
            #expect(
                picture.scaled(to: size)
                    == RGBPicture(width: size.width, height: size.height, filledWith: colour))
        }
    }

    @Test func `repeats its pixels where it becomes twice as large`() {
        let picture = RGBPicture(size: PixelSize(width: 1, height: 2), bytes: [1, 2, 3, 4, 5, 6])
        #expect(picture.scaled(to: PixelSize(width: 1, height: 4)).bytes == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
    }

    @Test(arguments: [(160, 90, 64, 36), (31, 17, 7, 5), (5, 3, 12, 8), (64, 48, 64, 7)])
    func `weighs each pixel by how much of it a new one covers`(
        width: Int, height: Int, newWidth: Int, newHeight: Int
    ) {
        let size = PixelSize(width: width, height: height)
        let picture = RGBPicture(
            size: size, bytes: (0..<size.area * 3).map { UInt8(truncatingIfNeeded: $0 * $0 * 7919 >> 5) })
        let scaled = picture.scaled(to: PixelSize(width: newWidth, height: newHeight))
        func covered(_ old: Int, by new: Int, _ length: Int, _ newLength: Int) -> Int {
            max(0, min((old + 1) * newLength, (new + 1) * length) - max(old * newLength, new * length))
        }
        for (x, y) in [(0, 0), (newWidth / 3, newHeight / 2), (newWidth - 1, newHeight - 1)] {
            var red = 0
            for (column, row) in (0..<width).flatMap({ column in (0..<height).map { (column, $0) } }) {
                red +=
                    Int(picture[column, row].red) * covered(column, by: x, width, newWidth)
                    * covered(row, by: y, height, newHeight)
            }
            #expect(Int(scaled[x, y].red) == (red + size.area / 2) / size.area, "at \(x), \(y)")
        }
    }
}
