import ArgumentParser
import Capture
import Catalog
import FoundationEssentials
import Settings
import Tunnel
import Vocabulary

struct CamerasListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the cameras, their sources and last outcome.")

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let configured = try common.configuration.read()?.cameras ?? []
        let authorized = Set(try CredentialSources.standard.storedCameras())
        var archived: [CameraName: ArchivedCamera] = [:]
        if FileManager.default.fileExists(atPath: common.archive.path) {
            for camera in try await Catalog.open(at: common.archive.path).cameras() { archived[camera.name] = camera }
        }
        let others = authorized.union(archived.keys).subtracting(configured.map(\.name)).sorted()
        let cameras: [(name: CameraName, configuration: JobConfiguration.Camera?)] =
            configured.map { ($0.name, $0) } + others.map { ($0, nil) }
        var listing = Listing<KnownCamera>.cameras(list.chosen)
        for camera in cameras {
            try listing.add(
                KnownCamera(
                    name: camera.name, configuration: camera.configuration,
                    isAuthorized: authorized.contains(camera.name), archived: archived[camera.name]))
        }
        try listing.finish(empty: "No cameras. “printlapse authorize printer” gets a tunnel.")
    }
}

/// A camera as far as anything here knows of it.
struct KnownCamera {
    let name: CameraName
    let configuration: JobConfiguration.Camera?
    let isAuthorized: Bool
    let archived: ArchivedCamera?

    /// Where its pictures come from; `nil` where only its frames are known.
    var source: String? {
        guard let configuration else { return isAuthorized ? "tunnel" : nil }
        switch configuration.address {
        case .url: return "url"
        case .endpointFile, .endpointVariable, .authorized: break
        }
        return switch configuration.pictures {
        case .announced: "tunnel"
        case .live: "tunnel, live"
        case .both: "tunnel, auto"
        }
    }

    var interval: Duration? {
        configuration?.policy.interval ?? (isAuthorized ? CapturePolicy().interval : nil)
    }
}

extension KnownCamera: KeyedRecord {
    static let fields: [Field<Self>] = [
        Field("camera", \.name),
        Field("source", \.source),
        Field("interval_seconds") { $0.interval.map { Double($0.milliseconds) / 1000 } },
        Field("last_outcome", \.archived?.lastRun?.outcome),
        Field("last_detail") { $0.archived?.lastRun?.detail?.label },
        Field("last_slot_at", \.archived?.lastRun?.lastSlot),
        Field("last_frame_at", \.archived?.lastFrame?.lastSeenAt),
        Field("configured") { $0.configuration != nil },
        Field("authorized", \.isAuthorized),
    ]
}

extension Listing<KnownCamera> {
    fileprivate static func cameras(_ format: ListFormat) -> Self {
        Listing(
            format,
            columns: [
                Column(title: "camera", isFlexible: true) { $0.name.text },
                Column(title: "source") { $0.source ?? "–" },
                Column(title: "every", alignment: .right) { $0.interval?.shortText ?? "–" },
                Column(title: "last outcome", isFlexible: true) { camera in
                    camera.archived?.lastRun.map { $0.outcome.phrase(because: $0.detail) } ?? "never captured"
                },
                Column(title: "last frame") { $0.archived?.lastFrame?.lastSeenAt.localText ?? "–" },
            ])
    }
}
