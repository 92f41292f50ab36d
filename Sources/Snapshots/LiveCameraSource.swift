public import Tunnel
public import Vocabulary

/// The live camera behind the tunnel, as OctoPrint has it under `/webcam/?action=snapshot`. Its pictures cost allowance.
///
/// Where OctoPrint has no camera there (404), that is thrown like any other status, because its bytes are to be charged
/// as well; its outcome is “no picture”.
public struct LiveCameraSource: SnapshotSource {
    public let camera: CameraName
    private let client: TunnelClient
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: this machine's clock.
    public init(camera: CameraName, client: TunnelClient, now: @escaping @Sendable () -> Timestamp) {
        (self.camera, self.client, self.now) = (camera, client, now)
    }

    public var kind: SnapshotSourceKind { .live }

    public func next(knowing known: PictureIdentity?) async throws(TunnelError) -> SnapshotAnswer {
        let bytes = try await client.livePicture()
        let origin = SnapshotOrigin(camera: camera, source: kind, receivedAt: now())
        return .snapshot(Snapshot(bytes: bytes, origin: origin), identity: nil)
    }
}
