internal import Vocabulary

/// A stretch of time in which everything goes wrong that the real server, its agents and its owners were seen to do, and much of it at
/// once: `--fault bad-day`, or `bad-day=2m` for one that is shorter than ten minutes.
///
/// Every second picture is torn, in each of the real server's ways, all the while. Beside that two lanes of trouble run next to each
/// other, each in an order that the seed shuffles and each filling the whole day. One is about what the printer's agent and the
/// account do: an agent that is silent, 481, 482, 483, 502 and 504 on the live camera and on OctoPrint, usage calls that fail and
/// that are refused. The other is about the pictures: somebody opens the server's page in mid-print, the print is paused and goes
/// on, prints end, and one begins that has the number of an earlier one, the account is suspended and restored, an announced host that cannot be
/// reached, a server that lost its record, a webcam API that asks to be left alone.
///
/// It is a pure value: what happens when follows from seed and length, and so does in which phases no new picture could be had.
package struct BadDay: Hashable, Sendable {
    /// One trouble from its beginning to its end, after which it is over.
    package struct Phase: Hashable, Sendable {
        /// A few words for people: `account suspended`.
        package let name: String
        /// Since the start, by the clock.
        package let from: Duration
        package let until: Duration
        /// Whether new pictures can be had all the while.
        package let hasPictures: Bool
    }

    /// Something that changes at an instant.
    struct Step: Hashable, Sendable {
        enum Change: Hashable, Sendable {
            case arm(Fault)
            case disarm(Fault)
            case boost(pictures: Int)
            case pause
            case resume
            case stopPrint
            /// A new print, whose number is so much higher than the first one's.
            case startPrint(Int)
            case forgetUsage
        }

        let at: Duration
        let change: Change
    }

    package static let usualLength = Duration.seconds(600)

    package let length: Duration
    /// In the order in which they begin.
    package let phases: [Phase]
    /// In the order in which they are taken.
    let steps: [Step]

    /// - Parameter length: ten minutes as a rule. Phases are parts of it.
    package init(seed: UInt64 = 1, length: Duration = usualLength) {
        self.length = length
        var random = RandomNumbers(seed: seed, 0xbad)
        var phases: [Phase] = []
        var steps = [Step(at: .zero, change: .arm(Fault(.torn, on: [.picture], every: 2)))]
        for lane in [Trouble.ofAgentAndAccount, Trouble.ofPictures] {
            let order = lane.shuffled(using: &random)
            let parts = order.reduce(0) { $0 + $1.parts + Trouble.calm }
            var begun = 0
            for trouble in order {
                let from = length * begun / parts
                let until = length * (begun + trouble.parts) / parts
                phases.append(Phase(name: trouble.name, from: from, until: until, hasPictures: trouble.hasPictures))
                steps += trouble.steps(from: from, until: until)
                begun += trouble.parts + Trouble.calm
            }
        }
        steps.append(Step(at: length, change: .disarm(Fault(.torn, on: [.picture], every: 2))))
        self.phases = phases.sorted { $0.from < $1.from }
        // What begins at one instant begins in the order in which it was written.
        self.steps = steps.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// Reads `bad-day` or `bad-day=2m`.
    ///
    /// - Returns: how long it is to last; `nil` where the text is about another fault.
    /// - Throws: ``SimulatorError/fault(_:reason:)``
    package static func length(parsing text: String) throws(SimulatorError) -> Duration? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.first == "bad-day" else { return nil }
        guard parts.count == 2 else { return usualLength }
        guard let length = try? Duration(parsing: String(parts[1])), length >= .seconds(10) else {
            throw .fault(text, reason: "a bad day lasts 10s or more")
        }
        return length
    }

    /// Whether a new picture could be had of a camera at an instant. After a phase without any the next one is still to be taken.
    ///
    /// - Parameter interval: between two pictures.
    package func hasPictures(at instant: Duration, every interval: Duration) -> Bool {
        !phases.contains { !$0.hasPictures && $0.from <= instant && instant < $0.until + interval }
    }
}
