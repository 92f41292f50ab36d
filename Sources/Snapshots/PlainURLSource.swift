package import HTTP
internal import Synchronization
package import Tunnel
package import Vocabulary

/// A camera that answers a plain URL with one JPEG: OctoPrint's, mjpg-streamer, an IP camera.
///
/// Of a stream the first picture is taken. What browsers and curl take from a camera is taken, and it may ask for its user and
/// password by Digest.
package struct PlainURLSource: SnapshotSource {
    package let camera: CameraName
    private let url: CameraURL
    private let login: Login
    private let transport: any HTTPTransport
    private let limits: TunnelLimits
    private let now: @Sendable () -> Timestamp
    private let noticed = Noticed()

    /// - Parameters:
    ///   - limits: the deadline and the size of a picture are used.
    ///   - now: this machine's clock.
    package init(
        camera: CameraName, url: CameraURL, transport: any HTTPTransport, limits: TunnelLimits = TunnelLimits(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        (self.camera, self.url, self.transport, self.limits, self.now) = (camera, url, transport, limits, now)
        login = Login(url.credentials, of: url.address.origin)
    }

    package var kind: SnapshotSourceKind { .url }

    package var remarks: [SourceRemark] { noticed.remarks.withLock(\.self) }

    package func next(
        knowing known: PictureIdentity?, within left: Duration
    ) async throws(SnapshotError) -> SnapshotAnswer {
        let fetch = Fetch(
            respondent: .camera, isPicture: true, redirects: .anywhere(announcedBy: url.address.origin),
            deadline: limits.pictureDeadline, limit: limits.pictureBytes,
            reading: AnswerReading(isLenient: true, takesFirstPart: true, usefulFor: left))
        return try await SnapshotAnswer(
            identity: nil,
            from: { () async throws(SnapshotError) in
                do throws(HTTPError) {
                    let response = try await fetch.response(
                        to: url.address, login: login, allowingOldTLS: url.allowsOldTLS, through: transport)
                    noticed.take(response)
                    return response.body
                } catch {
                    throw SnapshotError(ofCamera: error)
                }
            },
            origin: { SnapshotOrigin(camera: camera, source: kind, receivedAt: now()) })
    }
}

extension SnapshotError {
    /// An address through a tunnel can be given as a camera's own: then the tunnel's server answers as tunnels do.
    fileprivate init(ofCamera error: HTTPError) {
        if case .status(let status, _, let received) = error, TunnelStatus(status).isTunnelsOwn {
            self = .tunnel(.status(TunnelStatus(status), from: .tunnel, received: received))
        } else {
            self = .camera(error)
        }
    }
}

/// What the newest answer told of the camera's ways.
private final class Noticed: Sendable {
    let remarks = Mutex<[SourceRemark]>([])

    func take(_ response: HTTPExchangeResponse) {
        var new: [SourceRemark] = response.isPartOfStream ? [.stream] : []
        if let address = response.redirectedTo { new.append(.redirects(to: address)) }
        remarks.withLock { [new] in $0 = new }
    }
}
