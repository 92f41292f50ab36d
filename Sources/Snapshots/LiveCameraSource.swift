internal import NIOCore
package import Tunnel
package import Vocabulary

/// The live camera behind the tunnel, as OctoPrint has it under `/webcam/?action=snapshot`. Its pictures cost allowance.
///
/// Where OctoPrint has no camera there (404), that is thrown like any other status, because its bytes are to be charged
/// as well; its outcome is “no picture”.
package struct LiveCameraSource: SnapshotSource {
    package let camera: CameraName
    private let client: TunnelClient
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: this machine's clock.
    package init(camera: CameraName, client: TunnelClient, now: @escaping @Sendable () -> Timestamp) {
        (self.camera, self.client, self.now) = (camera, client, now)
    }

    package var kind: SnapshotSourceKind { .live }

    package func next(
        knowing known: PictureIdentity?, within left: Duration
    ) async throws(SnapshotError) -> SnapshotAnswer {
        try await SnapshotAnswer(
            identity: nil,
            from: { () async throws(SnapshotError) in
                do throws(TunnelError) { return try await client.livePicture(within: left) } catch {
                    throw .tunnel(error)
                }
            },
            origin: { SnapshotOrigin(camera: camera, source: kind, receivedAt: now()) })
    }
}
