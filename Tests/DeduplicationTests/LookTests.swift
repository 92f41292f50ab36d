import Testing
import Validation
import Vocabulary

@testable import Deduplication

@Suite struct `The look of a picture` {
    private static let size = PixelSize(width: 320, height: 240)

    /// 40 × 30 blocks.
    private func luma(_ pixel: (_ x: Int, _ y: Int) -> Int) throws -> LumaPicture {
        let pixels = (0..<1200).map { UInt8(clamping: pixel($0 % 40, $0 / 40)) }
        return try #require(LumaPicture(of: Self.size, pixels: pixels))
    }

    @Test func `has its mean luma for brightness`() throws {
        #expect(FrameLook(of: try luma { _, _ in 0 }).brightness == 0)
        #expect(FrameLook(of: try luma { _, _ in 255 }).brightness == 255)
        #expect(FrameLook(of: try luma { x, _ in x < 10 ? 200 : 100 }).brightness == 125)
    }

    @Test func `loses sharpness when it is blurred, whatever the light`() throws {
        let sharp = try luma { x, y in x * 4 + (x / 2 + y / 2) % 2 * 60 }
        let darker = try luma { x, y in x * 2 + (x / 2 + y / 2) % 2 * 30 + 10 }
        let blurred = try luma { x, y in
            (-2...2).flatMap { down in
                (-2...2).map { Int(sharp.pixels[(y + down + 30) % 30 * 40 + (x + $0 + 40) % 40]) }
            }
            .reduce(0, +) / 25
        }
        let values = try [sharp, darker, blurred].map { try #require(FrameLook(of: $0).sharpness) }
        #expect(abs(values[0] - values[1]) <= 2)
        #expect(values[2] < values[0] / 2)
    }

    @Test func `has no sharpness where there is no contrast`() throws {
        #expect(FrameLook(of: try luma { _, _ in 90 }).sharpness == nil)
    }

    @Test func `tells how much of it changed, and how much at most, beyond a change of light`() throws {
        let before = try luma { x, y in x + y }
        let after = try luma { x, y in x + y + 3 + (x < 4 && y < 3 ? 50 : 0) }
        let change = try #require(FrameLook(of: after, after: before).change)
        #expect(change.greatest == 50)
        #expect(change.percent == 1)
        #expect(FrameLook(of: after).change == nil)
    }

    @Test func `counts any change as a hundredth at least, and none as none`() throws {
        let before = try luma { _, _ in 100 }
        #expect(LumaChange(to: try luma { x, y in x == 7 && y == 7 ? 107 : 100 }, from: before)?.percent == 1)
        #expect(LumaChange(to: try luma { x, y in x == 7 && y == 7 ? 106 : 100 }, from: before)?.percent == 0)
    }

    @Test func `cannot be compared with one of another size`() throws {
        let other = try #require(LumaPicture(of: PixelSize(width: 8, height: 8), pixels: [0]))
        #expect(LumaChange(to: try luma { _, _ in 0 }, from: other) == nil)
    }
}
