import ArgumentParser

struct TimelapsesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timelapses",
        abstract: "List the timelapses that make themselves, make what is due, or one by hand.",
        discussion: """
            The configuration says which, under “timelapses”; three lines do:
              timelapses:
                - after: print
                  into: ~/Timelapses
            A running capture makes them, one at a time and giving way to everything else.
            """,
        subcommands: [
            TimelapsesListCommand.self, TimelapsesRunCommand.self, TimelapsesMakeCommand.self,
            TimelapsesPinCommand.self,
            TimelapsesForgetCommand.self, TimelapsesFitCommand.self,
        ], defaultSubcommand: TimelapsesListCommand.self)
}
