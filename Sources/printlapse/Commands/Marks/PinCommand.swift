import Archive
import ArgumentParser
import Care

struct PinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Keep frames from ever being pruned.",
        usage: "printlapse pin <frame>… | --print <n> | --since <time> [--undo]",
        discussion: """
            With --print also the frames that this print will yet get are kept. It works beside a running capture, and may be \
            repeated.

            Examples:
              printlapse pin 4711
              printlapse pin --print 3
              printlapse pin --camera printer --since 2026-11-23 --undo
            """)

    @Flag(help: "Let them be pruned again.")
    var undo = false

    @OptionGroup var options: MarkCommandOptions

    func run() async throws {
        try await options.mark(.pinned(!undo), state: undo ? "free to be pruned" : "kept from being pruned")
    }
}
