import ArgumentParser
import Capture
import FoundationEssentials
import Snapshots
import Tunnel
import Vocabulary

/// The configuration file and the cameras that it names.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "The configuration. Default: $PRINTLAPSE_CONFIG, else config.yaml in your configuration folder.",
            valueName: "path"))
    var given: String?

    /// The path that was asked for, by the option or the variable `PRINTLAPSE_CONFIG`; `nil` where neither says one.
    var chosenPath: String? {
        if let given { return given }
        let path = ProcessInfo.processInfo.environment["PRINTLAPSE_CONFIG"]
        return path?.isEmpty == true ? nil : path
    }

    /// `$XDG_CONFIG_HOME/printlapse/config.yaml`
    static var standardPath: String { folder("XDG_CONFIG_HOME", orHome: ".config") + "/printlapse/config.yaml" }

    /// The cameras of the configuration, of those named or all, with their addresses read from where the file says.
    ///
    /// - Returns: `nil` where no configuration was asked for and none lies at the standard path.
    func setups(of names: [CameraName]) throws -> [CameraSetup]? {
        let path = chosenPath ?? Self.standardPath
        guard chosenPath != nil || FileManager.default.fileExists(atPath: path) else { return nil }
        let configuration = try ConfigurationFile.read(at: path)
        for name in names where !configuration.cameras.contains(where: { $0.name == name }) {
            let known = configuration.cameras.map(\.name.text).joined(separator: ", ")
            throw CommandError("“\(name)” is no camera of \(path)", hint: "Its cameras are \(known).")
        }
        return try configuration.cameras.filter { names.isEmpty || names.contains($0.name) }.map(Self.setup)
    }

    private static func setup(_ camera: JobConfiguration.Camera) throws -> CameraSetup {
        let source: CameraSource =
            switch camera.source {
            case .endpointFile(let file): .tunnel(try EndpointReader.read(file: file))
            case .endpointVariable(let variable): .tunnel(try endpoint(in: variable, of: camera.name))
            case .url(let text): .url(try CameraURL(parsing: text))
            }
        return CameraSetup(
            name: camera.name, source: source, interval: camera.interval, nearDuplicates: camera.nearDuplicates,
            capStop: camera.capStop)
    }

    private static func endpoint(in variable: String, of camera: CameraName) throws -> TunnelEndpoint {
        guard let endpoint = try EndpointReader.read(variable: variable) else {
            throw CommandError(
                "the variable \(variable) with the tunnel of “\(camera)” is not set",
                hint: "Set it to the tunnel's endpoint.", label: "endpoint_variable", status: .configuration)
        }
        return endpoint
    }
}
