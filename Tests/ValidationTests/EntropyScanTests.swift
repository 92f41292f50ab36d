import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Validation

/// What both witnesses say of a picture; `nil` from ours where it is not its business.
private struct Opinions {
    let ours: Result<Testimony, PictureFault>?
    let libjpeg: Result<Testimony, PictureFault>
}

/// `nil` where the walk over the markers already refuses the picture.
private func opinions(on picture: TestJPEG) -> Opinions? {
    picture.bytes.withUnsafeBytes { body -> Opinions? in
        guard let structure = try? StructureWalk.structure(of: body, within: FrameLimits()) else { return nil }
        let picture = UnsafeRawBufferPointer(rebasing: body.prefix(structure.end))
        func ask(_ witness: some EntropyWitness) -> Result<Testimony, PictureFault>? {
            do throws(PictureFault) {
                return try witness.examine(picture, of: structure, withEdges: false).map { .success($0) }
            } catch {
                return .failure(error)
            }
        }
        let libjpeg = LibjpegWitness(coefficientMemory: FrameLimits().coefficientMemory)
        return ask(libjpeg).map { Opinions(ours: ask(EntropyScanWitness()), libjpeg: $0) }
    }
}

private let common: [TestEncoding] = [
    .baseline, .grey, .restarting, TestEncoding(sampling: (1, 1), quality: 95), TestEncoding(sampling: (2, 1)),
    TestEncoding(sampling: (1, 2), quality: 30), TestEncoding(sampling: (4, 1)),
    TestEncoding(sampling: (4, 2), quality: 60),
    TestEncoding(.grey) { $0.restartInterval = 5 },
]

@Suite struct `Our own scan` {
    @Test(arguments: common, [(96, 64), (33, 17), (8, 8), (1, 1), (250, 131)])
    func `gives the small picture that libjpeg gives`(encoding: TestEncoding, size: (Int, Int)) throws {
        let picture = TestJPEG.picture(encoding, width: size.0, height: size.1, noise: 9)
        let said = try #require(opinions(on: picture))
        let ours = try #require(said.ours).get()
        #expect(try said.libjpeg.get().luma == ours.luma)
        #expect(ours.leftOver == nil)
    }

    /// With the edges it looks other tables up.
    @Test(arguments: common)
    func `says the same of hurt pictures whether it tells of edges or not`(encoding: TestEncoding) {
        var generator = SplitMix64(seed: 23)
        let picture = TestJPEG.picture(encoding, width: 160, height: 96, noise: 5)
        let data = picture.firstScanData
        var (taken, refused) = (0, 0)
        for _ in 0..<300 {
            var bytes = picture.bytes
            Injury.allCases.randomElement(using: &generator)?.apply(to: &bytes, within: data, by: &generator)
            bytes.withUnsafeBytes { body in
                guard let structure = try? StructureWalk.structure(of: body, within: FrameLimits()) else { return }
                let picture = UnsafeRawBufferPointer(rebasing: body.prefix(structure.end))
                let said = [false, true].map { withEdges in
                    Result { () throws(PictureFault) in
                        try EntropyScanWitness().examine(picture, of: structure, withEdges: withEdges)
                    }
                }
                switch (said[0], said[1]) {
                case (.success(let plain), .success(let edged)):
                    #expect(plain?.luma == edged?.luma)
                    #expect(plain?.leftOver == edged?.leftOver)
                    taken += 1
                case (.failure(let plain), .failure(let edged)):
                    #expect(plain == edged)
                    refused += 1
                default: Issue.record("\(said)")
                }
            }
        }
        #expect(taken > 5)
        #expect(refused > 50)
    }

    @Test func `takes the standard's tables for those that a picture leaves out`() throws {
        let picture = TestJPEG.picture().removing(0xC4)
        let said = try #require(opinions(on: picture))
        let ours = try #require(said.ours).get()
        #expect(try said.libjpeg.get().luma == ours.luma)
    }

    @Test(arguments: [
        TestEncoding.progressive, .arithmetic, .separateScans, TestEncoding(.rgb), TestEncoding(.cmyk),
        TestEncoding(.ycck),
    ])
    func `leaves other kinds to libjpeg`(encoding: TestEncoding) throws {
        #expect(try #require(opinions(on: .picture(encoding))).ours == nil)
    }

