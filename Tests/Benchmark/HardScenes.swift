import TestSupport
import Vocabulary

/// Clean pictures that might be taken for damaged ones: what moves or changes along the borders of a JPEG's blocks.
enum HardScenes: String, CaseIterable {
    case noise = "strong noise"
    case light = "light that steps"
    case flash = "flashes on a part"
    case banding = "bands of a lamp"
    case headByRows = "a head that moves by rows of units"
    case bed = "a bed that moves"
    case appearing = "rectangles on the blocks' grid"
    case clock = "a clock that is drawn in"
    case panning = "a camera that pans"
    case bar = "a bar over the foot that comes and goes"
    case boxes = "boxes in the corners that come and go"
    case letterbox = "black above and below"
    case blinds = "stripes that move"
    case dark = "a dark room"
    case blownOut = "too much light"

    /// How cameras code them.
    static let encodings: [TestEncoding] = [
        TestEncoding(quality: 75), TestEncoding(quality: 30), TestEncoding(sampling: (2, 1), quality: 85),
        TestEncoding(sampling: (1, 1), quality: 90), TestEncoding(.grey, quality: 80),
    ]

    func picture(_ number: Int, _ encoding: TestEncoding) -> TestJPEG {
        let size = PixelSize(width: 640, height: 480)
        var generator = SplitMix64(seed: UInt64(number) * 31 + 7)
        var scene = TestScene(
            width: size.width, height: size.height, noise: self == .noise ? 18 : 3, seed: UInt64(number))
        func random(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
        func patch(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ contrast: Int) -> TestScene.Patch {
            .init(x: x, y: y, width: width, height: height, contrast: contrast)
        }
        switch self {
        case .noise: break
        case .light: scene.light = number / 2 % 2 * random(4...30)
        case .flash:
            // To half of the picture's width or all, from any row of units on, now and then.
            if number.isMultiple(of: 3) {
                scene.patches = [patch(random(0...20) * 16, random(0...20) * 16, 320, 480, random(10...60))]
            }
        case .banding:
            scene.patches = (0..<4).map { band in
                patch(0, (band * 120 + number * 37) % 480, 640, 60, random(3...9))
            }
        case .headByRows:
            let row = number * 5 % 16
            scene.patches = [
                patch(0, 16 * row, 640, 32, -40), patch(number * 48 % 480, 16 * row - 16, 128, 96, 55),
            ]
        case .bed: scene.patches = [patch(96, 240 + number * 16 % 160, 448, 240, 35)]
        case .appearing:
            scene.patches = (0..<random(0...4)).map { _ in
                patch(
                    random(0...32) * 16, random(0...24) * 16, random(2...20) * 16, random(1...10) * 16,
                    random(-60...60))
            }
        case .clock:
            scene.patches = (0..<12).flatMap { digit in
                (0..<7).filter { _ in random(0...1) == 1 }.map { segment in
                    patch(16 + digit * 14 + segment % 2 * 8, 456 + segment / 2 * 4, 3, 4, 120)
                }
            }
        case .bar:
            let height = random(6...40)
            if number % 2 == 1 { scene.patches = [patch(0, 480 - height, 640, height, random(-160...160))] }
        case .boxes:
            scene.patches = [(0, 0), (1, 0), (0, 1), (1, 1)].filter { _ in random(0...1) == 1 }.map { right, lower in
                let (width, height) = (random(40...260), random(10...60))
                return patch(right * (640 - width), lower * (480 - height), width, height, random(-90...90))
            }
        case .letterbox:
            scene.patches = [
                patch(0, 0, 640, 60, -255), patch(0, 420, 640, 60, -255), patch(number * 23 % 500, 60, 140, 200, 30),
            ]
        case .blinds:
            let width = random(5...30)
            scene.patches = (0..<8).map { patch(0, ($0 * 60 + number * 7) % 480, 640, width, 35) }
        case .dark: scene.light = -110 - number % 5 * 8
        case .blownOut: scene.light = 110 + number % 5 * 8
        case .panning:
            let shift = number * 53
            scene.patches = (0..<24).map { thing in
                patch(
                    (thing * 97 + shift) % 900 - 130, thing * 61 % 460, 30 + thing * 13 % 120, 20 + thing * 29 % 90,
                    thing * 37 % 120 - 60)
            }
        }
        return encoding.encode(scene)
    }
}
