import Budget
import HTTP
import Snapshots
import Tunnel
import Vocabulary

/// The sources of one camera, and by which route each one's bytes come.
struct PictureFeed: Sendable {
    struct Source: Sendable {
        let snapshots: any SnapshotSource
        /// `nil` where no allowance is concerned.
        let route: FetchRoute?
        /// The part of the cap that it may take; `nil` for all that the budget gives.
        var share: Double?

        /// How often it is asked within a slot at the most: less often where each attempt costs its bytes.
        var attempts: Int { route == .proxied ? 3 : 6 }
    }

    let primary: Source
    /// The live camera, for what the primary source has nothing new of while a print runs.
    let live: Source?

    init(of camera: CameraSetup, transport: any HTTPTransport, limits: TunnelLimits, clock: any JobClock) {
        let limits = limits.forPictures(of: camera)
        let now: @Sendable () -> Timestamp = { clock.now() }
        switch camera.source {
        case .url(let url):
            let source = PlainURLSource(
                camera: camera.name, url: url, transport: transport, limits: limits, now: now)
            (primary, live) = (Source(snapshots: source, route: nil), nil)
        case .tunnel(let endpoint, let pictures):
            let client = TunnelClient(endpoint: endpoint, transport: transport, limits: limits)
            let announced = Source(
                snapshots: WebcamAPISource(camera: camera.name, client: client, now: now), route: .announced)
            var live = Source(
                snapshots: LiveCameraSource(camera: camera.name, client: client, now: now), route: .proxied)
            switch pictures {
            case .announced: (primary, self.live) = (announced, nil)
            case .live: (primary, self.live) = (live, nil)
            case .both(let share):
                live.share = share
                (primary, self.live) = (announced, live)
            }
        }
    }
}

extension TunnelLimits {
    /// With the deadline that a camera's owner gives its pictures.
    fileprivate func forPictures(of camera: CameraSetup) -> TunnelLimits {
        var limits = self
        if let deadline = camera.policy.pictureDeadline { limits.pictureDeadline = deadline }
        return limits
    }
}
