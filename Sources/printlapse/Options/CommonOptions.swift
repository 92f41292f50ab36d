import ArgumentParser
import FoundationEssentials

/// What every command takes.
///
/// The options stand here rather than in groups of their own: a debug build of the argument parser examines each group four times
/// for every group around it.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .customLong("archive"),
        help: ArgumentHelp(
            "The archive's file. Default: $PRINTLAPSE_ARCHIVE, else archive.sqlite in your data folder.",
            valueName: "path"))
    var givenArchive: String?

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "The configuration. Default: $PRINTLAPSE_CONFIG, else config.yaml in your configuration folder.",
            valueName: "path"))
    var givenConfiguration: String?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more.")
    var verbose = false

    @Option(help: ArgumentHelp("Write the log as text or as one JSON object a line.", valueName: "text|json"))
    var logFormat: LogFormat?

    var archive: ArchiveOptions { ArchiveOptions(given: givenArchive) }
    var configuration: ConfigurationOptions { ConfigurationOptions(given: givenConfiguration) }
    var messages: MessageOptions { MessageOptions(quiet: quiet, verbose: verbose, logFormat: logFormat) }

    func validate() throws {
        guard !(quiet && verbose) else { throw ValidationError("--quiet and --verbose contradict each other.") }
    }
}

/// The folder that a variable of the XDG base directory specification names, or its default under the home folder.
func folder(_ variable: String, orHome fallback: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    // The specification has relative paths ignored.
    if let folder = environment[variable], folder.hasPrefix("/") { return folder }
    return (environment["HOME"] ?? ".") + "/" + fallback
}
