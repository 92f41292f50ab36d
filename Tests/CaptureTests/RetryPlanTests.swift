import NIOCore
import Testing
import Vocabulary

@testable import Capture

@Suite struct `Asking again within a slot` {
    private let start = Timestamp(milliseconds: 0)

    private func torn(_ body: String? = nil, _ label: String = "truncated") -> RetryPlan.Fault {
        .torn(label: label, body: body.map { ByteBuffer(string: $0) })
    }

    /// The instants at which a slot's attempts are made if each takes no time and fails.
    private func attempts(
        _ plan: inout RetryPlan, within interval: Duration = .seconds(10), at start: Timestamp,
        _ fault: (Int) -> RetryPlan.Fault
    ) -> [Duration] {
        plan.begin(at: start, within: interval)
        var now = start
        var instants = [Duration.zero]
        while let pause = plan.pause(after: fault(instants.count), at: now) {
            now = now + pause
            instants.append(now - start)
        }
        return instants
    }

    @Test(arguments: [1, 10, 15, 60, 600])
    func `begins at once and is spread over the slot, with growing pauses`(seconds: Int) {
        var plan = RetryPlan()
        let instants = attempts(&plan, within: .seconds(seconds), at: start) { torn("\($0)") }
        #expect(instants.count == 6)
        #expect(instants[1] <= .milliseconds(600))
        let pauses = zip(instants, instants.dropFirst()).map { $1 - $0 }
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 < $1 })
        let last = instants.last ?? .zero
        #expect(last >= min(.seconds(seconds) / 2, .seconds(50)) && last <= .seconds(seconds))
    }

    @Test func `ends where the same bytes come twice, and then there is one attempt a slot, told once`() {
        var plan = RetryPlan()
        #expect(attempts(&plan, at: start) { _ in torn("same") }.count == 2)
        #expect(plan.finish(sawPicture: false) == .lasts)
        for slot in 1...4 {
            #expect(attempts(&plan, at: start + .seconds(10 * slot)) { torn("\(slot) \($0)") }.count == 1)
            #expect(plan.finish(sawPicture: false) == nil)
        }
    }

    @Test func `goes on where nothing came twice`() {
        var plan = RetryPlan()
        #expect(attempts(&plan, at: start) { _ in torn("") }.count == 6)
    }

    @Test func `is given up for a fault of three slots in a row, and taken up again once a picture came`() {
        var plan = RetryPlan()
        var changes: [RetryPlan.Change?] = []
        for slot in 0..<3 {
            #expect(attempts(&plan, at: start + .seconds(10 * slot)) { torn("\(slot) \($0)") }.count == 6)
            changes.append(plan.finish(sawPicture: false))
        }
        #expect(changes == [nil, nil, .lasts])
        #expect(attempts(&plan, at: start + .seconds(30)) { torn("3 \($0)") }.count == 1)
        #expect(plan.finish(sawPicture: true) == .healed)
        #expect(attempts(&plan, at: start + .seconds(40)) { torn("4 \($0)") }.count == 6)
        #expect(plan.finish(sawPicture: true) == nil)
    }

    @Test func `is not given up for faults that differ`() {
        var plan = RetryPlan()
        for slot in 0..<9 {
            let labels = ["truncated", "cut_short", "corrupt_data"]
            #expect(
                attempts(&plan, at: start + .seconds(10 * slot)) { torn("\(slot) \($0)", labels[(slot + $0) % 3]) }
                    .count == 6)
            #expect(plan.finish(sawPicture: false) == nil)
        }
    }

    @Test func `happens once after a refusal, and not at all where the slot before was refused too`() {
        var plan = RetryPlan()
        #expect(attempts(&plan, at: start) { _ in .refused }.count == 2)
        _ = plan.finish(sawPicture: false)
        #expect(attempts(&plan, at: start + .seconds(10)) { _ in .refused }.count == 1)
        _ = plan.finish(sawPicture: true)
        #expect(attempts(&plan, at: start + .seconds(20)) { _ in .refused }.count == 2)
    }

    @Test func `does not happen where it is of no use`() {
        var plan = RetryPlan()
        #expect(attempts(&plan, at: start) { _ in .other }.count == 1)
    }
}
