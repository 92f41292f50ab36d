import Testing
import Vocabulary

@testable import Export

@Suite struct `A picture with detection boxes` {
    /// What is taken of pictures at these seconds.
    private func taken(
        raw: [Double], tagged: [Double], print: Int64? = 7, taggedPrint: Int64? = 7, camera: String = "printer",
        _ change: (inout ExportSelection) -> Void = { _ in }
    ) throws -> (raw: Int, tagged: [Double], leftOut: Int) {
        var selection = ExportSelection()
        change(&selection)
        var row: [ExportCandidate] = []
        for (number, second) in raw.enumerated() {
            row.append(try .at(second, number: Int64(number), print: print))
        }
        for (number, second) in tagged.enumerated() {
            row.append(
                try .at(second, number: Int64(1000 + number), camera: camera, isTagged: true, print: taggedPrint))
        }
        let sieve = FrameSieve(row.sorted { $0.capturedAt < $1.capturedAt }, as: selection)
        let boxes = sieve.frames.filter(\.isTagged).map { Double(tagged[Int($0.id.number) - 1000]) }
        return (sieve.frames.count - boxes.count, boxes, sieve.leftOut.tagged)
    }

    @Test func `is left out where one without is near`() throws {
        let raw = (0..<20).map { Double($0) * 10 }
        let taken = try taken(raw: raw, tagged: raw.map { $0 + 1 })
        #expect(taken.raw == 20)
        #expect(taken.tagged.isEmpty)
        #expect(taken.leftOut == 20)
    }

    @Test func `is taken where those without have a hole`() throws {
        let raw = (0..<20).map { Double($0) * 10 }.filter { !(50...120).contains($0) }
        let taken = try taken(raw: raw, tagged: (0..<20).map { Double($0) * 10 + 1 })
        #expect(taken.raw == raw.count)
        #expect(taken.tagged == [61, 71, 81, 91, 101, 111])
    }

    @Test func `is taken where there are no others, by print and by camera`() throws {
        #expect(try taken(raw: [], tagged: [1, 11]).tagged == [1, 11])
        #expect(try taken(raw: [0, 10], tagged: [1, 11], taggedPrint: 8).tagged == [1, 11])
        #expect(try taken(raw: [0, 10], tagged: [1, 11], camera: "other").tagged == [1, 11])
    }

    @Test func `is never taken where none are wanted`() throws {
        let taken = try taken(raw: [], tagged: [1, 11]) { $0.skipsTagged = true }
        #expect(taken.tagged.isEmpty)
        #expect(taken.leftOut == 2)
    }
}
