public import Capture
public import Care
public import Gallery
public import Monitoring
public import Vocabulary

/// What a configuration file says: the cameras of a job, in the file's order, and what else the job does.
public struct JobConfiguration: Hashable, Sendable {
    public var cameras: [Camera] = []
    /// Who is told when something happens.
    public var eventHandlers: [EventHandler] = []
    /// Where metrics are served; `nil` for nowhere.
    public var metrics: MetricsAddress?
    /// The gallery that is served beside the job; `nil` for none.
    public var gallery: Gallery?
    /// Where captures pause for want of room.
    public var room = RoomRules()
    /// What the archive keeps, and for how long; `nil` for everything.
    public var retention: RetentionPolicy?

    public init() {}

    /// The accounts of cameras whose owner names them.
    public var accounts: [CameraName: String] {
        Dictionary(cameras.compactMap { camera in camera.policy.account.map { (camera.name, $0) } }) { first, _ in first
        }
    }

    /// The files that it names and in which a camera's endpoint or key stands.
    public var files: Set<String> {
        Set(cameras.compactMap(\.octoPrintKeyFile)).union(cameras.compactMap(\.address.file))
    }

    /// How the gallery is served.
    public struct Gallery: Hashable, Sendable {
        public var rules: GalleryRules
        /// Where it stands in the file.
        public var place: ConfigurationError.Place?
    }

    /// One camera, with the file's common settings already applied.
    public struct Camera: Hashable, Sendable {
        public var name: CameraName
        public var address: Address
        /// Which pictures its tunnel is asked for; without meaning where there is no tunnel.
        public var pictures: TunnelPictures
        public var policy: CapturePolicy
        /// A file that holds OctoPrint's API key.
        public var octoPrintKeyFile: String?
        /// Whether a TLS older than 1.2 is put up with, for a plain URL.
        public var allowsOldTLS = false
        /// Where it stands in the file.
        public var place: ConfigurationError.Place?

        public init(
            name: CameraName, address: Address, pictures: TunnelPictures = .announced,
            policy: CapturePolicy = CapturePolicy()
        ) {
            (self.name, self.address) = (name, address)
            (self.pictures, self.policy) = (pictures, policy)
        }
    }

    /// Where a camera's address is found. The address itself, a secret, does not stand in the file unless as a plain URL.
    public enum Address: Hashable, Sendable {
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
