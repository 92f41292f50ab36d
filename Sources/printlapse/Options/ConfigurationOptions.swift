import Capture
import FoundationEssentials
import Settings
import Snapshots
import Tunnel
import Vocabulary

/// The configuration file and the cameras that it names.
struct ConfigurationOptions: Sendable {
    /// What `--config` said.
    let given: String?

    /// The path that was asked for, by the option or the variable `PRINTLAPSE_CONFIG`; `nil` where neither says one.
    var chosenPath: String? {
        if let given { return given }
        let path = ProcessInfo.processInfo.environment["PRINTLAPSE_CONFIG"]
        return path?.isEmpty == true ? nil : path
    }

    /// `$XDG_CONFIG_HOME/printlapse/config.yaml`
    static var standardPath: String { folder("XDG_CONFIG_HOME", orHome: ".config") + "/printlapse/config.yaml" }

    /// The path that was asked for, or the standard one.
    var path: String { chosenPath ?? Self.standardPath }

    /// - Returns: `nil` where no configuration was asked for and none lies at the standard path.
    func read() throws -> JobConfiguration? {
        guard chosenPath != nil || FileManager.default.fileExists(atPath: path) else { return nil }
        return try ConfigurationFile.read(at: path)
    }

    /// A camera with its address, and OctoPrint's key, read from where the file says.
    ///
    /// - Parameter credentials: finds what the file does not name.
    static func setup(
        _ camera: JobConfiguration.Camera, credentials: CredentialSources,
        authorized: (CameraName) throws -> TunnelEndpoint
    ) throws -> CameraSetup {
        let source: CameraSource =
            switch camera.address {
            case .endpointFile(let file): .tunnel(try EndpointReader.read(file: file), camera.pictures)
            case .endpointVariable(let variable):
                .tunnel(try endpoint(in: variable, of: camera.name), camera.pictures)
            case .url(let text): .url(try url(text, of: camera))
            case .authorized: .tunnel(try authorized(camera.name), camera.pictures)
            }
        var setup = CameraSetup(name: camera.name, source: source, policy: camera.policy)
        if setup.endpoint != nil {
            setup.octoPrintKey =
                try camera.octoPrintKeyFile.map(credentials.octoPrintKey(file:))
                ?? credentials.octoPrintKey(of: camera.name)
        }
        return setup
    }

    private static func url(_ text: String, of camera: JobConfiguration.Camera) throws -> CameraURL {
        var url = try CameraURL(parsing: text)
        url.allowsOldTLS = camera.allowsOldTLS
        return url
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
