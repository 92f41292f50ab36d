import Testing
import Vocabulary

@Suite struct `Numbers that a file says` {
    private static let extremes = [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max]

    @Test(arguments: extremes, extremes)
    func `are added, subtracted and multiplied to the nearest number there is`(left: Int64, right: Int64) {
        func nearest(_ value: Int128) -> Int64 { Int64(clamping: value) }
        #expect(left.addingSaturating(right) == nearest(Int128(left) + Int128(right)))
        #expect(left.subtractingSaturating(right) == nearest(Int128(left) - Int128(right)))
        #expect(left.multipliedSaturating(by: right) == nearest(Int128(left) * Int128(right)))
    }

    @Test(arguments: extremes, extremes)
    func `are instants that can be calculated with`(left: Int64, right: Int64) {
        let (one, other) = (Timestamp(milliseconds: left), Timestamp(milliseconds: right))
        let span = one - other
        #expect((span < .zero) == (one < other))
        #expect(one + .milliseconds(right) == Timestamp(milliseconds: left.addingSaturating(right)))
        #expect(abs(span.milliseconds) <= 1 << 60)
        #expect(CivilTime(one).timestamp == one)
        #expect(!one.description.isEmpty && !span.shortText.isEmpty)
        #expect(one.startOfMonth <= one && one.startOfNextMonth >= one)
        #expect((Duration.milliseconds(left) + .milliseconds(right)).milliseconds == left.addingSaturating(right))
        #expect(ByteCount(left) - ByteCount(right) <= ByteCount(left))
    }

    @Test func `are sizes whose area is a number`() {
        #expect(PixelSize(width: .max, height: 2).area == .max)
    }
}
