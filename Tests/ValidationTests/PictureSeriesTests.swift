import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Validation

/// A picture with so many bytes between the last code of its scan and EOI.
private func padded(_ picture: TestJPEG, by count: Int) -> TestJPEG {
    picture.cut(to: picture.bytes.count - 2) + (0..<count).map { UInt8($0 % 251) } + TestJPEG.endOfImage
}

private func examined(_ picture: TestJPEG) throws -> ExaminedPicture {
    try FrameValidator().examine(picture.snapshot())
}

@Suite struct `A camera that leaves bytes over in every scan` {
    private func odd(_ seed: UInt64) throws -> ExaminedPicture {
        try examined(padded(.picture(seed: seed), by: 651))
    }

    @Test func `is told from torn pictures by eight of them in a row, which are then kept under suspicion`() throws {
        var series = PictureSeries()
        for seed in 1...7 { #expect(throws: FrameRejection.self) { try series.judge(odd(UInt64(seed))) } }
        #expect(!series.isOdd)
        let kept = try series.judge(odd(8))
        #expect(kept.suspicion?.kind == .oddScan)
        #expect(kept.suspicion?.place.contains("651 bytes") == true)
        #expect(series.isOdd)
        #expect(try series.judge(odd(9)).suspicion?.kind == .oddScan)
    }

    @Test func `is not known by the same picture sent again and again`() throws {
        var series = PictureSeries()
        for _ in 0..<20 { #expect(throws: FrameRejection.self) { try series.judge(odd(1)) } }
    }

    @Test func `is not one that has a picture as it should be among them`() throws {
        var series = PictureSeries()
        for seed in 1...20 where seed != 7 && seed != 14 {
            #expect(throws: FrameRejection.self) { try series.judge(odd(UInt64(seed))) }
            if seed % 7 == 6 { #expect(try series.judge(examined(.picture(seed: 99))).suspicion == nil) }
        }
    }

    @Test func `is known after a restart`() throws {
        var series = PictureSeries(after: .oddScan)
        #expect(try series.judge(odd(1)).suspicion?.kind == .oddScan)
        #expect(try series.judge(examined(.picture())).suspicion == nil)
        #expect(throws: FrameRejection.self) { try series.judge(odd(1)) }
    }
}

@Suite struct `A scan that does not end with its last code` {
    @Test func `is suspect where the camera's picture before ended so`() throws {
        let (before, later) = (try examined(.picture()), TestJPEG.picture(seed: 2))
        let rest = try examined(padded(later, by: 5))
        var series = PictureSeries()
        #expect(try series.judge(rest, after: before).suspicion?.kind == .oddScan)
        #expect(try series.judge(rest).suspicion == nil)
        #expect(try series.judge(rest, after: rest).suspicion == nil)
        #expect(try series.judge(examined(later), after: before).suspicion == nil)
    }

    @Test func `is not suspect for bytes that make its length even`() throws {
        let before = try examined(.picture())
        var series = PictureSeries()
        #expect(try series.judge(examined(padded(.picture(seed: 2), by: 3)), after: before).suspicion == nil)
    }
}

@Suite struct `Damage that every decoder takes` {
    private static let encodings = [
        TestEncoding.baseline, TestEncoding(sampling: (2, 1), quality: 88), TestEncoding(sampling: (1, 1), quality: 75),
    ]

    private func scene(_ seed: UInt64) -> TestScene {
        var scene = TestScene(width: 320, height: 240, noise: 4, seed: seed)
        // The head moves from picture to picture.
        scene.patches = [.init(x: Int(seed * 37 % 240), y: Int(seed * 23 % 180), width: 50, height: 34, contrast: 40)]
        return scene
    }

    /// Pictures with some bits flipped that our scan takes, and of which a tenth of the blocks or more look otherwise.
    private func damaged(_ picture: TestJPEG, _ sound: ExaminedPicture, seed: UInt64) -> [ExaminedPicture] {
        var generator = SplitMix64(seed: seed)
        let data = picture.firstScanData
        var found: [ExaminedPicture] = []
        for _ in 0..<60 {
            let hurt = picture.changed { bytes in
                for _ in 0..<Int.random(in: 1...2, using: &generator) {
                    bytes[Int.random(in: data, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            guard let taken = try? examined(hurt), taken.leftOver == nil else { continue }
            let off = zip(taken.luma.pixels, sound.luma.pixels).count { abs(Int($0) - Int($1)) > 8 }
            if off * 10 > sound.luma.pixels.count { found.append(taken) }
        }
        return found
    }

    @Test(arguments: encodings)
    func `leaves a seam that is found, mostly in the picture alone, and oftener beside the one before`(
        encoding: TestEncoding
    ) throws {
        var (all, alone, beside) = (0, 0, 0)
        for seed in UInt64(1)...6 {
            let before = try examined(encoding.encode(scene(seed)))
            let picture = encoding.encode(scene(seed + 1))
            for hurt in damaged(picture, try examined(picture), seed: seed) {
                all += 1
                var series = PictureSeries()
                if try series.judge(hurt).suspicion != nil { alone += 1 }
                series = PictureSeries()
                if try series.judge(hurt, after: before).suspicion != nil { beside += 1 }
            }
        }
        #expect(all >= 10)
        #expect(alone * 100 >= all * 50, "\(alone) of \(all)")
        #expect(beside * 100 >= all * 75, "\(beside) of \(all)")
    }

    @Test(arguments: encodings)
    func `is not seen in clean pictures, whatever moves and whatever light`(encoding: TestEncoding) throws {
        var series = PictureSeries()
        var before: ExaminedPicture?
        for seed in UInt64(1)...25 {
            var scene = scene(seed)
            scene.light = seed.isMultiple(of: 5) ? 12 : 0
            let picture = try examined(encoding.encode(scene))
            #expect(try series.judge(picture, after: before).suspicion == nil, "picture \(seed)")
            before = picture
        }
    }

    @Test func `is the scene where the same seam comes back from other bytes`() throws {
        var (series, other) = (PictureSeries(), PictureSeries())
        let encoding = TestEncoding.baseline
        let before = try examined(encoding.encode(scene(3)))
        let picture = encoding.encode(scene(4))
        let hurt = damaged(picture, try examined(picture), seed: 3)
        let seamed = try #require(try hurt.first { try other.judge($0, after: before).suspicion?.kind == .seam })
        #expect(try series.judge(seamed, after: before).suspicion?.kind == .seam)
        // The same bytes once more prove nothing.
        #expect(try series.judge(seamed, after: before).suspicion?.kind == .seam)
        let bytes = TestJPEG(Array(seamed.frame.bytes.readableBytesView)).inserting(0xFE, [1])
        #expect(try series.judge(examined(bytes), after: before).suspicion == nil)
        #expect(try series.judge(seamed, after: before).suspicion == nil)
    }
}
