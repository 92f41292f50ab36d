import Deduplication
import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

/// A moment some seconds into the tests' day.
private func moment(_ seconds: Int) -> Timestamp { Timestamp(seconds: 1_800_000_000 + seconds) }

private func frame(_ picture: TestJPEG, at time: Timestamp = moment(0)) throws -> ValidFrame {
    try FrameValidator().validate(picture.snapshot(at: time))
}

private func kept(_ frame: ValidFrame, luma: Bool = true) -> LastKept {
    LastKept(
        frame: FrameID(7), sha256: SHA256Digest(hashing: frame.bytes), capturedAt: frame.origin.receivedAt,
        luma: luma ? frame.luma : nil)
}

extension Novelty {
    fileprivate var kind: DuplicateKind? {
        if case .repeats(_, let kind) = self { kind } else { nil }
    }
}

@Suite struct `A frame beside the last kept one` {
    @Test func `is novel where there is none, with the fingerprint of its own bytes`() throws {
        let frame = try frame(.picture())
        guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else {
            Issue.record("a first frame was taken for a repetition")
            return
        }
        #expect(novel.fingerprint == FrameFingerprint(of: frame))
        #expect(novel.fingerprint.sha256 == SHA256Digest(hashing: frame.bytes))
        #expect(novel.fingerprint.perceptualHash == PerceptualHash(of: frame.luma))
        #expect(novel.frame.bytes == frame.bytes)
    }

    @Test(arguments: [NearDuplicates.keep, .drop(longestGap: .seconds(60))])
    func `repeats it where the bytes are the same, however much time has passed`(near: NearDuplicates) throws {
        let last = kept(try frame(.picture()), luma: false)
        let again = try frame(.picture() + [0, 0], at: moment(1_000_000))
        guard case .repeats(let repeated, .identical) = Deduplicator(nearDuplicates: near).examine(again, against: last)
        else {
            Issue.record("the same bytes were taken for news")
            return
        }
        #expect(repeated == last)
    }

    @Test func `is novel where a single byte differs, unless near ones are to be dropped`() throws {
        let last = kept(try frame(.picture()))
        let other = try frame(TestJPEG.picture().inserting(0xFE, [1]), at: moment(1))
        #expect(Deduplicator().examine(other, against: last).kind == nil)
        #expect(
            Deduplicator(nearDuplicates: .drop(longestGap: .seconds(60))).examine(other, against: last).kind == .near)
    }

    @Test func `is novel where the last kept one's luma is not at hand`() throws {
        let last = kept(try frame(.picture()), luma: false)
        let other = try frame(TestJPEG.picture().inserting(0xFE, [1]), at: moment(1))
        #expect(Deduplicator(nearDuplicates: .drop(longestGap: .seconds(60))).examine(other, against: last).kind == nil)
    }

    @Test(arguments: [(59, DuplicateKind.near), (60, nil), (-1, nil), (0, .near)] as [(Int, DuplicateKind?)])
    func `is kept after the longest gap, and where the clock was set back`(seconds: Int, expected: DuplicateKind?)
        throws
    {
        let last = kept(try frame(.picture()))
        let other = try frame(TestJPEG.picture().inserting(0xFE, [1]), at: moment(seconds))
        let deduplicator = Deduplicator(nearDuplicates: .drop(longestGap: .seconds(60)))
        #expect(deduplicator.examine(other, against: last).kind == expected)
    }

    @Test func `is never near in another size, even with as many blocks`() throws {
        // Both have 12 × 8 blocks.
        let last = kept(try frame(.picture(width: 96, height: 64, noise: 0)))
        let other = try frame(.picture(width: 95, height: 64, noise: 0), at: moment(1))
        #expect(other.luma.size == last.luma?.size)
        #expect(Deduplicator(nearDuplicates: .drop(longestGap: .seconds(60))).examine(other, against: last).kind == nil)
    }
}

@Suite struct `Near frames` {
    private let deduplicator = Deduplicator(nearDuplicates: .drop(longestGap: .seconds(60)))
    private let encoding = TestEncoding(.grey, quality: 80)

    private func scene(seed: UInt64 = 1, noise: Double = 2) -> TestScene {
        TestScene(width: 160, height: 96, noise: noise, seed: seed)
    }

