package import Capture
package import Care
package import Gallery
package import Monitoring
package import Stores
package import Timelapses
package import Vocabulary

/// What a configuration file says: the cameras of a job, in the file's order, and what else the job does.
package struct JobConfiguration: Hashable, Sendable {
    package var cameras: [Camera] = []
    /// Who is told when something happens.
    package var eventHandlers: [EventHandler] = []
    /// Where metrics are served; `nil` for nowhere.
    package var metrics: MetricsAddress?
    /// The gallery that is served beside the job; `nil` for none.
    package var gallery: Gallery?
    /// Where captures pause for want of room.
    package var room = RoomRules()
    /// What the archive keeps, and for how long; `nil` for everything.
    package var retention: RetentionPolicy?
    /// The timelapses that make themselves.
    package var timelapses: [Timelapse] = []

    /// Which older pictures are moved elsewhere; `nil` for none.
    package var offloading: Offloading?
    /// Where a hub is told of the archive; `nil` for nowhere.
    package var publishing: Publishing?

    package init() {}

    /// The accounts of cameras whose owner names them.
    package var accounts: [CameraName: String] {
        Dictionary(cameras.compactMap { camera in camera.policy.account.map { (camera.name, $0) } }) { first, _ in first
        }
    }

    /// The files that it names and in which a camera's endpoint or key stands.
    package var files: Set<String> {
        Set(cameras.compactMap(\.octoPrintKeyFile)).union(cameras.compactMap(\.address.file))
    }

    /// How the gallery is served.
    package struct Gallery: Hashable, Sendable {
        package var rules: GalleryRules
        /// Where it stands in the file.
        package var place: ConfigurationError.Place?
    }

    /// Older pictures that are moved elsewhere beside the job.
    package struct Offloading: Hashable, Sendable {
        package var location: StoreLocation
        package var olderThan: Duration?
        package var keepFree: ByteCount?
        /// The most that goes there, and comes from there, in a second.
        package var bandwidth: ByteCount?
        /// Whether packs that nothing needs are removed.
        package var cleans = false
        /// Where it stands in the file.
        package var place: ConfigurationError.Place?
    }

    /// A hub that is told of the archive beside the job.
    package struct Publishing: Hashable, Sendable {
        package var location: StoreLocation
        /// What people call this machine.
        package var name: MachineName?
        /// How often it is told.
        package var interval = Duration.seconds(60)
        /// Where it stands in the file.
        package var place: ConfigurationError.Place?
    }

    /// A timelapse that makes itself.
    package struct Timelapse: Hashable, Sendable {
        package var rule: TimelapseRule
        /// Where it stands in the file.
        package var place: ConfigurationError.Place?
        /// Where the options of its export stand, by their names.
        package var optionPlaces: [String: ConfigurationError.Place] = [:]
        /// Where it says what files are called.
        package var filePlace: ConfigurationError.Place?
    }

    /// One camera, with the file's common settings already applied.
    package struct Camera: Hashable, Sendable {
        package var name: CameraName
        package var address: Address
        /// Which pictures its tunnel is asked for; without meaning where there is no tunnel.
        package var pictures: TunnelPictures
        package var policy: CapturePolicy
        /// A file that holds OctoPrint's API key.
        package var octoPrintKeyFile: String?
        /// Whether a TLS older than 1.2 is put up with, for a plain URL.
        package var allowsOldTLS = false
        /// Where it stands in the file.
        package var place: ConfigurationError.Place?

        package init(
            name: CameraName, address: Address, pictures: TunnelPictures = .announced,
            policy: CapturePolicy = CapturePolicy()
        ) {
            (self.name, self.address) = (name, address)
            (self.pictures, self.policy) = (pictures, policy)
        }
    }

    /// Where a camera's address is found. The address itself, a secret, does not stand in the file unless as a plain URL.
    package enum Address: Hashable, Sendable {
        /// A file that holds a tunnel's endpoint; relative to the configuration's folder.
        case endpointFile(String)
        /// An environment variable that holds a tunnel's endpoint.
        case endpointVariable(String)
        /// A plain snapshot URL.
        case url(String)
        /// Nothing is said: the camera's tunnel is the one that was authorized for it on this machine.
        case authorized

        /// The file in which it stands, if it stands in another than the configuration.
        var file: String? {
            switch self {
            case .endpointFile(let file): file
            case .endpointVariable, .url, .authorized: nil
            }
        }
    }
}
