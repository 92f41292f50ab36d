import CTurboJPEG
import Foundation
import NIOCore
import Simulator
import TestSupport
import Validation
import Vocabulary

/// How much of the damage that a person would see is seen, on pictures of several kinds with seeded damage of every kind; how many
/// clean pictures are taken for damaged; and what looking costs beside libjpeg's luma pass at 1/8.
struct TruthBenchmark {
    /// Pictures of each camera.
    let count: Int
    private let validator = FrameValidator()

    func run() throws {
        print("\(count) pictures of each camera, each damaged twice in every way; per cent of visible damage\n")
        var all = TruthTally()
        for camera in try cameras() {
            let tally = measure(camera.pictures)
            print("\(camera.name)\n\(tally.table)\n")
            fflush(nil)
            all.add(tally)
        }
        print("all cameras\n\(all.table)\n")
        countHardOnes()
        try measureSpeed()
    }

    // MARK: Pictures

    private struct Camera {
        let name: String
        let pictures: [TestJPEG]
    }

    private func cameras() throws -> [Camera] {
        let drawn: [(String, PixelSize, TestEncoding, Double)] = [
            (
                "noise, 640×480, 4:2:2, quality 92", PixelSize(width: 640, height: 480),
                TestEncoding(sampling: (2, 1), quality: 92), 8
            ),
            ("noise, 640×480, 4:2:0, quality 75", PixelSize(width: 640, height: 480), TestEncoding(quality: 75), 4),
            (
                "noise, 800×600, 4:4:4, quality 85", PixelSize(width: 800, height: 600),
                TestEncoding(sampling: (1, 1), quality: 85), 4
            ),
        ]
        return try [(640, 480, 70), (640, 480, 90), (1280, 720, 80)].map { width, height, quality in
            Camera(
                name: "simulated, \(width)×\(height), quality \(quality)",
                pictures: try simulated(PixelSize(width: width, height: height), quality))
        } + drawn.map { name, size, encoding, noise in Camera(name: name, pictures: noisy(size, encoding, noise)) }
    }

    private func simulated(_ size: PixelSize, _ quality: Int) throws -> [TestJPEG] {
        var settings = SimulatorSettings()
        (settings.seed, settings.pictureSize, settings.warmUp) = (UInt64(quality), size, .zero)
        settings.jpegQuality = quality
        let (printer, camera) = (SimulatedPrinter(settings), try SimulatedCamera(settings))
        return try (0..<count).map { number in
            let time = settings.printDuration * 0.97 / count * number
            return TestJPEG(Array(try camera.picture(of: printer, at: time, number: number).readableBytesView))
        }
    }

    private func noisy(_ size: PixelSize, _ encoding: TestEncoding, _ noise: Double) -> [TestJPEG] {
        (0..<count).map { number in
            var scene = TestScene(width: size.width, height: size.height, noise: noise, seed: UInt64(number))
            scene.light = number % 7 - 3
            scene.patches = [
                .init(
                    x: number * 83 % (size.width - 90), y: number * 57 % (size.height - 70), width: 90, height: 70,
                    contrast: 45)
            ]
            return encoding.encode(scene)
        }
    }

    // MARK: Damage

    private func measure(_ pictures: [TestJPEG]) -> TruthTally {
        var tally = TruthTally()
        var generator = SplitMix64(seed: 1)
        for number in 1..<pictures.count {
            let (picture, later) = (pictures[number], pictures[(number + 3) % pictures.count])
            guard let before = try? validator.examine(pictures[number - 1].snapshot().bytes),
                let sound = try? validator.examine(picture.snapshot().bytes)
            else {
                tally.rejectedClean += 1
                continue
            }
            tally.clean += 1
            tally.suspectAlone += isSuspect(sound) ? 1 : 0
            tally.suspectBeside += isSuspect(sound, after: before) ? 1 : 0
            let size = sound.luma.pictureSize
            let (shown, shownLater) = (ShownPicture(picture, size: size), ShownPicture(later, size: size))
            for damage in Damage.allCases {
                for _ in 0..<2 {
                    let hurt = damage.apply(to: picture, later, by: &generator)
                    let isSeen: Bool
                    if damage == .truncated || damage == .closed {
                        isSeen = true  // a part is missing, whatever stands in for it
                    } else {
                        let shownHurt = ShownPicture(hurt, size: size)
                        isSeen =
                            shownHurt.isVisiblyOther(than: shown)
                            && (damage != .spliced || shownHurt.isVisiblyOther(than: shownLater))
                    }
                    if isSeen { tally.rows[damage, default: .init()].add(verdict(on: hurt, size, after: before)) }
                }
            }
        }
        return tally
    }

    private func verdict(on picture: TestJPEG, _ size: PixelSize, after before: ExaminedPicture) -> TruthTally.Verdict {
        let isWarnedOf = !LibjpegPass(size).takes(picture)
        guard let examined = try? validator.examine(picture.snapshot().bytes), examined.leftOver == nil else {
            return isWarnedOf ? .warnedOf : .rejected
        }
        if isSuspect(examined) { return .suspectAlone }
        return isSuspect(examined, after: before) ? .suspectBeside : .taken
    }

