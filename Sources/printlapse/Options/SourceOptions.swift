import ArgumentParser
import FoundationEssentials
import Tunnel
import Vocabulary

/// A tunnel's endpoint, from where it shows in no process list.
struct EndpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file that holds the tunnel's endpoint, or - for standard input.",
            discussion: "Or put the endpoint into the variable PRINTLAPSE_TUNNEL.", valueName: "file|-"))
    var endpointFile: String?

    /// - Returns: `nil` where no endpoint is given.
    func endpoint() throws -> TunnelEndpoint? {
        if let endpointFile { return try EndpointReader.read(file: endpointFile) }
        return try EndpointReader.read(variable: "PRINTLAPSE_TUNNEL")
    }

    /// - Throws: ``CommandError`` where no endpoint is given.
    func requiredEndpoint() throws -> TunnelEndpoint {
        guard let endpoint = try endpoint() else {
            throw CommandError(
                "no tunnel is given",
                hint: "Put its endpoint into a file and name it by --endpoint-file, or set PRINTLAPSE_TUNNEL.")
        }
        return endpoint
    }
}

/// Reads endpoints from files, standard input and the environment.
enum EndpointReader {
    static func read(file: String) throws -> TunnelEndpoint {
        if file == "-" { return try TunnelEndpoint(parsing: readLine() ?? "") }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError(
                "the endpoint file \(file.printable) cannot be read", hint: "Check the path and its permissions.",
                label: "endpoint_file", status: .configuration)
        }
        return try TunnelEndpoint(parsing: String(decoding: data.prefix(65_536), as: UTF8.self))
    }

    /// - Returns: `nil` where the variable is not set.
    static func read(variable: String) throws -> TunnelEndpoint? {
        guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else { return nil }
        return try TunnelEndpoint(parsing: text)
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
        help: ArgumentHelp("Longest time for a picture (default: 10s).", valueName: "duration"),
        transform: Word.duration)
    var pictureDeadline = TunnelLimits().pictureDeadline

    var limits: TunnelLimits {
        var limits = TunnelLimits()
        limits.apiDeadline = apiDeadline
        limits.pictureDeadline = pictureDeadline
        return limits
    }
}
