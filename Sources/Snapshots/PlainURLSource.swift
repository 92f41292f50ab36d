public import Tunnel
public import Vocabulary

/// A camera that answers a plain URL with one JPEG: OctoPrint's, mjpg-streamer, an IP camera.
public struct PlainURLSource: SnapshotSource {
    public let camera: CameraName
    private let url: CameraURL
    private let transport: any HTTPTransport
    private let limits: TunnelLimits
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - limits: the deadline and the size of a picture are used.
    ///   - now: this machine's clock.
    public init(
        camera: CameraName, url: CameraURL, transport: any HTTPTransport, limits: TunnelLimits = TunnelLimits(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        (self.camera, self.url, self.transport, self.limits, self.now) = (camera, url, transport, limits, now)
    }

    public var kind: SnapshotSourceKind { .url }

    public func next(
        knowing known: PictureIdentity?, within left: Duration
    ) async throws(TunnelError) -> SnapshotAnswer {
        let fetch = Fetch(
            respondent: .camera, redirects: .anywhere(announcedBy: url.address.origin),
            deadline: limits.pictureDeadline,
            limit: limits.pictureBytes)
        return try await SnapshotAnswer(
            identity: nil,
            from: { () async throws(TunnelError) in
                try await fetch.response(to: url.address, credentials: url.credentials, through: transport).body
            },
            origin: { SnapshotOrigin(camera: camera, source: kind, receivedAt: now()) })
    }
}
