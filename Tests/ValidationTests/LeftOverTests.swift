import TestSupport
import Testing
import Validation
import Vocabulary

/// A picture with bytes of these values between the last code of its scan and EOI.
private func padded(_ picture: TestJPEG, by padding: [UInt8]) -> TestJPEG {
    picture.cut(to: picture.bytes.count - 2) + padding + TestJPEG.endOfImage
}

private let mixed: [UInt8] = (0..<200).map { UInt8($0 % 251) }

@Suite struct `Bytes left over in a scan` {
    /// Progressive pictures are read by libjpeg, baseline ones by our own scan.
    @Test(arguments: [TestEncoding.baseline, .grey, .restarting, .progressive, .separateScans, TestEncoding(.ycck)])
    func `are damage from 32 on, unless they are of one value`(encoding: TestEncoding) throws {
        let picture = TestJPEG.picture(encoding)
        #expect(verdict(on: padded(picture, by: Array(mixed.prefix(24)))) == nil)
        #expect(verdict(on: padded(picture, by: Array(repeating: 0, count: 4096))) == nil)
        #expect(verdict(on: padded(picture, by: Array(repeating: 0x55, count: 512))) == nil)
        let rejection = try #require(refusal(of: padded(picture, by: Array(mixed.prefix(60)))))
        #expect(rejection.verdict == .corruptData)
        #expect(rejection.description.contains("left over"))
        #expect(rejection.isWorthAnotherTry)
        // A decoder may have read ahead to what is left over by the eight bytes that it holds.
        let offset = try #require(rejection.offset)
        #expect(abs(offset - (picture.bytes.count - 2)) <= 10)
    }

    @Test func `are taken before every restart marker, as some webcams leave them`() {
        let picture = TestJPEG.picture(.restarting)
        let data = picture.firstScanData
        let markers = data.filter { picture.bytes[$0] == 0xFF && (0xD0...0xD7).contains(picture.bytes[$0 + 1]) }
        func padded(by count: Int) -> TestJPEG {
            picture.changed { bytes in
                for marker in markers.reversed() { bytes.insert(contentsOf: mixed.prefix(count), at: marker) }
            }
        }
        #expect(verdict(on: padded(by: 17)) == nil)
        #expect(verdict(on: padded(by: 48)) == .corruptData)
    }

    @Test(arguments: [TestEncoding.baseline, TestEncoding(.yCbCr, sampling: (2, 1)), .grey, .progressive])
    func `give two pictures away that were spliced`(encoding: TestEncoding) {
        let first = encoding.encode(TestScene(width: 320, height: 240, seed: 1))
        var scene = TestScene(width: 320, height: 240, seed: 2)
        scene.patches = [.init(x: 60, y: 140, width: 90, height: 60, contrast: 40)]
        let second = encoding.encode(scene)
        var seen = 0
        for share in 1...9 {
            let (head, tail) = (first.firstScanData, second.firstScanData)
            let cut = head.lowerBound + head.count * share / 10
            // What was lost or sent twice at the cut is too much for the lower part to end where the picture does.
            let rest = max(tail.lowerBound, tail.lowerBound + tail.count * share / 10 - 400)
            let spliced = TestJPEG(Array(first.bytes[..<cut] + second.bytes[rest...]))
            if verdict(on: spliced) != nil { seen += 1 }
        }
        #expect(seen >= 8, "\(seen) of 9")
    }
}
