/// The kinds of source that a snapshot can come from.
public enum SnapshotSourceKind: String, CaseIterable, Sendable {
    /// The picture that the tunnel's webcam API announces; it costs no allowance.
    case webcamAPI = "webcam_api"
    /// The live camera through the tunnel; its bytes cost allowance.
    case live
    /// A plain snapshot URL.
    case url
    /// A file that another tool left.
    case imported = "import"
}
