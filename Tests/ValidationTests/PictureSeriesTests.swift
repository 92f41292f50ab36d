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
    try FrameValidator().examine(picture.snapshot().bytes)
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
        #expect(try series.judge(rest, after: before.trace).suspicion?.kind == .oddScan)
        #expect(try series.judge(rest).suspicion == nil)
        #expect(try series.judge(rest, after: rest.trace).suspicion == nil)
        #expect(try series.judge(examined(later), after: before.trace).suspicion == nil)
    }

    @Test func `is not suspect for bytes that make its length even`() throws {
        let before = try examined(.picture())
        var series = PictureSeries()
        #expect(try series.judge(examined(padded(.picture(seed: 2), by: 3)), after: before.trace).suspicion == nil)
    }
}

@Suite struct `Damage that every decoder takes` {
    private static let encodings = [
        TestEncoding.baseline, TestEncoding(sampling: (2, 1), quality: 88), TestEncoding(sampling: (1, 1), quality: 75),
    ]

    private func scene(_ seed: UInt64, _ size: PixelSize = PixelSize(width: 320, height: 240)) -> TestScene {
        var scene = TestScene(width: size.width, height: size.height, noise: 4, seed: seed)
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
    func `leaves a seam that is found, often in the picture alone, and mostly beside the one before`(
        encoding: TestEncoding
    ) throws {
        var (all, alone, beside) = (0, 0, 0)
        for seed in UInt64(1)...6 {
            // In narrower ones less is said of a seam.
            let size = PixelSize(width: 640, height: 480)
            let before = try examined(encoding.encode(scene(seed, size)))
            let picture = encoding.encode(scene(seed + 1, size))
            for hurt in damaged(picture, try examined(picture), seed: seed) {
                all += 1
                var series = PictureSeries()
                if try series.judge(hurt).suspicion != nil { alone += 1 }
                series = PictureSeries()
                if try series.judge(hurt, after: before.trace).suspicion != nil { beside += 1 }
            }
        }
        #expect(all >= 10)
        #expect(alone * 100 >= all * 43, "\(alone) of \(all)")
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
            #expect(try series.judge(picture, after: before?.trace).suspicion == nil, "picture \(seed)")
            before = picture
        }
    }

    @Test func `is the scene where the same seam comes back from other bytes`() throws {
        var (series, other) = (PictureSeries(), PictureSeries())
        let encoding = TestEncoding.baseline
        let before = try examined(encoding.encode(scene(3)))
        let picture = encoding.encode(scene(4))
        let hurt = damaged(picture, try examined(picture), seed: 3)
        let seamed = try #require(try hurt.first { try other.judge($0, after: before.trace).suspicion?.kind == .seam })
        #expect(try series.judge(seamed, after: before.trace).suspicion?.kind == .seam)
        // The same bytes once more prove nothing.
        #expect(try series.judge(seamed, after: before.trace).suspicion?.kind == .seam)
        let bytes = TestJPEG(Array(seamed.bytes.readableBytesView)).inserting(0xFE, [1])
        #expect(try series.judge(examined(bytes), after: before.trace).suspicion == nil)
        #expect(try series.judge(seamed, after: before.trace).suspicion == nil)
    }
}

@Suite struct `A seam at one place` {
    private func torn(_ seed: UInt64, by height: Int, row: Int = 7) throws -> ExaminedPicture {
        let scene = TestScene(width: 320, height: 240, seed: seed).torn(fromRow: row, column: 9, by: height)
        return try examined(TestEncoding.baseline.encode(scene))
    }

    @Test func `is suspect, and tells where it begins`() throws {
        var (alone, beside) = (PictureSeries(), PictureSeries())
        let before = try examined(TestEncoding.baseline.encode(TestScene(width: 320, height: 240, seed: 5)))
        #expect(try alone.judge(torn(1, by: 20)).suspicion?.place.hasPrefix("from block row 8, column ") == true)
        let suspicion = try beside.judge(torn(1, by: 20), after: before.trace).suspicion
        #expect(suspicion == Suspicion(.seam, at: "from block row 8, column 10 on"))
    }

