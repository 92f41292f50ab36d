import Capture
import Synchronization
import Vocabulary

/// How the slots of a farm went, for each kind of camera.
final class FarmTally: Sendable {
    fileprivate struct Kind {
        var outcomes: [SlotOutcome: Int] = [:]
        var lateness: [Duration] = []
        var duration: [Duration] = []
        /// Slots that went by while the one before was busy.
        var busy = 0
        /// Those that went by because the job itself was late.
        var asleep = 0
    }

    fileprivate struct State {
        var kinds: [FarmCamera: Kind] = [:]
        /// Usage readings, by tenth of a second.
        var usage: [Int64: Int] = [:]
    }

    private let state = Mutex(State())

    @Sendable func note(_ event: CaptureEvent) {
        switch event {
        case .slot(let report):
            state.withLock { state in
                state.kinds[FarmCamera(report.camera), default: Kind()].add(report)
            }
        case .missed(let camera, _, let slots, let detail):
            state.withLock { state in
                let path = detail.word == .busy ? \Kind.busy : \Kind.asleep
                state.kinds[FarmCamera(camera), default: Kind()][keyPath: path] += slots
            }
        case .usage(_, let reading):
            state.withLock { $0.usage[reading.readAt.milliseconds / 100, default: 0] += 1 }
        default: break
        }
    }

    var usageCalls: Int { state.withLock { $0.usage.values.reduce(0, +) } }
    var mostUsageCalls: Int { state.withLock { $0.usage.values.max() ?? 0 } }

    /// The 99th percentile over all good cameras.
    var goodLateness: Duration { state.withLock { $0.good.lateness.sorted().percentile(99) } }

    var goodMissed: Int { state.withLock { $0.good.busy + $0.good.asleep } }

    var table: String {
        let kinds = state.withLock(\.kinds)
        let all = FarmCamera.allCases.compactMap { kind in kinds[kind].map { (kind.rawValue, $0) } }
        let heading =
            "camera".filled(to: 12)
            + ["slots", "missed", "late p50", "p99", "max", "took p50", "p99", "max"].map { $0.right(in: 9) }.joined()
            + "  outcomes; times in milliseconds"
        return ([heading] + all.map { Self.line($0, $1) }).joined(separator: "\n") + "\n"
    }

    private static func line(_ name: String, _ kind: Kind) -> String {
        let (late, took) = (kind.lateness.sorted(), kind.duration.sorted())
        let times = [late, took].flatMap { times in
            [times.percentile(50), times.percentile(99), times.last ?? .zero].map {
                ($0 / .milliseconds(1)).formatted(places: 1)
            }
        }
        let outcomes = SlotOutcome.allCases.compactMap { outcome in
            kind.outcomes[outcome].map { "\($0) \(outcome.rawValue)" }
        }
        let numbers = ["\(kind.outcomes.values.reduce(0, +))", "\(kind.busy + kind.asleep)"] + times
        return name.filled(to: 12) + numbers.map { $0.right(in: 9) }.joined() + "  "
            + outcomes.joined(separator: ", ")
    }
}

extension FarmTally.Kind {
    fileprivate mutating func add(_ report: SlotReport) {
        outcomes[report.outcome, default: 0] += 1
        // Skipped slots have no times of their own.
        guard report.attempts > 0 else { return }
        lateness.append(report.lateness)
        duration.append(report.duration)
    }
}

extension FarmTally.State {
    fileprivate var good: FarmTally.Kind {
        kinds.filter { $0.key.isGood }.values.reduce(into: FarmTally.Kind()) { sum, kind in
            sum.lateness += kind.lateness
            sum.busy += kind.busy
            sum.asleep += kind.asleep
        }
    }
}

extension FarmCamera {
    fileprivate init(_ name: CameraName) {
        self.init(number: Int(name.text) ?? 0)
    }
}

extension [Duration] {
    /// Of values in order, by the nearest rank; zero where there are none.
    fileprivate func percentile(_ percent: Int) -> Duration {
        isEmpty ? .zero : self[Swift.min(count - 1, count * percent / 100)]
    }
}
