import Archive
import Foundation
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `The timeline in cells` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Slots of 10 s: 0–5 stored, 6–99 offline, 100–105 stored, 106–4000 missed, 4001–4003 duplicate; the other camera has one.
    private func fill() async throws {
        let writer = try await archive.open()
        for number in Array(0..<6) + Array(100..<106) { try await writer.store(number) }
        try await writer.record(.offline, slots: 6..<100)
        try await writer.record(.missed, slots: 106..<4001)
        try await writer.record(.duplicate, slots: 4001..<4004)
        try await writer.store(3, camera: .other)
        try await writer.close()
    }

    /// What each outcome has of each cell, reckoned millisecond by slot.
    private func bruteForce(_ cells: TimeCells, _ gallery: Gallery) async throws -> [String: [Int64]] {
        var times: [String: [Int64]] = [:]
        for run in try await gallery.catalog.timeline(TimelineQuery(camera: .printer)) {
            for slot in 0..<run.slots {
                let from = (run.from + run.interval * slot).milliseconds
                let until = from + run.interval.milliseconds
                for cell in from / cells.step...(until - 1) / cells.step
                where cell >= cells.first && cell < cells.first + Int64(cells.count) {
                    let within = min(until, (cell + 1) * cells.step) - max(from, cell * cells.step)
                    times[run.outcome.rawValue, default: Array(repeating: 0, count: cells.count)][
                        Int(cell - cells.first)] += within
                }
            }
        }
        return times
    }

    @Test(arguments: [3, 5, 8, 11, 13, 14, 15, 18, 22])
    func `has what the ledger's slots come to, at every level`(level: Int) async throws {
        try await fill()
        let gallery = try archive.gallery()
        let cells = try TimeCells(
            level: level, from: .slot(level < 6 ? 90 : -50), until: .slot(level < 6 ? 110 : 4050))
        let answer = try await gallery.ask(
            "cameras/printer/timeline?level=\(level)&from=\(cells.from)&until=\(cells.until)")
        #expect(answer.status == 200)
        let (outcomes, shares) = (
            try answer.json["outcomes"] as? [String] ?? [], try answer.json["shares"] as? [[Int]] ?? []
        )
        #expect(try answer.json["cells"] as? Int == cells.count)
        let expected = try await bruteForce(cells, gallery)
        #expect(Set(outcomes) == Set(expected.keys))
        #expect(outcomes == SlotOutcome.allCases.map(\.rawValue).filter(outcomes.contains))
        for (outcome, row) in zip(outcomes, shares) {
            let times = try #require(expected[outcome])
            for cell in 0..<cells.count {
                let exact = Double(times[cell]) * 1000 / Double(cells.step)
                #expect(abs(Double(row[cell]) - exact) <= 4, "\(outcome) in cell \(cell)")
                #expect((row[cell] > 0) == (times[cell] > 0), "\(outcome) in cell \(cell)")
            }
        }
        for cell in 0..<cells.count {
            let known = expected.values.reduce(0) { $0 + $1[cell] }
            #expect(shares.reduce(0) { $0 + $1[cell] } == max(known > 0 ? 1 : 0, Int(known * 1000 / cells.step)))
        }
    }

    @Test func `of years goes on where the ledger does`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let path = "cameras/printer/timeline?level=15&from=\(Timestamp.slot(0))&until=\(Timestamp.slot(9000))"
        let before = try await gallery.ask(path)
        let writer = try await archive.open()
        try await writer.record(.duplicate, slots: 4004..<4500)
        try await writer.record(.timeout, slots: 4500..<4510)
        try await writer.close()
        let after = try await gallery.ask(path)
        #expect(before.bytes != after.bytes)
        #expect(try after.json["outcomes"] as? [String] == ["stored", "duplicate", "offline", "timeout", "missed"])
        let fresh = try await archive.gallery().ask(path)
        #expect(after.bytes == fresh.bytes)
    }

    @Test func `of years is summed up anew after a while`() async throws {
        try await fill()
        let clock = SettableClock()
        let catalog = try Catalog.open(at: archive.path)
        let ladder = LedgerLadder(catalog: catalog, lifetime: .seconds(900), now: { clock.now })
        func sums() async throws -> OutcomeCells {
            var cells = OutcomeCells(from: .slot(0), step: TimeCells.step(of: 16), count: 4)
            try await ladder.add(.printer, to: &cells)
            return cells
        }
        let before = try await sums()
        // What no newer run tells.
        try archive.sqlite("DELETE FROM ledger_run WHERE outcome = 'offline'")
        #expect(try await sums() == before)
        clock.advance(by: .seconds(901))
        _ = try await sums()
        for _ in 0..<400 where try await sums() == before { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await sums().occurring.contains(.offline) == false)
    }

    @Test func `is empty where there is nothing, and refuses what cannot be`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let empty = try await gallery.ask(
            "cameras/other/timeline?level=5&from=2026-03-01T00:00:00.000Z&until=2026-03-01T01:00:00.000Z")
        #expect(try empty.json["outcomes"] as? [String] == [])
        for (query, status) in [
            ("level=5", 400), ("level=35&from=2026-03-01T00:00:00.000Z&until=2026-03-01T01:00:00.000Z", 400),
            ("level=0&from=2026-03-01T00:00:00.000Z&until=2026-03-02T00:00:00.000Z", 400),
            ("level=9&from=2026-03-01T00:00:00.000Z&until=2026-03-01T00:00:00.000Z", 400),
            ("level=34&from=1970-01-01T00:00:00.000Z&until=2099-12-31T23:59:59.999Z", 200),
        ] {
            #expect(try await gallery.ask("cameras/printer/timeline?\(query)").status == status, "\(query)")
        }
        #expect(
            try await gallery.ask(
                "cameras/nobody/timeline?level=9&from=2026-03-01T00:00:00.000Z&until=2026-03-01T01:00:00.000Z"
            ).status == 404)
    }

    @Test func `says of strips what most of a cell's time had, and gaps first`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let answer = try await gallery.ask(
            "coverage?since=\(Timestamp.slot(-10))&until=\(Timestamp.slot(110))&cells=12")
        let cameras = try answer.json["cameras"] as? [[String: String]] ?? []
        #expect(cameras.map { $0["camera"] } == ["other", "printer"])
        // Six stored slots beside four that were offline, and beside four that were missed: the gap is told.
        #expect(cameras.last?["cells"] == ".ggggggggggl")
        #expect(cameras.first?["cells"] == ".a..........")
        let one = try await gallery.ask(
            "coverage?camera=other&since=1970-01-01T00:00:00.000Z&until=2099-12-31T00:00:00.000Z&cells=1440")
        let strip = (try one.json["cameras"] as? [[String: String]])?.first?["cells"] ?? ""
        #expect(strip.count == 1440)
        #expect(strip.filter { $0 == "a" }.count == 1)
        #expect(try await gallery.ask("coverage?since=\(Timestamp.slot(5))&until=\(Timestamp.slot(5))").status == 400)
        #expect(
            try await gallery.ask("coverage?camera=nobody&since=\(Timestamp.slot(5))&until=\(Timestamp.slot(9))").status
                == 404)
    }
}

@Suite struct `Shares of a cell` {
    @Test func `never come to more than is known`() {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let step = Int64.random(in: 250...5_000_000, using: &generator)
            var cells = OutcomeCells(from: Timestamp(milliseconds: 0), step: step, count: 5)
            var (place, times) = (Int64(0), [Int64](repeating: 0, count: 5))
            while place < 5 * step {
                let next = min(5 * step, place + Int64.random(in: 1...max(2, step / 3), using: &generator))
                if Bool.random(using: &generator) {
                    cells.add(from: place, until: next, outcome: Int.random(in: 0..<12, using: &generator))
                    for cell in place / step...(next - 1) / step {
                        times[Int(cell)] += min(next, (cell + 1) * step) - max(place, cell * step)
                    }
                }
                place = next
            }
            let shares = cells.shares
            for cell in 0..<5 {
                let sum = shares.reduce(0) { $0 + $1[cell] }
                let rows = shares.count { $0[cell] > 0 }
                #expect(sum == max(rows, Int(times[cell] * 1000 / step)))
                #expect(sum <= 1000)
            }
        }
    }
}
