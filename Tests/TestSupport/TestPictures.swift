internal import NIOCore
package import Vocabulary

/// A JPEG in a test's hands, whole or operated on.
package struct TestJPEG: Sendable, Hashable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A small picture of the test scene.
    package static func picture(
        _ encoding: TestEncoding = .baseline, width: Int = 96, height: Int = 64, noise: Double = 3, seed: UInt64 = 1
    ) -> TestJPEG {
        encoding.encode(TestScene(width: width, height: height, noise: noise, seed: seed))
    }

    /// As it comes back for a slot.
    package func snapshot(
        from camera: String = "printer", at time: Timestamp = Timestamp(seconds: 1_800_000_000)
    ) -> Snapshot {
        guard let camera = try? CameraName(camera) else { preconditionFailure("“\(camera)” cannot name a camera") }
        return Snapshot(
            bytes: ByteBuffer(bytes: bytes),
            origin: SnapshotOrigin(camera: camera, source: .webcamAPI, receivedAt: time))
    }

    // MARK: Looking

    /// A marker with what belongs to it.
    package struct Segment: Sendable {
        package let marker: UInt8
        /// From the marker's FF to the last byte of its segment.
        package let range: Range<Int>
        /// Where the content begins, after marker and length.
        package var content: Int { range.lowerBound + 4 }
    }

    /// Every marker but RST, in order. The bytes must be whole enough for that.
    package var segments: [Segment] {
        var found: [Segment] = []
        var position = 0
        while position + 1 < bytes.count {
            let marker = bytes[position + 1]
            guard bytes[position] == 0xFF, marker != 0, marker != 0xFF, !(0xD0...0xD7).contains(marker) else {
                position += 1
                continue
            }
            let standsAlone = marker == 0xD8 || marker == 0xD9
            let length = standsAlone ? 0 : Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            found.append(Segment(marker: marker, range: position..<position + 2 + length))
            position += 2 + length
        }
        return found
    }

    package func segments(_ marker: UInt8) -> [Segment] { segments.filter { $0.marker == marker } }

    /// The start-of-frame segment.
    package var frameHeader: Segment {
        let others: Set<UInt8> = [0xC4, 0xC8, 0xCC]
        guard let found = segments.first(where: { (0xC0...0xCF).contains($0.marker) && !others.contains($0.marker) })
        else { preconditionFailure("the picture has no frame header") }
        return found
    }

    /// The entropy-coded data of the first scan, up to the next marker that is no RST.
    package var firstScanData: Range<Int> {
        let all = segments
        guard let scan = all.firstIndex(where: { $0.marker == 0xDA }), scan + 1 < all.count else {
            preconditionFailure("the picture has no scan")
        }
        return all[scan].range.upperBound..<all[scan + 1].range.lowerBound
    }

    // MARK: Operating

    /// This picture with something done to its bytes.
    package func changed(_ change: (inout [UInt8]) -> Void) -> TestJPEG {
        var copy = bytes
        change(&copy)
        return TestJPEG(copy)
    }

    /// The first `count` bytes.
    package func cut(to count: Int) -> TestJPEG { TestJPEG(Array(bytes.prefix(count))) }

    package static let endOfImage: [UInt8] = [0xFF, 0xD9]

    package static func + (left: TestJPEG, right: [UInt8]) -> TestJPEG { TestJPEG(left.bytes + right) }

    /// This picture with a segment right after SOI.
    package func inserting(_ marker: UInt8, _ content: [UInt8]) -> TestJPEG {
        changed { $0.insert(contentsOf: Self.segment(marker, content), at: 2) }
    }

    /// Without any segment of this kind.
    package func removing(_ marker: UInt8) -> TestJPEG {
        changed { bytes in
            for segment in segments(marker).reversed() { bytes.removeSubrange(segment.range) }
        }
    }

    /// With another size in its frame header, and nothing else changed.
    package func claiming(width: Int, height: Int) -> TestJPEG {
        let content = frameHeader.content
        return changed { bytes in
            (bytes[content + 1], bytes[content + 2]) = (UInt8(height >> 8), UInt8(height & 255))
            (bytes[content + 3], bytes[content + 4]) = (UInt8(width >> 8), UInt8(width & 255))
        }
    }

    /// With another kind of frame header, and nothing else changed.
    package func claiming(frameHeader marker: UInt8) -> TestJPEG {
        let position = frameHeader.range.lowerBound + 1
        return changed { $0[position] = marker }
    }

    /// With another sample precision in its frame header.
    package func claiming(bits: UInt8) -> TestJPEG {
        let position = frameHeader.content
        return changed { $0[position] = bits }
    }

    /// With an Exif segment that gives the orientation (1 to 8), and a thumbnail where one is given.
    package func withExif(orientation: UInt8, thumbnail: TestJPEG? = nil) -> TestJPEG {
        let first: [UInt8] = [1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
        let tiff = Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0] + first
        guard let thumbnail else { return inserting(0xE1, tiff + [0, 0, 0, 0]) }
        // A second directory: compressed as a JPEG, which begins behind it and is so long.
        let length = thumbnail.bytes.count
        let second: [UInt8] =
            [3, 0, 0x03, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0x01, 0x02, 4, 0, 1, 0, 0, 0, 68, 0, 0, 0]
            + [0x02, 0x02, 4, 0, 1, 0, 0, 0, UInt8(length & 255), UInt8(length >> 8), 0, 0, 0, 0, 0, 0]
        return inserting(0xE1, tiff + [26, 0, 0, 0] + second + thumbnail.bytes)
    }

    package static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + content
    }
}
