import Testing

@testable import Stores

@Suite struct `The pauses between attempts` {
    private var generator = SystemRandomNumberGenerator()

    @Test mutating func `grow, with jitter, up to a longest`() {
        var pauses = RetryPauses(first: .milliseconds(100), longest: .milliseconds(800))
        for longest in [100, 200, 400, 800, 800, 800] {
            let pause = pauses.pause(atLeast: nil, left: .seconds(60), using: &generator)
            #expect(pause.map { $0 >= .milliseconds(longest / 2) && $0 <= .milliseconds(longest) } == true)
        }
    }

    @Test mutating func `are as long as the server asks`() {
        var pauses = RetryPauses(first: .milliseconds(100), longest: .seconds(1))
        #expect(pauses.pause(atLeast: .seconds(7), left: .seconds(60), using: &generator) == .seconds(7))
    }

    @Test mutating func `end where the time does not reach as far`() {
        var pauses = RetryPauses(first: .milliseconds(100), longest: .seconds(1))
        #expect(pauses.pause(atLeast: nil, left: .milliseconds(49), using: &generator) == nil)
        #expect(pauses.pause(atLeast: .seconds(7), left: .seconds(6), using: &generator) == nil)
    }
}
