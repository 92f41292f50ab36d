import ArgumentParser
import FoundationEssentials

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var messages: MessageOptions
}

/// Which archive.
struct ArchiveOptions: ParsableArguments {
    @Option(
        name: .customLong("archive"),
        help: ArgumentHelp(
            "The archive's file. Default: $PRINTLAPSE_ARCHIVE, else archive.sqlite in your data folder.",
            valueName: "path"))
    var given: String?

    /// The archive's path: the option, the variable `PRINTLAPSE_ARCHIVE`, or `$XDG_DATA_HOME/printlapse/archive.sqlite`.
    var path: String { given ?? Self.standardPath }

    /// Where none is given.
    static var standardPath: String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["PRINTLAPSE_ARCHIVE"], !path.isEmpty { return path }
        return folder("XDG_DATA_HOME", orHome: ".local/share") + "/printlapse/archive.sqlite"
    }
}

/// The folder that a variable of the XDG base directory specification names, or its default under the home folder.
func folder(_ variable: String, orHome fallback: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    // The specification has relative paths ignored.
    if let folder = environment[variable], folder.hasPrefix("/") { return folder }
    return (environment["HOME"] ?? ".") + "/" + fallback
}

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

enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
