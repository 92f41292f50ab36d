public import Tunnel
public import Vocabulary

/// Pictures that the tunnel's webcam API announces: first the announcement, then the picture. Neither costs allowance.
public struct WebcamAPISource: SnapshotSource {
    public let camera: CameraName
    private let client: TunnelClient
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: this machine's clock.
    public init(camera: CameraName, client: TunnelClient, now: @escaping @Sendable () -> Timestamp) {
        (self.camera, self.client, self.now) = (camera, client, now)
    }

    public var kind: SnapshotSourceKind { .webcamAPI }

    /// Why there is no picture where the one that is announced was deleted.
    package static let deleted = "deleted"

    public func next(
        knowing known: PictureIdentity?, within left: Duration
    ) async throws(TunnelError) -> SnapshotAnswer {
        guard case .picture(let url) = try await client.webcam() else {
            return .noPicture(reason: "none_announced")
        }
        // The path alone names a printing picture; its query is the signature of the path.
        let identity = url.isImmutable ? PictureIdentity(url.description) : nil
        if let identity, identity == known { return .unchanged }
        do throws(TunnelError) {
            return try await SnapshotAnswer(
                identity: identity,
                from: { () async throws(TunnelError) in try await client.picture(at: url, within: left) },
                origin: {
                    SnapshotOrigin(
                        camera: camera, source: kind, receivedAt: now(), takenAt: url.takenAt, variant: url.variant,
                        printNumber: url.printNumber, printSeries: url.printSeries)
                })
        } catch .status(.notFound, .pictureServer, _) {
            // After a print its pictures are deleted while one is still announced.
            return .noPicture(reason: Self.deleted)
        }
    }
}