    private func isNear(_ scene: TestScene, to last: LastKept) throws -> Bool {
        deduplicator.examine(try frame(encoding.encode(scene), at: moment(1)), against: last).kind == .near
    }

    @Test
    func `are not those in which an object of 12 pixels and contrast 16 has moved, wherever it lies in the blocks`()
        throws
    {
        var before = scene()
        before.patches = [TestScene.Patch(x: 17, y: 20, width: 12, height: 12, contrast: 16)]
        let last = kept(try frame(encoding.encode(before)))
        for contrast in [16, -16] {
            for position in 0..<64 {
                // Away from where it was, so that only the place it came to can show it.
                var after = scene(seed: 2)
                after.patches = [
                    before.patches[0],
                    TestScene.Patch(
                        x: 100 + position % 8, y: 40 + position / 8, width: 12, height: 12, contrast: contrast),
                ]
                #expect(try !isNear(after, to: last), "\(contrast) at \(position % 8), \(position / 8)")
            }
        }
    }

    @Test func `are not those in which an object of 8 pixels and contrast 32 has appeared`() throws {
        let last = kept(try frame(encoding.encode(scene())))
        for position in 0..<64 {
            var after = scene(seed: 2)
            after.patches = [
                TestScene.Patch(x: 100 + position % 8, y: 40 + position / 8, width: 8, height: 8, contrast: 32)
            ]
            #expect(try !isNear(after, to: last), "at \(position % 8), \(position / 8)")
        }
    }

    @Test(arguments: [0, 1, 2.5, 4])
    func `are those that differ by noise and flicker alone`(noise: Double) throws {
        let last = kept(try frame(encoding.encode(scene(seed: 100, noise: noise))))
        for round in 0..<20 {
            var after = scene(seed: UInt64(round), noise: noise)
            after.light = round % 5 - 2
            // Without noise and flicker these are the same bytes.
            guard noise > 0 || after.light != 0 else { continue }
            #expect(try isNear(after, to: last), "round \(round)")
        }
    }

    @Test func `are those that differ by noise alone, also where there are many blocks for it to show in`() throws {
        let large = { (seed: UInt64) in TestScene(width: 1280, height: 720, noise: 4, seed: seed) }
        let last = kept(try frame(encoding.encode(large(1))))
        #expect(try isNear(large(2), to: last))
    }

    @Test func `are those in which the light alone has changed, whatever its strength`() throws {
        let last = kept(try frame(encoding.encode(scene(noise: 0))))
        for light in [-30, -10, 10, 30] {
            var after = scene(noise: 0)
            after.light = light
            #expect(try isNear(after, to: last))
        }
    }

    @Test func `do not hide a slow change, since each is compared with the last kept one`() throws {
        let first = try frame(encoding.encode(scene(noise: 0)))
        var last = kept(first)
        var keptAt: [Int] = []
        for step in 1...12 {
            var now = scene(noise: 0)
            now.patches = [TestScene.Patch(x: 40, y: 40, width: 24, height: 24, contrast: step * 2)]
            let next = try frame(encoding.encode(now), at: moment(step))
            if deduplicator.examine(next, against: last).kind == nil {
                keptAt.append(step)
                last = kept(next)
            }
        }
        // Each step changes by 2, and only what adds up to more than 6 counts.
        #expect(keptAt.count >= 2 && keptAt.count <= 4, "\(keptAt)")
    }

    /// The threshold itself, on luma pictures made by hand.
    @Test(arguments: [(6, true), (7, false), (-6, true), (-7, false)])
    func `differ by at most 6 in every block beyond what is common to all`(change: Int, near: Bool) throws {
        let picture = try frame(encoding.encode(scene(noise: 0)))
        let common = 3
        var pixels = picture.luma.pixels.map { UInt8($0 - UInt8(common)) }
        pixels[77] = UInt8(Int(pixels[77]) - change)
        let luma = try #require(LumaPicture(of: picture.size, pixels: pixels))
        let last = LastKept(
            frame: FrameID(1), sha256: SHA256Digest(hashing: ByteBuffer()), capturedAt: moment(-1), luma: luma)
        #expect((deduplicator.examine(picture, against: last).kind == .near) == near)
    }
}
