import Archive
import FoundationEssentials
import Vocabulary

extension [FollowedMachine] {
    /// What stands in the way with some of them, each thing once: a store that is away is so for all that are followed from it.
    var troubles: [(reason: String, hint: String?)] {
        let unseen = filter { $0.problem == FollowedMachine.notLookedAt }
        var troubles: [(reason: String, hint: String?)] = []
        for machine in self {
            guard var reason = machine.reason else { continue }
            if unseen.count > 1, machine.problem == FollowedMachine.notLookedAt {
                reason = "Nobody has looked for \(unseen.count.counted("machine")) for a day and longer."
            }
            guard !troubles.contains(where: { $0 == (reason, machine.hint) }) else { continue }
            troubles.append((reason, machine.hint))
        }
        return troubles
    }
}

extension FollowedMachine {
    fileprivate static let notLookedAt = "machine_not_looked_at"

    /// A machine that captures has something to tell each time; one that was looked at so long after its last word is silent.
    private static let longestSilence = Duration.seconds(86_400)
    /// Who follows from the journal or a timer looks oftener than so.
    private static let longestPause = Duration.seconds(86_400)

    /// The same, with what time alone tells: that nobody has looked for long, or that the machine has told nothing for long.
    func judged(at now: Timestamp) -> FollowedMachine {
        guard retiredAt == nil, problem == nil else { return self }
        if now - lookedAt > Self.longestPause {
            return with(
                problem: Self.notLookedAt,
                reason: "Nobody has looked for “\(name.printable)” for \((now - lookedAt).wholeText).",
                hint: "“printlapse follow” looks, and “printlapse follow --every 5m” goes on looking.")
        }
        if isSilent {
            return with(
                problem: "machine_silent",
                reason: "“\(name.printable)” has told nothing for \((now - (segmentAt ?? lookedAt)).wholeText).",
                hint:
                    "See whether it runs, captures and publishes. “printlapse follow --retire '\(name.printable)'” lets it go."
            )
        }
        return self
    }

    /// Whether it had told nothing for long when it was looked at.
    var isSilent: Bool { segmentAt.map { lookedAt - $0 > Self.longestSilence } ?? false }

    private func with(problem: String, reason: String, hint: String) -> FollowedMachine {
        FollowedMachine(
            machine: machine, name: name, store: store, generation: generation, segment: segment, segmentAt: segmentAt,
            lookedAt: lookedAt, behind: behind, problem: problem, reason: reason, hint: hint, retiredAt: retiredAt,
            cameras: cameras)
    }
}
