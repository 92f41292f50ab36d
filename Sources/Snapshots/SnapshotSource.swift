public import Tunnel
public import Vocabulary

/// Where snapshots of one camera come from.
public protocol SnapshotSource: Sendable {
    var kind: SnapshotSourceKind { get }

    /// Brings the camera's present snapshot, its bytes not looked at.
    ///
    /// - Parameter known: the identity of the camera's last kept picture, where there is one.
    /// - Throws: where ``TunnelError/isTorn`` is true, asking again at once is likely to help.
    func next(knowing known: PictureIdentity?) async throws(TunnelError) -> SnapshotAnswer
}

/// What a source brought.
public enum SnapshotAnswer: Sendable {
    /// - Parameter identity: given only where an equal identity means an equal picture.
    case snapshot(Snapshot, identity: PictureIdentity?)
    /// The picture is the known one; no byte of it was fetched.
    case unchanged
    /// The camera has no picture now.
    ///
    /// - Parameter reason: a short constant for the ledger.
    case noPicture(reason: String)
}
