package import Validation
package import Vocabulary

/// Tells new frames from repetitions.
///
/// A frame is compared with the last *kept* frame of its camera and never with the last seen one, so that slow change adds up
/// until it counts. The same bytes are always a repetition. Likeness counts only where the owner asked for it, and is measured block by block,
/// so that no moving object of any size worth seeing is lost: perceptual hashes are blind to those.
package struct Deduplicator: Sendable {
    private let nearDuplicates: NearDuplicates

    package init(nearDuplicates: NearDuplicates = .keep) {
        self.nearDuplicates = nearDuplicates
    }

    /// Compares a frame with the camera's last kept one, where there is one.
    package func examine(_ frame: ValidFrame, against last: LastKept?) -> Novelty {
        examine(frame, sha256: SHA256Digest(hashing: frame.bytes), against: last)
    }

    /// - Parameter sha256: of the frame's bytes, where many frames are hashed at the same time before each is compared.
    package func examine(_ frame: ValidFrame, sha256: SHA256Digest, against last: LastKept?) -> Novelty {
        if let last {
            if sha256 == last.sha256 { return .repeats(last, .identical) }
            if isNear(frame, last) { return .repeats(last, .near) }
        }
        return .novel(
            NovelFrame(
                frame: frame, fingerprint: FrameFingerprint(of: frame, sha256: sha256),
                look: FrameLook(of: frame.luma, after: last?.luma)))
    }

    private func isNear(_ frame: ValidFrame, _ last: LastKept) -> Bool {
        guard case .drop(let longestGap) = nearDuplicates, let luma = last.luma else { return false }
        // A clock that was set back leaves the age unknown: keep the frame.
        let age = frame.origin.receivedAt - last.capturedAt
        guard age >= .zero, age < longestGap else { return false }
        return frame.luma.showsTheSame(as: luma)
    }
}