    @Test func `is the scene where it comes back as high from other bytes`() throws {
        var series = PictureSeries()
        #expect(try series.judge(torn(1, by: 20)).suspicion != nil)
        #expect(try series.judge(torn(2, by: 20)).suspicion == nil)
        #expect(try series.judge(torn(3, by: 20)).suspicion == nil)
        #expect(try series.judge(torn(4, by: 20, row: 10)).suspicion != nil)
    }

    @Test func `is suspect again where it is of another height`() throws {
        var series = PictureSeries()
        #expect(try series.judge(torn(1, by: 20)).suspicion != nil)
        #expect(try series.judge(torn(2, by: 40)).suspicion != nil)
        #expect(try series.judge(torn(3, by: -20)).suspicion != nil)
    }
}

@Suite struct `A search for seams that looks no closer than it has to` {
    /// Beside the picture before, and alone.
    @Test func `finds the same ones as one that looks at every row`() throws {
        var (found, passed) = (0, 0)
        for seed in UInt64(1)...30 {
            var scene = TestScene(width: 320, height: 240, noise: 4, seed: seed)
            scene.patches = [
                .init(x: Int(seed * 37 % 240), y: Int(seed * 23 % 180), width: 50, height: 34, contrast: 40)
            ]
            if seed.isMultiple(of: 3) {
                scene = scene.torn(
                    fromRow: Int(seed) / 2, column: Int(seed) % 18 + 1, by: seed.isMultiple(of: 2) ? 14 : -9)
            }
            let encoding = TestEncoding(sampling: seed.isMultiple(of: 4) ? (2, 1) : (2, 2), quality: 60 + Int(seed))
            let picture = try #require(examined(encoding.encode(scene)).edges)
            let before = try examined(encoding.encode(TestScene(width: 320, height: 240, noise: 4, seed: 99))).edges
            for before in [before, nil] {
                let all = try #require(picture.strongestSeam(after: before))
                let quick = try #require(picture.strongestSeam(after: before, least: 0.5))
                guard all.strength >= 0.5 else {
                    #expect(quick.strength == 0)
                    passed += 1
                    continue
                }
                #expect(quick == all)
                found += 1
            }
        }
        #expect(found >= 10)
        #expect(passed >= 10)
    }
}

@Suite struct `A straight edge on the border of a first or last row` {
    private let encoding = TestEncoding.baseline
    private let still = TestScene(width: 640, height: 480, seed: 3)

    private func suspicion(of patches: [TestScene.Patch]) throws -> Suspicion? {
        var series = PictureSeries()
        var scene = TestScene(width: 640, height: 480, seed: 4)
        scene.patches = patches
        let before = try examined(encoding.encode(still))
        return try series.judge(examined(encoding.encode(scene)), after: before.trace).suspicion
    }

    @Test(arguments: [
        // The upper edge of a thing, the lower edge of another above it, and the same in the last row.
        TestScene.Patch(x: 0, y: 16, width: 128, height: 96, contrast: 55),
        TestScene.Patch(x: 0, y: 0, width: 128, height: 16, contrast: -55),
        TestScene.Patch(x: 400, y: 368, width: 240, height: 96, contrast: 55),
    ])
    func `is no seam where a thing lies there by chance`(thing: TestScene.Patch) throws {
        #expect(try suspicion(of: [thing]) == nil)
    }

    @Test(arguments: [0, 29])
    func `is one where all is another from there to the picture's end`(row: Int) throws {
        let torn = still.torn(fromRow: row, column: 12, by: 40).patches
        #expect(try suspicion(of: torn)?.place == "from block row \(row + 1), column 13 on")
    }
}

@Suite struct `A seam that has no trace at the picture's lower border` {
    /// A thing may have the shape of a staircase, but damage lasts to the end of the scan.
    @Test func `says half as much beside the picture before`() throws {
        let before = try examined(TestEncoding.baseline.encode(TestScene(width: 640, height: 480, seed: 5))).edges
        func strength(of scene: TestScene) throws -> Float {
            try #require(examined(TestEncoding.baseline.encode(scene)).edges?.strongestSeam(after: before)).strength
        }
        let whole = TestScene(width: 640, height: 480, seed: 6).torn(fromRow: 8, column: 9, by: 20)
        var ending = whole
        ending.patches[1].height = 11 * 16
        #expect(try strength(of: whole) > 2)
        #expect(try strength(of: ending) < 0.6 * strength(of: whole))
    }
}

