import Archive
import ArgumentParser
import Care

struct ExcludeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exclude",
        abstract: "Leave frames out of exports.",
        usage: "printlapse exclude <frame>… | --print <n> | --since <time> [--undo]",
        discussion: """
            Excluded frames stay in the archive and in lists, marked. With --print also the frames that this print will yet get \
            are left out. It works beside a running capture, and may be repeated.

            Examples:
              printlapse exclude 12 40-55
              printlapse exclude --camera printer --since 14:05 --until 14:10
              printlapse exclude --print latest --undo
            """)

    @Flag(help: "Take them into exports again.")
    var undo = false

    @OptionGroup var options: MarkCommandOptions

    func run() async throws {
        try await options.mark(.excluded(!undo), state: undo ? "taken into exports" : "left out of exports")
    }
}
