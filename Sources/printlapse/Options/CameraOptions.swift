import ArgumentParser
import Budget
import Capture
import Deduplication
import Settings
import Snapshots
import Tunnel
import Vocabulary

/// Which cameras, from a configuration or from the command line.
struct CameraOptions: ParsableArguments {
    @Argument(
        help: "Cameras of the configuration, or authorized ones; all of them where none is named.",
        completion: .cameras, transform: Word.camera)
    var cameras: [CameraName] = []

    @Option(
        help: ArgumentHelp(
            "A plain snapshot URL instead of a tunnel: OctoPrint, mjpg-streamer, any IP camera.", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp(
            "File the frames under this name (with --endpoint-file, --url or PRINTLAPSE_TUNNEL).", valueName: "name"),
        transform: Word.camera)
    var camera: CameraName?

    /// The cameras to run, with what the command line says above what the configuration says.
    ///
    /// - Parameter configuration: `nil` where there is none.
    func setups(
        _ configuration: JobConfiguration?, from options: ConfigurationOptions, endpoint: EndpointOptions,
        policy: PolicyOptions
    ) throws -> [CameraSetup] {
        let search = CameraSearch(configuration, from: options)
        if let source = try sourceOnCommandLine(endpoint) {
            let name = try search.singleName(of: cameras, or: camera)
            guard case .tunnel(let endpoint, _) = source else {
                return [policy.applied(to: CameraSetup(name: name, source: source))]
            }
            return [policy.applied(to: try search.setup(name, endpoint))]
        }
        return try search.setups(of: cameras, filedUnder: camera).map(policy.applied)
    }

    private func sourceOnCommandLine(_ endpoint: EndpointOptions) throws -> CameraSource? {
        if let endpoint = try endpoint.endpointOnCommandLine() { return .tunnel(endpoint) }
        guard let url else { return nil }
        let address = try CameraURL(parsing: url)
        if address.credentials != nil {
            StandardError.write(
                "printlapse: every user of this machine can read a password on the command line; "
                    + "a configuration file keeps it to itself.")
        }
        return .url(address)
    }
}
