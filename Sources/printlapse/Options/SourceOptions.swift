import ArgumentParser
import Capture
import FoundationEssentials
import HTTP
import Tunnel
import Vocabulary

/// A tunnel's endpoint, from where it shows in no process list.
struct EndpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file that holds the tunnel's endpoint, or - for standard input.",
            discussion:
                "Or put the endpoint into the variable PRINTLAPSE_TUNNEL, or get one by “printlapse authorize”.",
            valueName: "file|-"))
    var endpointFile: String?

    /// - Returns: `nil` where the command line names none.
    func endpointOnCommandLine() throws -> TunnelEndpoint? {
        try endpointFile.map(EndpointReader.read(file:))
    }
}

/// Reads endpoints from files, standard input and the environment.
enum EndpointReader {
    static func read(file path: String) throws -> TunnelEndpoint {
        try TunnelEndpoint(parsing: try text(inFile: path).revealed)
    }

    /// - Parameter path: `-` for a line of standard input.
    static func text(inFile path: String) throws -> Secret {
        if path == "-" { return Secret(readLine() ?? "") }
        let file: SecretFile?
        do throws(CredentialError) {
            file = try SecretFile(at: path)
        } catch {
            if case .system = error { throw unreadable(path) }
            throw error
        }
        guard let file else { throw unreadable(path) }
        if file.isExposed {
            StandardError.write(
                "printlapse: other users of this machine can read \(path.printable); “chmod 600” keeps it to yourself.")
        }
        return file.text
    }

    /// - Returns: `nil` where the variable is not set.
    static func read(variable: String) throws -> TunnelEndpoint? {
        guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else { return nil }
        return try TunnelEndpoint(parsing: text)
    }

    private static func unreadable(_ path: String) -> CommandError {
        CommandError(
            "the file \(path.printable) cannot be read", hint: "Check the path and its permissions.",
            label: "endpoint_file", status: .configuration)
    }
}

extension CredentialSources {
    /// Those of this process: its environment, and `credentials.json` in `$XDG_CONFIG_HOME/printlapse`.
    static var standard: CredentialSources {
        CredentialSources(
            environment: ProcessInfo.processInfo.environment,
            store: CredentialStore(folder: folder("XDG_CONFIG_HOME", orHome: ".config") + "/printlapse"))
    }
}

/// How the network is used.
struct NetworkOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Trust the certificates in this PEM file as well.", valueName: "file"))
    var caFile: String?

    @Option(
        help: ArgumentHelp("Longest time for an answer of the tunnel's own API (default: 10s).", valueName: "duration"),
        transform: Word.duration)
    var apiDeadline = TunnelLimits().apiDeadline

    @Option(
        help: ArgumentHelp(
            "Longest time for a picture (default: what the configuration says, or 10s).", valueName: "duration"),
        transform: Word.duration)
    var pictureDeadline: Duration?

    var limits: TunnelLimits {
        var limits = TunnelLimits()
        limits.apiDeadline = apiDeadline
        if let pictureDeadline { limits.pictureDeadline = pictureDeadline }
        return limits
    }

    /// With what the command line says above what the configuration says.
    func applied(to setup: CameraSetup) -> CameraSetup {
        var setup = setup
        if let pictureDeadline { setup.policy.pictureDeadline = pictureDeadline }
        return setup
    }
}
