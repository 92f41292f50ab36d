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
