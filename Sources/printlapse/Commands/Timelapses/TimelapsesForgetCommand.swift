import ArgumentParser
import Catalog
import Timelapses
import Vocabulary

struct TimelapsesForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Make those no more that wait, and list those no more that were made.",
        usage: "printlapse timelapses forget <n>…",
        discussion: """
            Files stay where they are, and no rule removes them. “timelapses make” makes one again.
            """)

    @OptionGroup var chosen: TimelapseNumbers

    func run() async throws {
        for timelapse in try await chosen.change({ $0.forget() }) where !chosen.common.messages.quiet {
            try StandardOutput.line("Timelapse \(timelapse.id) of “\(timelapse.rule)” is forgotten.")
        }
    }
}

struct TimelapsesPinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Keep timelapses that a rule would remove in time.",
        usage: "printlapse timelapses pin <n>… [--undo]")

    @Flag(help: "Let them be removed again.")
    var undo = false

    @OptionGroup var chosen: TimelapseNumbers

    func run() async throws {
        let isPinned = !undo
        for timelapse in try await chosen.change({ $0.pin(isPinned) }) where !chosen.common.messages.quiet {
            try StandardOutput.line(
                "Timelapse \(timelapse.id) of “\(timelapse.rule)” is \(isPinned ? "kept" : "free to be removed").")
        }
    }
}
