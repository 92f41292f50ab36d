import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Entering slots into the ledger` {
    private func entry(
        _ outcome: SlotOutcome = .offline, _ detail: SlotReason? = nil, slot: Int, slots: Int = 1,
        interval: Duration = .seconds(10), frame: Int64? = nil
    ) -> LedgerEntry {
        LedgerEntry(
            camera: .printer, outcome: outcome, detail: detail, first: Slot.number(slot).due, slots: slots,
            interval: interval, bytes: ByteCount(7), frame: frame.map(FrameID.init))
    }

    private func run(_ entry: LedgerEntry) throws -> LedgerRun {
        guard case .begin(let run) = entry.step(after: nil, before: nil) else { throw Unexpected() }
        return run
    }

    private struct Unexpected: Error {}

    @Test func `begins a run for the first slot`() throws {
        let run = try run(entry(.rejected, SlotReason(label: "torn"), slot: 3))
        #expect(run.from == Slot.number(3).due)
        #expect(run.until == Slot.number(4).due)
        #expect(run.slots == 1)
        #expect(run.detail == SlotReason(label: "torn"))
    }

    @Test func `extends the run for the next slot of the same kind`() throws {
        let step = entry(slot: 1).step(after: try run(entry(slot: 0)), before: nil)
        guard case .extend(let run) = step else { throw Unexpected() }
        #expect(run.from == Slot.number(0).due)
        #expect(run.slots == 2)
        #expect(run.bytes == ByteCount(14))
        #expect(run.until == Slot.number(2).due)
    }

    @Test func `moves a stored run on to the newest frame`() throws {
        let step = entry(.stored, slot: 1, frame: 8).step(
            after: try run(entry(.stored, slot: 0, frame: 7)), before: nil)
        guard case .extend(let run) = step else { throw Unexpected() }
        #expect(run.frame == FrameID(8))
    }

    @Test(arguments: [
        (SlotOutcome.timeout, nil as SlotReason?, 1, Duration.seconds(10)),
        (.offline, SlotReason(label: "no_agent"), 1, .seconds(10)),
        (.offline, nil, 2, .seconds(10)),
        (.offline, nil, 1, .seconds(5)),
    ])
    func `begins a new run where outcome, detail, place or interval differ`(
        outcome: SlotOutcome, detail: SlotReason?, slot: Int, interval: Duration
    ) throws {
        let next = entry(outcome, detail, slot: slot, interval: interval)
        guard case .begin(let run) = next.step(after: try run(entry(slot: 0)), before: nil) else { throw Unexpected() }
        #expect(run.slots == 1)
        #expect(run.from == next.first)
    }

    @Test(arguments: [SlotOutcome.duplicate, .unchanged])
    func `begins a new run where another frame is repeated`(outcome: SlotOutcome) throws {
        let first = try run(entry(outcome, slot: 0, frame: 1))
        guard case .extend = entry(outcome, slot: 1, frame: 1).step(after: first, before: nil) else {
            throw Unexpected()
        }
        guard case .begin = entry(outcome, slot: 1, frame: 2).step(after: first, before: nil) else {
            throw Unexpected()
        }
    }

    @Test func `lets a slot follow within the interval after a restart`() throws {
        var soon = entry(slot: 0)
        soon.first = soon.first + .seconds(4)
        guard case .begin(let run) = soon.step(after: try run(entry(slot: 0)), before: nil) else { throw Unexpected() }
        #expect(run.from == Slot.number(0).due + .seconds(4))
    }

    @Test func `keeps the first outcome of a slot`() throws {
        let before = try run(entry(.stored, slot: 0, slots: 3))
        #expect(entry(.missed, slot: 2).step(after: before, before: nil) == .alreadyRecorded)
        #expect(entry(.missed, slot: 0, slots: 3).step(after: before, before: nil) == .alreadyRecorded)
    }

    @Test func `leaves out the slots that have an outcome before and after`() throws {
        let before = try run(entry(.stored, slot: 0, slots: 3))
        let step = entry(.missed, slot: 1, slots: 9).step(after: before, before: Slot.number(6).due)
        guard case .begin(let run) = step else { throw Unexpected() }
        #expect(run.from == Slot.number(3).due)
        #expect(run.lastSlot == Slot.number(5).due)
    }

    @Test func `finds no room between neighbouring runs`() throws {
        let before = try run(entry(.stored, slot: 0, slots: 3))
        #expect(entry(.missed, slot: 1, slots: 4).step(after: before, before: Slot.number(3).due) == .alreadyRecorded)
    }
}
