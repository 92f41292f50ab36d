import ArgumentParser
import Budget
import Capture
import Deduplication
import FoundationEssentials
import Snapshots
import Tunnel
import Vocabulary

/// Which cameras, from a configuration or from the command line, and how they are captured.
struct CameraOptions: ParsableArguments {
    @Argument(help: "Cameras of the configuration; all of them where none is named.")
    var cameras: [CameraName] = []

    @OptionGroup var endpoint: EndpointOptions

    @Option(
        help: ArgumentHelp(
            "A plain snapshot URL instead of a tunnel: OctoPrint, mjpg-streamer, any IP camera.", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("File the frames under this name (with --endpoint-file or --url).", valueName: "name"))
    var camera: CameraName?

    @Option(
        help: ArgumentHelp(
            "The configuration. Default: $PRINTLAPSE_CONFIG, else config.yaml in your configuration folder.",
            valueName: "path"))
    var config: String?

    @Option(help: ArgumentHelp("From one slot to the next (default: 10s).", valueName: "duration"))
    var interval: Span?

    @Option(
        help: ArgumentHelp(
            "Stop capturing at this share of the monthly cap, at this many bytes, or never (default: 90%).",
            valueName: "share|size|off"))
    var capStop: CapStop?

    @Option(
        help: ArgumentHelp(
            "Keep or drop pictures that differ from the last kept one by noise alone (default: keep).",
            valueName: "keep|drop"))
    var nearDuplicates: NearDuplicatesChoice?

    @Option(
        help: ArgumentHelp(
            "With --near-duplicates drop: after this long a frame is kept all the same (default: 10m).",
            valueName: "duration"))
    var longestGap: Span?

    func validate() throws {
        if url != nil, endpoint.endpointFile != nil {
            throw ValidationError("--url and --endpoint-file both name a source; give one.")
        }
        if let interval, interval.duration < .milliseconds(10) {
            throw ValidationError("--interval takes 10ms or more.")
        }
    }

    /// The cameras to run, with what the command line says above what the configuration says.
    func setups() throws -> [CameraSetup] {
        if let url {
            let address = try CameraURL(parsing: url)
            if address.credentials != nil {
                StandardError.write(
                    "printlapse: a password on the command line can be read by every user of this machine; "
                        + "a configuration file keeps it to itself.")
            }
            return [try adjusted(CameraSetup(name: singleName(), source: .url(address)))]
        }
        if let endpoint = try endpoint.endpoint() {
            return [try adjusted(CameraSetup(name: singleName(), source: .tunnel(endpoint)))]
        }
        let path = configurationPath()
        guard config != nil || FileManager.default.fileExists(atPath: path) else {
            throw CommandError(
                "no camera is given",
                hint: "Name a tunnel by --endpoint-file or PRINTLAPSE_TUNNEL, a camera by --url, or write \(path).")
        }
        return try configuredSetups(ConfigurationFile.read(at: path), path: path)
    }

    private func singleName() throws -> CameraName {
        guard cameras.isEmpty else {
            throw CommandError(
                "“\(cameras[0])” names a camera of a configuration, but a source is given on the command line",
                hint: "To file the frames under that name, write --camera \(cameras[0]).")
        }
        return try camera ?? CameraName("printer")
    }

    private func configurationPath() -> String {
        if let config { return config }
        if let path = ProcessInfo.processInfo.environment["PRINTLAPSE_CONFIG"], !path.isEmpty { return path }
        return folder("XDG_CONFIG_HOME", orHome: ".config") + "/printlapse/config.yaml"
    }

    private func configuredSetups(_ configuration: JobConfiguration, path: String) throws -> [CameraSetup] {
        for name in cameras where !configuration.cameras.contains(where: { $0.name == name }) {
            let known = configuration.cameras.map(\.name.text).joined(separator: ", ")
            throw CommandError("“\(name)” is no camera of \(path)", hint: "Its cameras are \(known).")
        }
        return try configuration.cameras.filter { cameras.isEmpty || cameras.contains($0.name) }.map { camera in
            let source: CameraSource =
                switch camera.source {
                case .endpointFile(let file): .tunnel(try EndpointReader.read(file: file))
                case .endpointVariable(let variable): .tunnel(try requiredEndpoint(in: variable, of: camera.name))
                case .url(let text): .url(try CameraURL(parsing: text))
                }
            return try adjusted(
                CameraSetup(
                    name: camera.name, source: source, interval: camera.interval,
                    nearDuplicates: camera.nearDuplicates, capStop: camera.capStop))
        }
    }

    private func requiredEndpoint(in variable: String, of camera: CameraName) throws -> TunnelEndpoint {
        guard let endpoint = try EndpointReader.read(variable: variable) else {
            throw CommandError(
                "the variable \(variable) with the tunnel of “\(camera)” is not set",
                hint: "Set it to the tunnel's endpoint.", label: "endpoint_variable", status: .configuration)
        }
        return endpoint
    }

    /// What the command line says stands above the configuration.
    private func adjusted(_ setup: CameraSetup) throws -> CameraSetup {
        var setup = setup
        if let interval { setup.interval = interval.duration }
        if let capStop { setup.capStop = capStop }
        let gap = longestGap?.duration ?? NearDuplicates.standardLongestGap
        switch nearDuplicates {
        case .keep: setup.nearDuplicates = .keep
        case .drop: setup.nearDuplicates = .drop(longestGap: gap)
        case nil: break
        }
        return setup
    }
}

enum NearDuplicatesChoice: String, ExpressibleByArgument, CaseIterable {
    case keep, drop
}