/// From a row's first unit on there is no staircase, but an edge across the whole picture.
@Suite struct `A straight edge of colour` {
    private let still = TestScene(width: 640, height: 480, seed: 3)

    private func suspicion(_ patch: TestScene.Patch) throws -> Suspicion? {
        var series = PictureSeries()
        var scene = TestScene(width: 640, height: 480, seed: 4)
        scene.patches = [patch]
        let before = try examined(TestEncoding.baseline.encode(still))
        return try series.judge(examined(TestEncoding.baseline.encode(scene)), after: before.trace).suspicion
    }

    @Test(arguments: [-60, 60])
    func `is a seam where all is of another colour from there to the picture's end`(tint: Int) throws {
        let found = try suspicion(.init(x: 0, y: 112, width: 640, height: 368, contrast: 0, tint: tint))
        #expect(found?.kind == .seam)
        // It ends one row with its last unit as well as it begins the next with its first.
        let place = try #require(found?.place)
        #expect(["from block row 7, column 41 on", "from block row 8, column 1 on"].contains(place))
    }

    @Test(arguments: [
        // A shadow, a thing that ends in the picture, light that comes to all of it, and a bar of one brightness over its foot.
        TestScene.Patch(x: 0, y: 112, width: 640, height: 368, contrast: 25),
        TestScene.Patch(x: 0, y: 112, width: 640, height: 240, contrast: 0, tint: 60),
        TestScene.Patch(x: 0, y: 0, width: 640, height: 480, contrast: 0, tint: 60),
        TestScene.Patch(x: 0, y: 432, width: 640, height: 48, contrast: -400, tint: 200),
    ])
    func `is none where a thing, a light or a bar has it`(patch: TestScene.Patch) throws {
        #expect(try suspicion(patch) == nil)
    }
}

@Suite struct `A thing that is half as wide as the picture` {
    /// Along one part of the staircase the step is its edge; along the other it would be what the bed's squares add up to.
    @Test(arguments: [TestEncoding(quality: 75), TestEncoding(quality: 30)])
    func `is no seam where the scene's own pattern is as high`(encoding: TestEncoding) throws {
        var scene = TestScene(width: 640, height: 480, noise: 3, seed: 39)
        scene.patches = [.init(x: 320, y: 32, width: 320, height: 480, contrast: 12)]
        var series = PictureSeries()
        #expect(try series.judge(examined(encoding.encode(scene))).suspicion == nil)
    }
}

@Suite struct `Thin things in two rows of units` {
    /// From one place on along the upper border of a row, and before it along its lower one: but what is damaged stays so, and
    /// they end within the block.
    @Test(arguments: [(160, 5, 112, -47, 50, 440), (104, 4, 160, 47, 70, 768), (179, 4, 176, -81, 70, 1140)])
    func `are no seam`(
        y: Int, height: Int, x: Int, contrast: Int, quality: Int, seed: UInt64
    ) throws {
        var scene = TestScene(width: 320, height: 240, noise: 2, seed: seed)
        scene.patches = [
            .init(x: x, y: y, width: 320 - x, height: height, contrast: contrast),
            .init(x: 0, y: y + 16, width: x, height: height, contrast: contrast),
        ]
        var series = PictureSeries()
        #expect(try series.judge(examined(TestEncoding(quality: quality).encode(scene))).suspicion == nil)
    }
}

@Suite struct `The traces of pictures` {
    @Test func `are forgotten when those asked for later fill the room, the last used last`() throws {
        let trace = try examined(TestEncoding.baseline.encode(TestScene(width: 320, height: 240))).trace
        let traces = PictureTraces<Int>(bytes: 100_000)
        for number in 0..<40 {
            traces.keep(trace, as: number)
            #expect(traces[0] != nil)
        }
        #expect(traces[39] != nil)
        #expect((1..<39).count { traces[$0] != nil } < 12)
    }
}
