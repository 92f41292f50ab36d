import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

@Suite struct `Damage in entropy-coded data` {
    @Test(arguments: [TestEncoding.baseline, .progressive, .grey, .separateScans])
    func `is rejected where libjpeg only warns`(encoding: TestEncoding) throws {
        let picture = TestJPEG.picture(encoding)
        let data = picture.firstScanData
        let holed = picture.changed { $0.removeSubrange(data.lowerBound + 40..<data.upperBound - 40) }
        let rejection = try #require(refusal(of: holed))
        #expect(rejection.label == "corrupt_data")
        #expect(rejection.description.contains("in scan 1, block row"))
        #expect(rejection.isWorthAnotherTry)
    }

    @Test func `is located`() throws {
        let picture = TestJPEG.picture(TestEncoding(.grey), width: 320, height: 320)
        let data = picture.firstScanData
        // Everything after the middle is gone: half of the 40 rows were read.
        let middle = (data.lowerBound + data.upperBound) / 2
        let rejection = try #require(refusal(of: picture.changed { $0.removeSubrange(middle..<data.upperBound) }))
        let offset = try #require(rejection.offset)
        #expect(abs(offset - middle) < 32)
        let row = try #require(rejection.description.firstMatch(of: /block row (\d+) of 40/)).output.1
        #expect(abs((Int(row) ?? 0) - 20) <= 4)
    }

    @Test func `is seen by the numbers of restart markers`() {
        let picture = TestJPEG.picture(.restarting)
        let data = picture.firstScanData
        let markers = data.filter { picture.bytes[$0] == 0xFF && (0xD0...0xD7).contains(picture.bytes[$0 + 1]) }
        #expect(markers.count > 6)
        let renumbered = picture.changed { $0[markers[2] + 1] = 0xD0 + ($0[markers[2] + 1] - 0xD0 + 3) % 8 }
        #expect(verdict(on: renumbered) == .corruptData)
        let segmentLost = picture.changed { $0.removeSubrange(markers[1]..<markers[2]) }
        #expect(verdict(on: segmentLost) == .corruptData)
        let oneTooMany = picture.changed { $0.insert(contentsOf: [0xFF, 0xD3], at: markers[0] - 4) }
        #expect(verdict(on: oneTooMany) == .corruptData)
    }

    @Test func `is rejected where a scan refines what was never sent`() throws {
        let picture = TestJPEG.picture(.progressive)
        // The first scan of one colour's details goes, those that refine it stay.
        let all = picture.segments
        let scan = try #require(all.indices.filter { all[$0].marker == 0xDA }.dropFirst(2).first)
        let odd = picture.changed { bytes in
            bytes.removeSubrange(all[scan].range.lowerBound..<all[scan + 1].range.lowerBound)
        }
        let rejection = try #require(refusal(of: odd))
        #expect(rejection.verdict == .corruptData)
        #expect(rejection.description.contains("Inconsistent progression"))
    }

    /// What a torn file looks like where blocks of the disk were not written yet, or two versions meet.
    @Test(arguments: [TestEncoding.baseline, TestEncoding(.yCbCr, sampling: (2, 1)), .progressive])
    func `is rejected where 512 bytes were lost or zeroed`(encoding: TestEncoding) {
        let picture = TestJPEG.picture(encoding, width: 320, height: 240)
        let first = picture.segments(0xDA)[0].range.upperBound
        for start in stride(from: first, to: picture.bytes.count - 520, by: 512) {
            let lost = picture.changed { $0.removeSubrange(start..<start + 512) }
            #expect(verdict(on: lost) != nil, "lost at \(start)")
            let zeroed = picture.changed { bytes in
                for offset in start..<start + 512 { bytes[offset] = 0 }
            }
            #expect(verdict(on: zeroed) != nil, "zeroed at \(start)")
        }
    }
}

@Suite struct `Harmless oddities` {
    @Test func `are bytes between segments, which are kept and counted`() throws {
        let picture = TestJPEG.picture()
        let padded = picture.changed { bytes in
            bytes.insert(contentsOf: [1, 2, 3], at: picture.frameHeader.range.lowerBound)
        }
        let frame = try FrameValidator().validate(padded.snapshot())
        #expect(frame.skippedBytes == 3)
        #expect(frame.bytes.readableBytes == padded.bytes.count)
    }

