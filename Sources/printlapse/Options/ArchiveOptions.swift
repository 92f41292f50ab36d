import FoundationEssentials
import Packs

/// Which archive.
struct ArchiveOptions: Sendable {
    /// What `--archive` said.
    let given: String?

    /// The archive's path: the option, the variable `PRINTLAPSE_ARCHIVE`, or `$XDG_DATA_HOME/printlapse/archive.sqlite`.
    var path: String { given ?? Self.standardPath }

    /// Reads the archive's pictures that lie in packs, with credentials for their stores from the environment.
    var packs: PackReader { PackReader(environment: ProcessInfo.processInfo.environment) }

    /// Where none is given.
    static var standardPath: String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["PRINTLAPSE_ARCHIVE"], !path.isEmpty { return path }
        return folder("XDG_DATA_HOME", orHome: ".local/share") + "/printlapse/archive.sqlite"
    }
}
