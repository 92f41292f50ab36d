package import Archive
package import Vocabulary

/// What became of the alerts after an event.
package enum AlertChange: Hashable, Sendable {
    /// The owner is to be told. An alert that lasts is kept as `open` from now on.
    case raise(Alert, open: OpenAlert?)
    /// An alert that was kept is over.
    case close(AlertKind, camera: CameraName?)
}
