import Archive
import ArgumentParser
import Capture
import Care
import Catalog
import Settings
import Storage
import Vocabulary

struct PruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Show which frames would go by age, density, size and free space, and remove them with --apply.",
        usage: "printlapse prune [--apply] [<options>]",
        discussion: """
            What is kept stands in the configuration under “retention”; options here stand above it. Without --apply nothing \
            is removed.

            First go frames older than --max-age. Of the others --keep thins out: with --keep 1m:30d one frame stays in each \
            whole minute (UTC) of each camera, the one that shows most that is new. Frames older than the last tier keep \
            its spacing. Where --max-size or --min-free then still want room, the frames go that were left out of exports, then \
            those that show what the frame before them shows, and then the oldest.

            Always safe: frames that are pinned or have a note, frames of such prints, each camera's newest frame, and damaged \
            ones.

            It works beside a running capture and may be interrupted; run it again to go on. A capture does the same by itself \
            where the configuration says “retention”.

            Exit codes: 0 done or shown, 3 less room was made than asked for, 11 another process takes care of the archive.

            Examples:
              printlapse prune --keep all:7d --keep 1m:30d --keep 1h:1y
              printlapse prune --max-size 20GB --apply
            """)

    @Flag(help: "Remove them, and give the space back.")
    var apply = false

    @Flag(help: "Print the plan, and what was done, as JSON.")
    var json = false

    @OptionGroup(title: "What to keep") var retention: RetentionOptions
    @OptionGroup var common: CommonOptions

    private struct Report: Encodable {
        let applied: Bool
        let plan: RetentionPlan
        let result: PruneResult?
    }

    func run() async throws {
        let policy = try policy()
        let now = Timestamp.wallClock
        let catalog = try Catalog.open(at: common.archive.path)
        let plan = try await interruptible { try await catalog.retentionPlan(policy, at: now) }
        try catalog.close()
        let isQuiet = apply && common.messages.quiet
        if !json, !isQuiet {
            let width = StandardOutput.isTerminal ? TerminalSize.current.columns : .max
            for line in plan.lines(width: width) { try StandardOutput.line(line) }
            try StandardOutput.flush()
        }
        let result = apply ? try await remove(plan, policy, now) : nil
        if json { try JSONOutput.print(Report(applied: apply, plan: plan, result: result)) }
        if !json, !apply, plan.frames > 0 { try StandardOutput.line("Nothing was removed; --apply removes them.") }
        if let result, result.shortfall > .zero { throw ExitStatus.doneInPart.code }
    }

    private func remove(_ plan: RetentionPlan, _ policy: RetentionPolicy, _ now: Timestamp) async throws -> PruneResult
    {
        let archive = try await FrameArchive.openToPrune(at: common.archive.path)
        let line = ProgressLine("frames", isQuiet: common.messages.quiet)
        let outcome: Result<PruneResult, any Error>
        do {
            outcome = .success(
                try await interruptible {
                    try await archive.prune(policy, at: now, plan: plan) { progress in
                        line.update(done: progress.framesDone, total: progress.frames)
                    }
                })
        } catch {
            outcome = .failure(error)
        }
        line.finish()
        try await archive.close()
        let result = try outcome.get()
        if !json, !common.messages.quiet || result.shortfall > .zero { try StandardOutput.line(result.sentence) }
        return result
    }

    private func policy() throws -> RetentionPolicy {
        let configured = try common.configuration.read()?.retention
        let given = try retention.policy()
        let policy = configured.map { $0.overridden(by: given) } ?? given
        guard !policy.keepsEverything else {
            throw CommandError(
                "nothing says what is to go",
                hint: "Give --max-age, --max-size, --min-free or --keep, or write “retention:” in the configuration.")
        }
        return policy
    }
}
