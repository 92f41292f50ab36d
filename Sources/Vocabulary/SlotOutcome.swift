/// What became of a slot. Every slot has exactly one.
public enum SlotOutcome: String, CaseIterable, Sendable {
    /// A new frame is in the archive.
    case stored
    /// The snapshot shows what the camera's last kept frame shows.
    case duplicate
    /// Known to be the same picture before a byte of it was fetched.
    case unchanged
    /// The camera has no picture now: the webcam API said null, or the picture was gone (404).
    case noPicture = "no_picture"
    /// What came back is not a whole, sound JPEG.
    case rejected
    /// Skipped near the cap, or refused by the server over the cap (481).
    case cap
    /// The printer is not connected to the server, or OctoPrint does not answer behind it (482, 502, 504).
    case offline
    /// No answer in time (483, or our deadline).
    case timeout
    /// Credentials were refused (401, 403).
    case unauthorized
    /// The server could not be reached or does not work (484, other 5xx, refused, DNS, TLS).
    case unavailable
    /// No room: the free-space floor or the quota.
    case disk
    /// The program was not running, or the slot before was still busy.
    case missed

    /// Whether the camera or the way to it did not work.
    public var isFailure: Bool {
        switch self {
        case .stored, .duplicate, .unchanged, .noPicture, .cap: false
        case .rejected, .offline, .timeout, .unauthorized, .unavailable, .disk, .missed: true
        }
    }
}
