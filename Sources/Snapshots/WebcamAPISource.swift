internal import HTTP
internal import NIOCore
internal import Synchronization
package import Tunnel
package import Vocabulary

/// Pictures that the tunnel's webcam API announces: first the announcement, then the picture. Neither costs allowance.
package struct WebcamAPISource: SnapshotSource {
    package let camera: CameraName
    private let client: TunnelClient
    private let now: @Sendable () -> Timestamp
    private let newestOfPrint = NewestOfPrint()

    /// - Parameter now: this machine's clock.
    package init(camera: CameraName, client: TunnelClient, now: @escaping @Sendable () -> Timestamp) {
        (self.camera, self.client, self.now) = (camera, client, now)
    }

    package var kind: SnapshotSourceKind { .webcamAPI }

    package func next(
        knowing known: PictureIdentity?, within left: Duration
    ) async throws(SnapshotError) -> SnapshotAnswer {
        guard case .picture(let url) = try await announced() else {
            return .noPicture(reason: SlotReason(.noneAnnounced))
        }
        // The path alone names a printing picture; its query is the signature of the path.
        let identity = url.isImmutable ? PictureIdentity(url.description) : nil
        if let identity, identity == known { return .unchanged }
        do throws(SnapshotError) {
            let answer = try await SnapshotAnswer(
                identity: identity,
                from: { () async throws(SnapshotError) in
                    do throws(TunnelError) {
                        return try await client.picture(at: url, within: left)
                    } catch {
                        throw .tunnel(error)
                    }
                },
                origin: {
                    SnapshotOrigin(
                        camera: camera, source: kind, receivedAt: now(), takenAt: url.takenAt, variant: url.variant,
                        printNumber: url.printNumber, printSeries: url.printSeries)
                })
            if url.isImmutable { newestOfPrint.url.withLock { $0 = url } }
            return answer
        } catch .tunnel(.status(.plain(.notFound), .pictureServer, _)) {
            // After a print its pictures are deleted while one is still announced.
            return .noPicture(reason: SlotReason(.deleted))
        }
    }

    private func announced() async throws(SnapshotError) -> WebcamAnswer {
        do throws(TunnelError) { return try await client.webcam() } catch { throw .tunnel(error) }
    }

    /// Fetches the newest picture of a print once more, which costs nothing: the server deletes them when the print ends, and keeps
    /// them while it is paused, whatever it announces meanwhile.
    package func lastOfPrint() async -> LastOfPrint {
        guard let url = newestOfPrint.url.withLock(\.self) else { return .unknown(received: .zero) }
        do throws(TunnelError) {
            return .there(received: ByteCount(try await client.picture(at: url).readableBytes))
        } catch {
            switch error {
            case .status(.plain(.notFound), .pictureServer, _): return .gone
            case .http(.cutShort): return .there(received: error.bytesReceived)
            default: return .unknown(received: error.bytesReceived)
            }
        }
    }
}

/// Where the newest picture of a print was, for all copies of a source. It holds a signature, and is told nobody.
private final class NewestOfPrint: Sendable {
    let url = Mutex<SnapshotURL?>(nil)
}
