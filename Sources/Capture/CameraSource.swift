package import Snapshots
package import Tunnel

/// Where a camera's snapshots come from.
package enum CameraSource: Hashable, Sendable {
    case tunnel(TunnelEndpoint, TunnelPictures = .announced)
    /// A plain snapshot URL.
    case url(CameraURL)

    /// Whether pictures come that are charged in full.
    var takesLivePictures: Bool {
        switch self {
        case .tunnel(_, .live), .tunnel(_, .both): true
        case .tunnel(_, .announced), .url: false
        }
    }

    /// Whether announced pictures tell of prints.
    var announcesPictures: Bool {
        switch self {
        case .tunnel(_, .announced), .tunnel(_, .both): true
        case .tunnel(_, .live), .url: false
        }
    }
}
