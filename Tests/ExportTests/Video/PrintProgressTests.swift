import Testing
import Vocabulary

@testable import Export

@Suite struct `How far a print is in each frame` {
    private func shares(_ readings: [(second: Double, progress: Double?)]) -> [Double] {
        PrintProgress(
            readings.enumerated().map { place, reading in
                FrameReading(
                    place: place, capturedAt: Footage.start + .milliseconds(Int64(reading.second * 1000)),
                    progress: reading.progress, light: nil)
            }
        ).shares
    }

    /// Frames every 10 s, and an answer every 300 s.
    private func print(_ answers: [Double]) -> [(second: Double, progress: Double?)] {
        (0..<answers.count * 30).map { (Double($0) * 10, answers[$0 / 30]) }
    }

    @Test func `rises evenly between what the printer said at times`() {
        let shares = shares(print([0, 0.25, 0.5, 0.75]))
        for (place, share) in shares.enumerated() { #expect(abs(share - Double(place) / 120) < 0.001, "\(place)") }
    }

    @Test func `is no leap from nothing to nearly all`() {
        // The only answers that a short print had: at its beginning, and after two thirds of it.
        let shares = shares((0..<90).map { (Double($0) * 5, $0 < 60 ? 0 : 0.66) })
        #expect(abs(shares[30] - 0.33) < 0.01)
        #expect(zip(shares.dropFirst(), shares).allSatisfy { $0 >= $1 && $0 - $1 < 0.02 })
        #expect(abs((shares.last ?? 0) - 0.98) < 0.02)
    }

    @Test func `stands still while the print does`() {
        let shares = shares(print([0, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.4]))
        #expect(abs(shares[6 * 30 - 1] - 0.2) < 0.001)
        #expect(abs(shares[7 * 30] - 0.3) < 0.001)
    }

    @Test func `begins anew with the next print, and is never more than all`() {
        let shares = shares(print([0.5, 0.9, 1, 0, 0.1]))
        #expect(shares.allSatisfy { (0...1).contains($0) })
        #expect(shares[60] == 1 && shares[89] == 1)
        #expect(shares[90] == 0)
    }

    @Test func `is what is known of the frames that know nothing`() {
        let shares = shares([(0, nil), (10, 0.2), (20, nil), (30, nil), (40, 0.8), (50, nil)])
        for (share, expected) in zip(shares, [0.2, 0.2, 0.4, 0.6, 0.8, 1]) { #expect(abs(share - expected) < 0.001) }
    }

    @Test func `is the time that has passed where nothing was said, in either order`() {
        #expect(shares([(0, nil), (10, nil), (20, nil)]) == [0, 0.5, 1])
        #expect(shares([(20, nil), (10, nil), (0, nil)]) == [1, 0.5, 0])
        let backwards = shares([(20, 0.5), (10, 0.25), (0, 0)])
        #expect(backwards == [0.5, 0.25, 0])
    }
}
