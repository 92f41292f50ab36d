import Testing
import Vocabulary

@testable import Capture
@testable import printlapse

@Suite struct `A text log` {
    private static let camera = try! CameraName("printer")
    private static let interval = Duration.seconds(10)

    private func report(
        _ slot: Int, _ outcome: SlotOutcome, _ detail: SlotReason? = nil, explanation: String? = nil
    ) -> SlotReport {
        let slot = Slot(due: Timestamp(seconds: 1_800_000_000) + Self.interval * slot, interval: Self.interval)
        var empty = EmptySlot(outcome, detail: detail)
        empty.explanation = explanation
        return SlotReport(camera: Self.camera, slot: slot, empty: empty, received: .zero, attempts: 1)
    }

    /// What is told of slots that go so, slot for slot.
    private func items(_ outcomes: [(SlotOutcome, SlotReason.Word?)]) -> [(slot: Int, item: CameraNews.Item)] {
        var news = CameraNews()
        return outcomes.enumerated().flatMap { slot, outcome in
            news.add(report(slot, outcome.0, outcome.1.map(SlotReason.init))).map { (slot, $0) }
        }
    }

    @Test func `tells the first picture, and then nothing for an hour but how many there were`() {
        let items = items(Array(repeating: (.stored, nil), count: 361))
        #expect(items.map(\.slot) == [0, 360])
        #expect(items.first?.item == .changed)
        #expect(items.last?.item == .counts(.init(outcomes: [.stored: 360]), over: .seconds(3600)))
    }

    @Test func `tells of a dead camera once, reminds each hour, and tells its return`() {
        let dead = Array(repeating: (SlotOutcome.unavailable, Optional(SlotReason.Word.connectionRefused)), count: 1000)
        let items = items([(.stored, nil)] + dead + [(.stored, nil), (.stored, nil)])
            .filter { if case .counts = $0.item { false } else { true } }
        #expect(items.map(\.slot) == [0, 1, 361, 721, 1001])
        #expect(items[1].item == .changed)
        #expect(items[2].item == .lasting(.seconds(3600), slots: 361))
        #expect(items[4].item == .back(after: .seconds(10_000), slots: 1000))
    }

    @Test func `does not tell each time of a camera that fails and is back all the time`() {
        let outcomes: [(SlotOutcome, SlotReason.Word?)] = (0..<360).map {
            $0.isMultiple(of: 2) ? (.stored, nil) : (.rejected, .truncated)
        }
        let items = items(outcomes)
        #expect(items.map(\.slot) == [0, 1, 2])
    }

    @Test func `tells the same trouble again where it has lasted for a minute`() {
        let trouble = (SlotOutcome.timeout, Optional(SlotReason.Word.noAnswer))
        let items = items([(.stored, nil), trouble, (.stored, nil)] + Array(repeating: trouble, count: 8))
        #expect(items.map(\.slot) == [0, 1, 2, 9])
        #expect(items.last?.item == .lasting(.seconds(60), slots: 7))
    }

    @Test func `tells another trouble at once`() {
        let items = items([
            (.stored, nil), (.offline, .printerOffline), (.unavailable, .connectionRefused), (.stored, nil),
        ])
        #expect(items.map(\.slot) == [0, 1, 2, 3])
    }

    @Test func `counts slots that went by, and those that are left out for want of room or to save allowance`() {
        var news = CameraNews()
        _ = news.add(report(0, .stored))
        #expect(news.addMissed(3, detail: SlotReason(.busy), at: report(1, .stored).slot.due) == [.changed])
        #expect(news.add(report(4, .disk, SlotReason(.full))) == [])
        let items = news.add(report(360, .stored))
        #expect(items.first == .counts(.init(outcomes: [.stored: 1, .missed: 3, .disk: 1]), over: .seconds(3600)))
    }

    @Test func `says the counts in one line`() {
        let counts = CameraNews.Counts(outcomes: [.stored: 352, .rejected: 5], bytesStored: ByteCount(51_200_000))
        #expect(counts.text == "352 stored (51.2 MB), 5 rejected")
    }
}
