import ArgumentParser

struct CamerasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cameras",
        abstract: "List the cameras, add one, try one out, or remove one.",
        usage: "printlapse cameras [<options>]\nprintlapse cameras add|test|remove <camera> [<options>]",
        discussion: """
            A camera is known from the configuration, from “printlapse authorize”, or from its frames in the archive.
            """,
        subcommands: [
            CamerasListCommand.self, CamerasAddCommand.self, CamerasTestCommand.self, CamerasRemoveCommand.self,
        ],
        defaultSubcommand: CamerasListCommand.self)
}
