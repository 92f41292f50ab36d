package import Vocabulary

/// What a usage reading changed in the tunnels' accounts.
package enum AccountChange: Hashable, Sendable {
    /// The tunnels of two accounts turned out to share one; each list by name.
    case joined([CameraName], [CameraName])
    /// A tunnel turned out to have an account of its own.
    case parted(CameraName, from: [CameraName])
}
