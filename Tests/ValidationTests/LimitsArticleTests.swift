import TestSupport
import Testing
import Vocabulary

@testable import Validation

@Suite struct `The article about limits` {
    @Test func `has every limit on a picture`() throws {
        let limits = Mirror(reflecting: FrameLimits()).children.map { limit in
            [limit.label ?? "", (limit.value as? ByteCount).map { "\($0.bytes)" } ?? "\(limit.value)"]
        }
        #expect(try Article("printlapse", "LimitsAndSpeed").rows(under: "limit").map { [$0[0], $0[1]] } == limits)
    }
}