    private func isSuspect(_ picture: ExaminedPicture, after before: ExaminedPicture? = nil) -> Bool {
        var series = PictureSeries()
        return (try? series.judge(picture, after: before?.trace))?.suspicion != nil
    }

    /// Clean pictures that are easily taken for damaged ones.
    private func countHardOnes() {
        print("clean pictures                             number   rejected      suspect   beside the")
        print("                                                                   alone   one before")
        var all = TruthTally()
        for scenes in HardScenes.allCases {
            var tally = TruthTally()
            for encoding in HardScenes.encodings {
                // What comes back at the same place is learnt from a camera's own pictures, as when capturing.
                var (alone, beside) = (PictureSeries(), PictureSeries())
                var before: ExaminedPicture?
                for number in 0..<count {
                    let picture = scenes.picture(number, encoding)
                    guard let examined = try? validator.examine(picture.snapshot().bytes), examined.leftOver == nil
                    else {
                        tally.rejectedClean += 1
                        continue
                    }
                    tally.clean += 1
                    if (try? alone.judge(examined))?.suspicion != nil { tally.suspectAlone += 1 }
                    let isSuspect = (try? beside.judge(examined, after: before?.trace))?.suspicion != nil
                    if isSuspect { tally.suspectBeside += 1 }
                    before = isSuspect ? nil : examined
                }
            }
            print(tally.line(of: scenes.rawValue))
            fflush(nil)
            all.add(tally)
        }
        print(all.line(of: "all") + "\n")
    }

    // MARK: Speed

    private func measureSpeed() throws {
        print(
            """
            milliseconds, medians; the last is what a capture does: edges, and the search for seams beside the one before

            picture                  validating     libjpeg       ratio   with edges    and seams
            """)
        let small = PixelSize(width: 320, height: 240)
        let kinds: [(PixelSize, TestEncoding, Double)] = [
            (small, TestEncoding(quality: 62), 3),
            (small, TestEncoding(quality: 82), 6),
            (PixelSize(width: 640, height: 480), TestEncoding(sampling: (2, 1), quality: 92), 8),
            (PixelSize(width: 1280, height: 720), TestEncoding(sampling: (2, 1), quality: 85), 4.5),
            (PixelSize(width: 1920, height: 1080), TestEncoding(sampling: (2, 1), quality: 85), 4.5),
        ]
        for (size, encoding, noise) in kinds {
            let pictures = (0..<8).map {
                encoding.encode(TestScene(width: size.width, height: size.height, noise: noise, seed: $0))
            }
            let snapshots = pictures.map { $0.snapshot() }
            let before = try validator.examine(snapshots[pictures.count - 1].bytes).trace
            var times: [[Duration]] = [[], [], [], []]
            let pass = LibjpegPass(size)
            var generator = SplitMix64(seed: 1)
            for round in 0..<200 {
                let number = round % pictures.count
                // In another order each time: what is measured after itself finds the caches as it left them.
                for look in times.indices.shuffled(using: &generator) {
                    times[look].append(
                        try ContinuousClock().measure {
                            switch look {
                            case 0: _ = try validator.validate(snapshots[number])
                            case 1: _ = pass.takes(pictures[number])
                            case 2: _ = try validator.examine(snapshots[number].bytes)
                            default:
                                var series = PictureSeries()
                                _ = try series.judge(validator.examine(snapshots[number].bytes), after: before)
                            }
                        })
                }
            }
            let medians = times.map { $0.sorted()[$0.count / 2] / .milliseconds(1) }
            let bytes = ByteCount(pictures.reduce(0) { $0 + $1.bytes.count } / pictures.count)
            print(
                "\(size), \(bytes)".filled(to: 23) + medians[0].formatted(places: 3).right(in: 12)
                    + medians[1].formatted(places: 3).right(in: 12)
                    + (medians[0] / medians[1]).formatted(places: 2).right(in: 12)
                    + (medians[2] / medians[1]).formatted(places: 2).right(in: 13)
                    + (medians[3] / medians[1]).formatted(places: 2).right(in: 13))
        }
    }
}

/// libjpeg's own pass over a picture, to luma at 1/8.
struct LibjpegPass {
    private let size: PixelSize

    init(_ picture: PixelSize) {
        size = PixelSize(width: (picture.width + 7) / 8, height: (picture.height + 7) / 8)
    }

    /// Whether it warns of nothing but left-over bytes: what was held against pictures before there was a scan of our own.
    func takes(_ picture: TestJPEG) -> Bool {
        var luma = [UInt8](repeating: 0, count: size.area)
        var report = luma_report()
        luma_decode(
            picture.bytes, picture.bytes.count, &luma, UInt32(size.width), UInt32(size.height), 1 << 27, &report)
        return report.outcome == LUMA_DECODED
    }
}
