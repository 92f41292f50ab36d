internal import NIOCore
package import Vocabulary

/// Where snapshots of one camera come from.
package protocol SnapshotSource: Sendable {
    var kind: SnapshotSourceKind { get }
    /// What the last snapshot told of the source's ways that its owner had better know.
    var remarks: [SourceRemark] { get }

    /// Brings the camera's present snapshot, its bytes not looked at.
    ///
    /// - Parameters:
    ///   - known: the identity of the camera's last kept picture, where there is one.
    ///   - left: the time in which the picture is of use, such as the rest of a slot. It bounds nothing but how long a silence is
    ///     awaited after the answer has begun.
    /// - Throws: where ``SnapshotError/isTorn`` is true, asking again at once is likely to help.
    func next(knowing known: PictureIdentity?, within left: Duration) async throws(SnapshotError) -> SnapshotAnswer

    /// Whether the last picture of a print that came is still there: a server that deletes them when the print ends tells so whether
    /// it has.
    func lastOfPrint() async -> LastOfPrint
}

/// What a source says of the last picture of a print that it brought.
package enum LastOfPrint: Hashable, Sendable {
    /// - Parameter received: what it took to learn that.
    case there(received: ByteCount)
    case gone
    /// Nobody can tell: there was none, or it cannot be asked for just now.
    case unknown(received: ByteCount)
}

extension SnapshotSource {
    package var remarks: [SourceRemark] { [] }

    package func lastOfPrint() async -> LastOfPrint { .unknown(received: .zero) }

    /// Brings the camera's present snapshot in whatever time it takes.
    package func next(knowing known: PictureIdentity?) async throws(SnapshotError) -> SnapshotAnswer {
        try await next(knowing: known, within: .seconds(3600))
    }
}

/// What a source brought.
package enum SnapshotAnswer: Sendable {
    /// - Parameter identity: given only where an equal identity means an equal picture.
    case snapshot(Snapshot, identity: PictureIdentity?)
    /// Less came than was promised. It may be a whole picture all the same: some cameras announce more than they send.
    ///
    /// - Parameter by: what to tell where it is none.
    case torn(Snapshot, identity: PictureIdentity?, by: SnapshotError)
    /// The picture is the known one; no byte of it was fetched.
    case unchanged
    /// The camera has no picture now.
    ///
    case noPicture(reason: SlotReason)

    /// What a fetch brings: a snapshot, or what came of one before it tore.
    init(
        identity: PictureIdentity?, from fetch: () async throws(SnapshotError) -> ByteBuffer,
        origin: () -> SnapshotOrigin
    ) async throws(SnapshotError) {
        do throws(SnapshotError) {
            self = .snapshot(Snapshot(bytes: try await fetch(), origin: origin()), identity: identity)
        } catch {
            guard let remains = error.remains else { throw error }
            self = .torn(
                Snapshot(bytes: remains, origin: origin()), identity: identity, by: error.withoutRemains)
        }
    }
}
