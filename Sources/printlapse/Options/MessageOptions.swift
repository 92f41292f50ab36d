import ArgumentParser
import FoundationEssentials

/// How much is said, and how.
struct MessageOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more.")
    var verbose = false

    @Option(help: ArgumentHelp("Write the log as text or as one JSON object a line.", valueName: "text|json"))
    var logFormat: LogFormat?

    func validate() throws {
        guard !(quiet && verbose) else { throw ValidationError("--quiet and --verbose contradict each other.") }
    }
}
