import Glibc
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Validation

/// Each verdict here is one that only the structure walk gives, which decodes nothing.
@Suite struct `A picture that asks for too much` {
    @Test(arguments: [(65_535, 65_535), (65_500, 65_500), (10_000, 5_001), (65_501, 1), (1, 65_535)])
    func `is rejected for its number of pixels`(width: Int, height: Int) throws {
        let rejection = try #require(refusal(of: TestJPEG.picture().claiming(width: width, height: height)))
        #expect(rejection.verdict == .tooManyPixels)
        #expect(rejection.description.contains("\(width)×\(height)"))
        #expect(!rejection.isWorthAnotherTry)
    }

    @Test func `is rejected for the memory that its coefficients take`() {
        let picture = TestJPEG.picture(TestEncoding(sampling: (1, 1)) { $0.isProgressive = true })
        #expect(verdict(on: picture.claiming(width: 7000, height: 7000)) == .tooMuchMemory)
        // Component by component, a sequential picture takes as much.
        let separate = TestJPEG.picture(.separateScans)
        #expect(verdict(on: separate.claiming(width: 7000, height: 7000)) == .tooMuchMemory)
    }

    @Test func `is held to the memory limit by libjpeg as well`() throws {
        let picture = TestJPEG.picture(.progressive, width: 640, height: 480)
        try picture.bytes.withUnsafeBytes { bytes in
            let structure = try StructureWalk.structure(of: bytes, within: FrameLimits())
            let witness = LibjpegWitness(coefficientMemory: ByteCount(100_000))
            let fault = try #require(throws: PictureFault.self) {
                try witness.examine(bytes, of: structure, withEdges: false)
            }
            #expect(fault.verdict == .tooMuchMemory)
        }
    }

    @Test func `is rejected for its number of scans`() throws {
        let picture = TestJPEG.picture(.progressive)
        let last = try #require(picture.segments(0xDA).last)
        let scan = picture.bytes[last.range.lowerBound..<picture.bytes.count - 2]
        let bomb = picture.changed { bytes in
            bytes.removeLast(2)
            for _ in 0..<200 { bytes += scan }
            bytes += TestJPEG.endOfImage
        }
        #expect(verdict(on: bomb) == .tooManyScans)
    }

    @Test func `is rejected for scans that visit too many samples together`() {
        var limits = FrameLimits()
        limits.coefficientMemory = ByteCount(1_000_000_000)
        let picture = TestJPEG.picture(TestEncoding(.grey) { $0.isProgressive = true })
        let large = picture.claiming(width: 7000, height: 7000)
        limits.visitedSamples = 7000 * 7000 * 5
        #expect(verdict(on: large, within: limits) == .tooManyScans)
    }

    @Test(arguments: [UInt8(0xFE), 0xE5, 0xDB, 0xC4])
    func `is rejected for its number of markers`(marker: UInt8) {
        let segment = TestJPEG.segment(marker, [])
        let bomb = TestJPEG.picture().changed { bytes in
            bytes.insert(contentsOf: repeated(segment, to: 2_000_000), at: 2)
        }
        #expect(verdict(on: bomb) == .tooManyMarkers)
    }

    @Test(arguments: [[0xFF], [0xFF, 0x00], [0xFF, 0xD0], [0xFF, 0x01], [0x00]] as [[UInt8]])
    func `is rejected as truncated where megabytes of nothing follow its beginning`(filler: [UInt8]) {
        let bomb = TestJPEG([0xFF, 0xD8] + repeated(filler, to: 1_000_000))
        #expect(verdict(on: bomb) == .truncated)
    }

    /// In a process of its own, whose peak nothing else can raise.
    @Test func `takes no memory worth mentioning`() async {
        await #expect(processExitsWith: .success) {
            let detailed = TestEncoding(sampling: (1, 1)) { $0.isProgressive = true }
            let bombs = [
                TestJPEG.picture(detailed).claiming(width: 7000, height: 7000),
                TestJPEG.picture(.separateScans).claiming(width: 7000, height: 7000),
                TestJPEG.picture().claiming(width: 65_500, height: 65_500),
                // Within the limits, but without the data: a row is decoded and no more.
                TestJPEG.picture(.grey).claiming(width: 9000, height: 5000),
            ]
            var before = rusage()
            var after = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &before)
            for bomb in bombs { precondition(verdict(on: bomb) != nil) }
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &after)
            precondition(after.ru_maxrss - before.ru_maxrss < 20 * 1024, "more than 20 MiB were taken")
        }
    }

    @Test func `is rejected for the size of its body`() throws {
        let rejection = try #require(refusal(of: .picture() + Array(repeating: 0, count: 9_000_000)))
        #expect(rejection.label == "too_large")
        #expect(rejection.receivedBytes > ByteCount(9_000_000))
    }
}

