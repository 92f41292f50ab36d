import Budget
import Capture
import Deduplication
import Settings
import Tunnel
import Vocabulary

/// Finds the cameras that a command is about where its command line names no source.
///
/// In this order: a configuration that was asked for, the environment's one tunnel, the configuration at its standard
/// path, the tunnels that were authorized. A name that the configuration does not know may be an authorized camera's.
struct CameraSearch {
    /// Whether a configuration was asked for, by option or variable.
    private let isConfigured: Bool
    /// Gives the configuration, which is not asked for where it does not matter.
    private let configuration: () throws -> JobConfiguration?
    private let credentials: CredentialSources

    /// - Parameter reading: gives what was read, or fails as reading did.
    init(
        reading: @escaping () throws -> JobConfiguration?, from configuration: ConfigurationOptions,
        credentials: CredentialSources = .standard
    ) {
        self.init(configuration, reading, credentials)
    }

    init(configuration: ConfigurationOptions, credentials: CredentialSources = .standard) {
        self.init(configuration, configuration.read, credentials)
    }

    /// Searches a configuration that was read already.
    init(
        _ known: JobConfiguration?, from configuration: ConfigurationOptions, credentials: CredentialSources = .standard
    ) {
        self.init(configuration, { known }, credentials)
    }

    private init(
        _ options: ConfigurationOptions, _ configuration: @escaping () throws -> JobConfiguration?,
        _ credentials: CredentialSources
    ) {
        isConfigured = options.chosenPath != nil
        (self.configuration, self.credentials) = (configuration, credentials)
    }

    /// - Parameters:
    ///   - names: none for all cameras.
    ///   - name: what the environment's tunnel is filed under.
    /// - Throws: ``CommandError`` where there is no camera, or one of the names is none's.
    func setups(of names: [CameraName], filedUnder name: CameraName? = nil) throws -> [CameraSetup] {
        if !isConfigured, names.isEmpty, let endpoint = try credentials.sharedEndpoint() {
            return [try setup(try singleName(of: [], or: name), endpoint)]
        }
        let configured = ConfiguredCameras(try configuration()?.cameras ?? [])
        if !isConfigured, !names.allSatisfy({ configured[$0] != nil }),
            let endpoint = try credentials.sharedEndpoint()
        {
            return [try setup(try singleName(of: names, or: name), endpoint)]
        }

        let chosen = try names.isEmpty ? allCameras(configured, or: name) : names
        let lookup = lookup(of: chosen, configured)
        return try chosen.map { name in try lookup.setup(of: name) }
    }

    /// Every camera of a configuration as a capture of all of them would run it, or what keeps it from that.
    func results(
        of configuration: JobConfiguration
    ) -> [(camera: JobConfiguration.Camera, setup: Result<CameraSetup, any Error>)] {
        let configured = ConfiguredCameras(configuration.cameras)
        let lookup = lookup(of: configured.names, configured)
        return configuration.cameras.map { camera in (camera, Result { try lookup.setup(of: camera.name) }) }
    }

    private func lookup(of chosen: [CameraName], _ configured: ConfiguredCameras) -> SetupLookup {
        // The environment's one tunnel is nobody's in particular, unless just one configured camera lacks its own.
        let without = chosen.filter { configured[$0].map { $0.address == .authorized } ?? true }
        let only = without.count == 1 ? without.first { configured[$0] != nil } : nil
        return SetupLookup(configured: configured, credentials: credentials, sharing: only)
    }

    /// The camera of a command that is about one.
    ///
    /// - Parameter names: one, or none for the only camera there is.
    func onlySetup(of names: [CameraName]) throws -> CameraSetup {
        let setups = try setups(of: names)
        guard let setup = setups.first, setups.count == 1 else {
            throw CommandError(
                "there are \(setups.count.grouped) cameras", hint: "Name one of them: \(setups.map(\.name).someText).")
        }
        return setup
    }

    /// A camera that is known by its tunnel alone.
    func setup(_ name: CameraName, _ endpoint: TunnelEndpoint) throws -> CameraSetup {
        CameraSetup(name: name, source: .tunnel(endpoint), octoPrintKey: try credentials.octoPrintKey(of: name))
    }

    /// The name for a camera whose source is given without one.
    func singleName(of names: [CameraName], or name: CameraName? = nil) throws -> CameraName {
        if names.count > 1 || name != nil && !names.isEmpty {
            throw CommandError(
                "one source is given, and more than one name for its camera",
                hint: "Name one camera, or leave the source out where the cameras are configured or authorized.")
        }
        return try name ?? names.first ?? CameraName("printer")
    }

    private func allCameras(_ configured: ConfiguredCameras, or name: CameraName?) throws -> [CameraName] {
        if let name { return [name] }
        if !configured.names.isEmpty { return configured.names }
        let stored = try credentials.storedCameras()
        guard !stored.isEmpty else {
            throw CommandError(
                "no camera is given",
                hint:
                    "“printlapse authorize printer” gets a tunnel. Or name one by --endpoint-file or PRINTLAPSE_TUNNEL, "
                    + "a camera by --url, or write \(ConfigurationOptions.standardPath)",
                label: CommandError.noCamera)
        }
        return stored
    }
}

/// The cameras of a configuration, found by name.
private struct ConfiguredCameras {
    /// In the file's order.
    let names: [CameraName]
    private let cameras: [CameraName: JobConfiguration.Camera]

    init(_ cameras: [JobConfiguration.Camera]) {
        names = cameras.map(\.name)
        self.cameras = Dictionary(cameras.map { ($0.name, $0) }) { first, _ in first }
    }

    subscript(_ name: CameraName) -> JobConfiguration.Camera? { cameras[name] }
}

/// Finds one camera after another, in a time that does not grow with their number.
private struct SetupLookup {
    let configured: ConfiguredCameras
    let credentials: CredentialSources
    /// The camera that has the environment's one tunnel where there is one.
    let sharing: CameraName?

    func setup(of name: CameraName) throws -> CameraSetup {
        let camera = configured[name] ?? JobConfiguration.Camera(authorized: name)
        return try ConfigurationOptions.setup(camera, credentials: credentials, authorized: endpoint)
    }

    private func endpoint(of name: CameraName) throws -> TunnelEndpoint {
        if name == sharing, let endpoint = try credentials.sharedEndpoint() { return endpoint }
        if let endpoint = try credentials.endpoint(of: name) { return endpoint }
        let isKnown = configured[name] != nil
        // A name that no configuration has may be mistyped.
        let others = isKnown ? [] : configured.names + (try credentials.storedCameras())
        throw CommandError(
            "there is no tunnel of “\(name)”",
            hint: "“printlapse authorize '\(name)'” gets one."
                + (others.isEmpty ? "" : " Known are \(others.someText)."),
            label: "no_tunnel", status: isKnown ? .configuration : .usage)
    }
}

extension [CameraName] {
    /// These names, each once and in order; of many the first ones and how many more there are.
    fileprivate var someText: String {
        let names = Set(self).sorted()
        let shown = names.prefix(8).map(\.text).joined(separator: ", ")
        return names.count > 8 ? "\(shown) and \((names.count - 8).grouped) more" : shown
    }
}

extension JobConfiguration.Camera {
    /// A camera that no configuration mentions.
    fileprivate init(authorized name: CameraName) {
        self.init(name: name, address: .authorized)
    }
}
