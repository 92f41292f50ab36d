public import Budget
public import Deduplication
public import Vocabulary

/// What a configuration file says: the cameras of a job, in the file's order.
public struct JobConfiguration: Hashable, Sendable {
    public var cameras: [Camera] = []

    /// One camera, with the file's common settings already applied.
    public struct Camera: Hashable, Sendable {
        public var name: CameraName
        public var source: Source
        public var interval: Duration
        public var capStop: CapStop
        public var nearDuplicates: NearDuplicates

        public init(
            name: CameraName, source: Source, interval: Duration, capStop: CapStop, nearDuplicates: NearDuplicates
        ) {
            (self.name, self.source, self.interval) = (name, source, interval)
            (self.capStop, self.nearDuplicates) = (capStop, nearDuplicates)
        }
    }

    /// Where a camera's address is found. The address itself, a secret, does not stand in the file unless as a plain URL.
    public enum Source: Hashable, Sendable {
        /// A file that holds a tunnel's endpoint; relative to the configuration's folder.
        case endpointFile(String)
        /// An environment variable that holds a tunnel's endpoint.
        case endpointVariable(String)
        /// A plain snapshot URL.
        case url(String)
        /// Nothing is said: the camera's tunnel is the one that was authorized for it on this machine.
        case authorized
    }
}