/// The same bytes over and over.
private func repeated(_ bytes: [UInt8], to count: Int) -> [UInt8] {
    var result = bytes
    while result.count < count { result += result }
    return result
}

@Suite struct `A picture whose segments make no sense` {
    @Test func `is rejected where it has no scan`() {
        let picture = TestJPEG.picture()
        #expect(verdict(on: TestJPEG([0xFF, 0xD8, 0xFF, 0xD9])) == .corruptStructure)
        #expect(
            verdict(on: picture.cut(to: picture.segments(0xDA)[0].range.lowerBound) + TestJPEG.endOfImage)
                == .corruptStructure)
    }

    @Test func `is rejected where the frame header is missing, doubled or late`() {
        let picture = TestJPEG.picture()
        let header = picture.frameHeader
        #expect(verdict(on: picture.removing(header.marker)) == .corruptStructure)
        let doubled = picture.changed { $0.insert(contentsOf: $0[header.range], at: header.range.lowerBound) }
        #expect(verdict(on: doubled) == .corruptStructure)
    }

    @Test func `is rejected where a length is impossible`() {
        let picture = TestJPEG.picture()
        let length = picture.frameHeader.range.lowerBound + 2
        for wrong in [UInt8(0), 1, 5, 16, 18] {
            #expect(verdict(on: picture.changed { $0[length + 1] = wrong }) != nil, "length \(wrong)")
        }
        #expect(verdict(on: picture.inserting(0xE3, []).changed { $0[5] = 1 }) == .corruptStructure)
    }

    @Test func `is rejected where its tables are missing`() {
        #expect(verdict(on: TestJPEG.picture().removing(0xDB)) == .corruptStructure)
        #expect(verdict(on: TestJPEG.picture(.progressive).removing(0xC4)) == .corruptStructure)
    }

    @Test func `is rejected where it has sampling factors of 0 or too many blocks`() {
        let picture = TestJPEG.picture()
        let content = picture.frameHeader.content
        #expect(verdict(on: picture.changed { $0[content + 7] = 0x02 }) == .corruptStructure)
        #expect(verdict(on: picture.changed { $0[content + 7] = 0x55 }) == .corruptStructure)
        #expect(verdict(on: picture.changed { $0[content + 7] = 0x44 }) == .corruptStructure)
    }

    @Test func `is rejected where a scan names a component that is not there`() {
        let picture = TestJPEG.picture()
        let scan = picture.segments(0xDA)[0].content
        #expect(verdict(on: picture.changed { $0[scan + 1] = 9 }) == .corruptStructure)
    }

    @Test func `is kept where all its components bear one number`() {
        let picture = TestJPEG.picture()
        let (header, scan) = (picture.frameHeader.content, picture.segments(0xDA)[0].content)
        let odd = picture.changed { bytes in
            for component in 0..<3 {
                bytes[header + 6 + 3 * component] = 1
                bytes[scan + 1 + 2 * component] = 1
            }
        }
        #expect(verdict(on: odd) == nil)
    }

    @Test(arguments: [UInt8(0xF0), 0xFD, 0x02, 0xBF, 0xC8])
    func `is rejected for a marker that nothing defines`(marker: UInt8) {
        #expect(verdict(on: TestJPEG.picture().inserting(marker, [0])) != nil)
    }
}
