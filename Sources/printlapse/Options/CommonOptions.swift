import ArgumentParser
import FoundationEssentials

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var messages: MessageOptions
}

/// The folder that a variable of the XDG base directory specification names, or its default under the home folder.
func folder(_ variable: String, orHome fallback: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    // The specification has relative paths ignored.
    if let folder = environment[variable], folder.hasPrefix("/") { return folder }
    return (environment["HOME"] ?? ".") + "/" + fallback
}