    @Test func `names row, column and byte of what it refuses`() throws {
        let picture = TestJPEG.picture(width: 320, height: 240)
        let data = picture.firstScanData
        let middle = (data.lowerBound + data.upperBound) / 2
        let hurt = picture.changed { bytes in for offset in middle..<middle + 512 { bytes[offset] = 0xA5 } }
        let rejection = try #require(refusal(of: hurt))
        #expect(rejection.verdict == .corruptData)
        #expect(rejection.description.contains(/in scan 1, block row \d+ of 15, column \d+ of 20, near byte \d+ of/))
        let offset = try #require(rejection.offset)
        #expect((middle - 64..<middle + 600).contains(offset))
    }

    /// Means drift out of their range, and coefficients past the last: libjpeg takes both.
    @Test func `refuses damage that libjpeg takes`() throws {
        let picture = TestEncoding(quality: 80).encode(TestScene(width: 320, height: 240, noise: 6))
        let data = picture.firstScanData
        var generator = SplitMix64(seed: 11)
        var (taken, refused) = (0, 0)
        for _ in 0..<300 {
            let (one, other) = (
                Int.random(in: data.lowerBound..<data.upperBound - 256, using: &generator),
                Int.random(in: data.lowerBound..<data.upperBound - 256, using: &generator)
            )
            let swapped = picture.changed { bytes in for index in 0..<256 { bytes.swapAt(one + index, other + index) } }
            guard let said = opinions(on: swapped), case .success = said.libjpeg else { continue }
            taken += 1
            if case .failure = said.ours { refused += 1 }
        }
        #expect(taken > 20)
        #expect(refused * 10 > taken * 4, "\(refused) of \(taken)")
    }

    @Test(arguments: common)
    func `takes nothing that libjpeg calls damaged`(encoding: TestEncoding) {
        var generator = SplitMix64(seed: encoding.description.utf8.reduce(3) { $0 &* 31 &+ UInt64($1) })
        let picture = TestJPEG.picture(encoding, width: 160, height: 96, noise: 5)
        let data = picture.firstScanData
        var (taken, refused) = (0, 0)
        for round in 0..<400 {
            var bytes = picture.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                // Mostly the data, at times the tables.
                let range = round.isMultiple(of: 8) ? 2..<data.upperBound : data
                Injury.allCases.randomElement(using: &generator)?.apply(to: &bytes, within: range, by: &generator)
            }
            guard let said = opinions(on: TestJPEG(bytes)), let ours = said.ours else { continue }
            guard case .success(let testimony) = ours else {
                refused += 1
                continue
            }
            taken += 1
            switch said.libjpeg {
            case .success(let other):
                #expect(other.luma == testimony.luma, "round \(round)")
                #expect((testimony.leftOver?.count ?? 0) >= (other.leftOver?.count ?? 0) - 8, "round \(round)")
            case .failure(let fault): Issue.record("round \(round): \(fault)")
            }
        }
        #expect(taken > 20)
        #expect(refused > 100)
    }
}

/// How a scan's bytes may be hurt at random.
private enum Injury: CaseIterable {
    case flip, marker, drop, double, swap, zero, noise

    func apply(to bytes: inout [UInt8], within range: Range<Int>, by generator: inout SplitMix64) {
        let range = range.clamped(to: 0..<bytes.count - 2)
        guard !range.isEmpty else { return }
        let position = Int.random(in: range, using: &generator)
        let length = min(Int.random(in: 1...80, using: &generator), range.upperBound - position)
        let hurt = position..<position + length
        switch self {
        case .flip: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case .marker:
            bytes[position] = 0xFF
            bytes[position + 1] = [0, 1, 0xD0, 0xD3, 0xFF, 0xD9].randomElement(using: &generator) ?? 0
        case .drop: bytes.removeSubrange(hurt)
        case .double: bytes.insert(contentsOf: bytes[hurt], at: position)
        case .swap:
            let other = Int.random(in: range, using: &generator)
            for index in 0..<min(length, range.upperBound - other) { bytes.swapAt(position + index, other + index) }
        case .zero: for index in hurt { bytes[index] = 0 }
        case .noise: for index in hurt { bytes[index] = UInt8.random(in: 0...255, using: &generator) }
        }
    }
}
