import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Slots of another archive's run` {
    /// A run of slots 10 s apart; seconds after the start.
    private func run(_ from: Int, slots: Int, filler: Bool = false) -> LedgerRun {
        LedgerRun(
            camera: .printer, outcome: filler ? .missed : .stored, detail: filler ? SlotReason(.betweenArchives) : nil,
            from: .start + .seconds(from), interval: .seconds(10), slots: slots, bytes: ByteCount(slots * 7), frame: nil
        )
    }

    @Test func `are free where nothing is recorded, and where only an absence is`() {
        #expect(LedgerCover([]).slotsOutside(of: run(0, slots: 5)) == [0..<5])
        #expect(LedgerCover([run(0, slots: 9, filler: true)]).slotsOutside(of: run(0, slots: 5)) == [0..<5])
        #expect(LedgerCover([run(-100, slots: 10), run(50, slots: 3)]).slotsOutside(of: run(0, slots: 5)) == [0..<5])
    }

    @Test func `are left out where something is, before, within and behind`() {
        let recorded = LedgerCover([run(-20, slots: 3), run(30, slots: 2), run(80, slots: 1)])
        #expect(recorded.slotsOutside(of: run(0, slots: 10)) == [1..<3, 5..<8, 9..<10])
        #expect(LedgerCover([run(-20, slots: 50)]).slotsOutside(of: run(0, slots: 10)) == [])
    }

    @Test func `of another grid are not woven between recorded ones`() {
        #expect(LedgerCover([run(0, slots: 3), run(30, slots: 2)]).slotsOutside(of: run(3, slots: 6)) == [5..<6])
    }

    @Test(arguments: [1, 3, 4, 7]) func `share their run's bytes without losing any`(size: Int) {
        let whole = run(0, slots: 31)
        let parts = stride(from: 0, to: 31, by: size).map { whole.part($0..<min(31, $0 + size)) }
        #expect(parts.reduce(0) { $0 + $1.bytes.bytes } == whole.bytes.bytes)
        #expect(parts.reduce(0) { $0 + $1.slots } == 31)
        #expect(parts.last?.until == whole.until)
    }
}
