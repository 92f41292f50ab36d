import ArgumentParser
import Budget
import Capture
import Deduplication
import Snapshots
import Tunnel
import Vocabulary

/// Which cameras, from a configuration or from the command line, and how they are captured.
struct CameraOptions: ParsableArguments {
    @Argument(
        help: "Cameras of the configuration, or authorized ones; all of them where none is named.",
        transform: Word.camera)
    var cameras: [CameraName] = []

    @OptionGroup var endpoint: EndpointOptions

    @Option(
        help: ArgumentHelp(
            "A plain snapshot URL instead of a tunnel: OctoPrint, mjpg-streamer, any IP camera.", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp(
            "File the frames under this name (with --endpoint-file, --url or PRINTLAPSE_TUNNEL).", valueName: "name"),
        transform: Word.camera)
    var camera: CameraName?

    @Option(
        help: ArgumentHelp("From one slot to the next (default: 10s).", valueName: "duration"), transform: Word.duration
    )
    var interval: Duration?

    @Option(
        help: ArgumentHelp(
            "Stop capturing at this share of the monthly cap, at this many bytes, or never (default: 90%).",
            valueName: "share|size|off"), transform: Word.capStop)
    var capStop: CapStop?

    @Option(
        help: ArgumentHelp(
            "Keep or drop pictures that differ from the last kept one by noise alone (default: keep).",
            valueName: "keep|drop"))
    var nearDuplicates: NearDuplicatesChoice?

    @Option(
        help: ArgumentHelp(
            "With --near-duplicates drop: after this long a frame is kept all the same (default: 10m).",
            valueName: "duration"), transform: Word.duration)
    var longestGap: Duration?

    func validate() throws {
        if url != nil, endpoint.endpointFile != nil {
            throw ValidationError("--url and --endpoint-file both name a source; give one.")
        }
        if let interval, interval < .milliseconds(10) {
            throw ValidationError("--interval takes 10ms or more.")
        }
    }

    /// The cameras to run, with what the command line says above what the configuration says.
    func setups(_ configuration: ConfigurationOptions) throws -> [CameraSetup] {
        let search = CameraSearch(configuration: configuration, credentials: .standard)
        if let source = try sourceOnCommandLine() {
            return [adjusted(CameraSetup(name: try search.singleName(of: cameras, or: camera), source: source))]
        }
        return try search.setups(of: cameras, filedUnder: camera).map(adjusted)
    }

    private func sourceOnCommandLine() throws -> CameraSource? {
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

    /// What the command line says stands above the configuration.
    private func adjusted(_ setup: CameraSetup) -> CameraSetup {
        var setup = setup
        if let interval { setup.interval = interval }
        if let capStop { setup.capStop = capStop }
        let gap = longestGap ?? NearDuplicates.standardLongestGap
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