    @Test func `are bytes between the last scan and EOI, with which hardware encoders pad`() throws {
        let picture = TestJPEG.picture()
        let padded = picture.cut(to: picture.bytes.count - 2) + Array(repeating: 0, count: 20) + TestJPEG.endOfImage
        let frame = try FrameValidator().validate(padded.snapshot())
        // The decoder had read a few of them ahead.
        #expect((12...20).contains(frame.skippedBytes))
    }

    @Test func `are fill bytes before a marker`() {
        let picture = TestJPEG.picture(.restarting)
        let filled = picture.changed { bytes in
            for segment in picture.segments.dropFirst().reversed() {
                bytes.insert(contentsOf: [0xFF, 0xFF], at: segment.range.lowerBound)
            }
        }
        #expect(verdict(on: filled) == nil)
    }

    @Test func `are unknown versions in the metadata`() {
        let picture = TestJPEG.picture()
        let version = picture.segments(0xE0)[0].content + 5
        #expect(verdict(on: picture.changed { $0[version] = 9 }) == nil)
        let adobe = TestJPEG.picture(TestEncoding(.ycck))
        let transform = adobe.segments(0xEE)[0].content + 11
        #expect(verdict(on: adobe.changed { $0[transform] = 7 }) == nil)
    }

    @Test func `are scan parameters that a sequential picture has no use for`() {
        let picture = TestJPEG.picture()
        let last = picture.segments(0xDA)[0].range.upperBound
        #expect(verdict(on: picture.changed { $0[last - 2] = 0 }) == nil)
    }
}

/// How a picture may be hurt at random.
private enum Injury: CaseIterable {
    case flip, overwrite, drop, double, swap, insert

    func apply(to bytes: inout [UInt8], by generator: inout SplitMix64) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        let length = min(Int.random(in: 1...64, using: &generator), bytes.count - position)
        switch self {
        case .flip: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case .overwrite: bytes[position] = [0, 0xFF, 0xD9, 0xDA, 0xC4, 0x80].randomElement(using: &generator) ?? 0
        case .drop: bytes.removeSubrange(position..<position + length)
        case .double: bytes.insert(contentsOf: bytes[position..<position + length], at: position)
        case .swap:
            let other = Int.random(in: 0..<bytes.count, using: &generator)
            bytes.swapAt(position, other)
        case .insert: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        }
    }
}

@Suite struct `A picture hurt at random` {
    @Test(arguments: keptEncodings)
    func `is rejected, or decodes in full as well as it was judged`(encoding: TestEncoding) {
        var generator = SplitMix64(seed: encoding.description.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        let picture = TestJPEG.picture(encoding, width: 48, height: 40)
        var rejected = 0
        for round in 0..<150 {
            var bytes = picture.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                (Injury.allCases.randomElement(using: &generator) ?? .flip).apply(to: &bytes, by: &generator)
            }
            let hurt = TestJPEG(bytes)
            guard let frame = try? FrameValidator().validate(hurt.snapshot()) else {
                rejected += 1
                continue
            }
            #expect(frame.luma.pixels.count == frame.luma.size.area, "round \(round)")
            #expect(frame.bytes.readableBytes + frame.surplusBytes == bytes.count, "round \(round)")
            #expect(Array(frame.bytes.readableBytesView.suffix(2)) == TestJPEG.endOfImage, "round \(round)")
            // Only a clean picture can be compared: TurboJPEG tells harmless warnings and damage apart in no way.
            if frame.skippedBytes == 0, frame.size.area <= 48 * 40, TurboJPEG.knows(encoding) {
                let again = TestJPEG(Array(frame.bytes.readableBytesView))
                #expect(again.decodedGrey() != nil || again.hasOddMetadata, "round \(round)")
            }
        }
        #expect(rejected > 15)
    }
}

extension TestJPEG {
    /// Whether metadata or scan parameters are others than our encoder writes, about which libjpeg warns.
    fileprivate var hasOddMetadata: Bool {
        let original = TestJPEG.picture(.baseline)
        let sameJFIF =
            segments(0xE0).first.map { bytes[$0.range] }
            == original.segments(0xE0).first.map { original.bytes[$0.range] }
        let scanTails = segments(0xDA).map { Array(bytes[$0.range].suffix(3)) }
        return !sameJFIF || !scanTails.allSatisfy { $0 == [0, 63, 0] }
    }
}
