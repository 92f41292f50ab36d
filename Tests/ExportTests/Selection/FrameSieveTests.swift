import Testing
import Vocabulary

@testable import Export

@Suite struct `A sieve for frames` {
    private func sieve(_ row: [ExportCandidate], _ change: (inout ExportSelection) -> Void) -> FrameSieve {
        var selection = ExportSelection()
        change(&selection)
        return FrameSieve(row, as: selection)
    }

    private func row(brightness: [Int?]) throws -> [ExportCandidate] {
        try brightness.enumerated().map { try .at(Double($0), number: Int64($0), brightness: $1) }
    }

    private func row(changes: [Int?]) throws -> [ExportCandidate] {
        try changes.enumerated().map { try .at(Double($0), number: Int64($0), change: $1) }
    }

    @Test func `lets everything through unless told otherwise`() throws {
        let row = try row(brightness: [0, 255, nil])
        #expect(sieve(row) { _ in }.frames == row)
        #expect(sieve([]) { $0.skipsDark = true }.frames.isEmpty)
    }

    @Test func `leaves tagged pictures out, and counts them`() throws {
        let row = try (0..<4).map { try ExportCandidate.at(Double($0), number: Int64($0), isTagged: $0 % 2 == 1) }
        let sieve = sieve(row) { $0.skipsTagged = true }
        #expect(sieve.frames.numbers == [0, 2])
        #expect(sieve.leftOut.tagged == 2)
        #expect(sieve.leftOut.phrase == "2 tagged")
    }

    @Test func `leaves suspect pictures out unless told to take them`() throws {
        let row = try (0..<3).map { number in
            try ExportCandidate.at(
                Double(number), number: Int64(number),
                suspicion: number == 1 ? Suspicion(.seam, at: "row 4") : nil)
        }
        #expect(sieve(row) { _ in }.frames.numbers == [0, 2])
        #expect(sieve(row) { _ in }.leftOut.phrase == "1 suspect")
        #expect(sieve(row) { $0.takesSuspect = true }.frames.numbers == [0, 1, 2])
    }

    @Test func `knows the dark ones beside the bright ones`() throws {
        #expect(
            try sieve(row(brightness: [120, 110, 8, 30, 47, 48, nil])) { $0.skipsDark = true }.frames.numbers == [
                0, 1, 5, 6,
            ])
    }

    @Test func `keeps the frames of a dim camera, and drops those with the light off`() throws {
        #expect(
            try sieve(row(brightness: [40, 38, 25, 17, 15, 3])) { $0.skipsDark = true }.frames.numbers == [0, 1, 2, 3])
    }

    @Test func `takes the light of the brightest tenth as the usual one, in a night as well`() throws {
        let night = Array(repeating: 9 as Int?, count: 85) + Array(repeating: 150, count: 15)
        #expect(try sieve(row(brightness: night)) { $0.skipsDark = true }.frames.count == 15)
        #expect(try sieve(row(brightness: Array(repeating: 9, count: 50))) { $0.skipsDark = true }.leftOut.dark == 50)
    }

    @Test func `keeps the first of a still stretch`() throws {
        let sieve = try sieve(row(changes: [nil, 3, 6, 7, 0, 2, 90])) { $0.skipsStill = true }
        #expect(sieve.frames.numbers == [0, 3, 6])
        #expect(sieve.leftOut.still == 4)
    }

    @Test func `keeps a still frame where the one that it repeats was left out`() throws {
        let row = try [
            ExportCandidate.at(0, number: 0), .at(1, number: 1, change: 80, isTagged: true),
            .at(2, number: 2, change: 2),
            .at(3, number: 3, change: 1),
        ]
        let sieve = sieve(row) { ($0.skipsStill, $0.skipsTagged) = (true, true) }
        #expect(sieve.frames.numbers == [0, 2])
    }

    @Test func `tells the still frames of each camera for itself, and in either order`() throws {
        let row = try [
            ExportCandidate.at(0, number: 0, camera: "left"), .at(1, number: 1, camera: "right", change: 2),
            .at(2, number: 2, camera: "left", change: 0), .at(3, number: 3, camera: "right", change: 1),
        ]
        #expect(sieve(row) { $0.skipsStill = true }.frames.numbers == [0, 1])
        #expect(sieve(row.reversed()) { $0.skipsStill = true }.frames.numbers == [1, 0])
    }

    @Test func `goes through 100,000 frames`() throws {
        let row = try (0..<100_000).map {
            try ExportCandidate.at(Double($0), number: Int64($0), brightness: $0 % 200, change: $0 % 5 == 0 ? 60 : 3)
        }
        let sieve = sieve(row) { ($0.skipsStill, $0.skipsDark) = (true, true) }
        #expect(sieve.frames.count + sieve.leftOut.count == 100_000)
        #expect(EvenChoice.places(of: 1800, in: FrameTimes(sieve.frames).elapsed).count == 1800)
        #expect(MemoryLayout<ExportCandidate>.stride <= 128)
    }
}
