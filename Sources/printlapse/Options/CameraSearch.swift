import Budget
import Capture
import Deduplication
import Tunnel
import Vocabulary

/// Finds the cameras that a command is about where its command line names no source.
///
/// In this order: a configuration that was asked for, the environment's one tunnel, the configuration at its standard
/// path, the tunnels that were authorized. A name that the configuration does not know may be an authorized camera's.
struct CameraSearch {
    let configuration: ConfigurationOptions
    let credentials: CredentialSources

    /// - Parameters:
    ///   - names: none for all cameras.
    ///   - name: what the environment's tunnel is filed under.
    /// - Throws: ``CommandError`` where there is no camera, or one of the names is none's.
    func setups(of names: [CameraName], filedUnder name: CameraName? = nil) throws -> [CameraSetup] {
        let isConfigured = configuration.chosenPath != nil
        if !isConfigured, names.isEmpty, let endpoint = try credentials.sharedEndpoint() {
            return [try setup(try singleName(of: [], or: name), endpoint)]
        }
        let configured = try configuration.read()?.cameras ?? []
        if !isConfigured, !names.allSatisfy({ name in configured.contains { $0.name == name } }),
            let endpoint = try credentials.sharedEndpoint()
        {
            return [try setup(try singleName(of: names, or: name), endpoint)]
        }

        let known = configured.map(\.name)
        let chosen = try names.isEmpty ? allCameras(configured, or: name) : names
        let cameras = chosen.map { name in
            configured.first { $0.name == name } ?? JobConfiguration.Camera(authorized: name)
        }
        // The environment's one tunnel is nobody's in particular, unless just one configured camera lacks its own.
        let isAlone = cameras.filter { $0.address == .authorized }.count == 1
        return try cameras.map { camera in
            try ConfigurationOptions.setup(camera, credentials: credentials) { name in
                try endpoint(of: name, isAlone: isAlone && known.contains(name), known: known)
            }
        }
    }

    /// The camera of a command that is about one.
    ///
    /// - Parameter names: one, or none for the only camera there is.
    func onlySetup(of names: [CameraName]) throws -> CameraSetup {
        let setups = try setups(of: names)
        guard let setup = setups.first, setups.count == 1 else {
            throw CommandError(
                "there are \(setups.count) cameras",
                hint: "Name one of them: \(setups.map(\.name.text).joined(separator: ", ")).")
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

    private func allCameras(_ configured: [JobConfiguration.Camera], or name: CameraName?) throws -> [CameraName] {
        if let name { return [name] }
        if !configured.isEmpty { return configured.map(\.name) }
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

    private func endpoint(of name: CameraName, isAlone: Bool, known: [CameraName]) throws -> TunnelEndpoint {
        if isAlone, let endpoint = try credentials.sharedEndpoint() { return endpoint }
        if let endpoint = try credentials.endpoint(of: name) { return endpoint }
        let others = Set(known + (try credentials.storedCameras())).subtracting([name]).sorted()
        throw CommandError(
            "there is no tunnel of “\(name)”",
            hint: "“printlapse authorize '\(name)'” gets one."
                + (others.isEmpty ? "" : " Known are \(others.map(\.text).joined(separator: ", "))."),
            label: "no_tunnel", status: known.contains(name) ? .configuration : .usage)
    }
}

extension JobConfiguration.Camera {
    /// A camera that no configuration mentions.
    fileprivate init(authorized name: CameraName) {
        self.init(name: name, address: .authorized)
    }
}
