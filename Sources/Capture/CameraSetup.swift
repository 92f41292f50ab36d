package import Deduplication
package import HTTP
package import Tunnel
package import Vocabulary

/// A camera as the job is to run it.
package struct CameraSetup: Hashable, Sendable {
    package var name: CameraName
    package var source: CameraSource
    /// OctoPrint's own API key; with it the job asks OctoPrint about its prints.
    package var octoPrintKey: Secret?
    package var policy: CapturePolicy

    package init(
        name: CameraName, source: CameraSource, octoPrintKey: Secret? = nil, policy: CapturePolicy = CapturePolicy()
    ) {
        (self.name, self.source) = (name, source)
        (self.octoPrintKey, self.policy) = (octoPrintKey, policy)
    }

    /// The tunnel that the camera is behind.
    package var endpoint: TunnelEndpoint? {
        if case .tunnel(let endpoint, _) = source { endpoint } else { nil }
    }
}

/// Which pictures a tunnel is asked for.
package enum TunnelPictures: Hashable, Sendable {
    /// Those that the webcam API announces.
    case announced
    /// The live camera's, which cost allowance.
    case live
    /// Announced ones; where those are not new, and only while a print runs, live ones.
    ///
    /// - Parameter share: live pictures may take no more than this part of the cap, 0 to 1.
    case both(liveShare: Double)

    /// Half of the cap.
    package static let standardLiveShare = 0.5
}

/// When frames are kept.
package enum CaptureTime: Hashable, Sendable {
    case always
    /// While a print runs, and as long before and after it.
    case whilePrinting(preRoll: Duration, postRoll: Duration)

    package static let standardPreRoll = Duration.seconds(30)
    package static let standardPostRoll = Duration.seconds(60)
}

extension NearDuplicates {
    /// Where near duplicates are dropped, a frame is kept after this long all the same.
    package static let standardLongestGap = Duration.seconds(600)
}
