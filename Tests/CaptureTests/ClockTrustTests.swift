import CaptureSupport
import Testing
import Vocabulary

@testable import Capture

@Suite struct `A clock, as others speak of it` {
    private var trust = ClockTrust()
    private let noon = Timestamp(milliseconds: 1_795_435_200_000)

    @Test mutating func `is doubted where nothing keeps it right, until the server agrees`() {
        #expect(trust.hear(system: .unsynchronised) == .doubt("unsynchronised"))
        #expect(trust.hear(system: .unsynchronised) == nil)
        #expect(trust.hear(server: noon - .seconds(120), at: noon) == .trust("server"))
        #expect(trust.hear(system: .unsynchronised) == nil)
    }

    @Test(arguments: [(9 * 366 * 86_400, "ahead_of_server"), (-7200, "behind_server")])
    mutating func `is doubted where the server says otherwise, whatever the system says`(error: Int, reason: String) {
        #expect(trust.hear(system: nil) == nil)
        #expect(trust.hear(server: noon, at: noon + .seconds(error)) == .doubt(reason))
        #expect(trust.hear(system: nil) == nil)
        #expect(trust.word == .doubt(reason))
    }

    @Test(arguments: [0, 120, 1800, 86_400, -3600])
    mutating func `is not doubted for a picture's age`(seconds: Int) {
        #expect(trust.hear(server: noon, at: noon + .seconds(seconds)) == nil)
        #expect(trust.word == nil)
    }

    @Test mutating func `is not doubted for pictures of a simulated printer in quick motion`() {
        #expect(trust.hear(picture: noon + .seconds(7 * 86_400), at: noon) == nil)
        #expect(trust.hear(picture: noon + .seconds(365 * 86_400), at: noon) == .doubt("behind_server"))
    }

    @Test mutating func `cannot be right before the program was made`() {
        #expect(SystemClock.doubt(at: Timestamp(milliseconds: 0)) == .beforeBuild)
        #expect(trust.hear(server: noon, at: noon) == nil)
        #expect(trust.hear(system: .beforeBuild) == .doubt("before_build"))
        #expect(trust.hear(system: nil) == .trust("synchronised"))
    }
}
