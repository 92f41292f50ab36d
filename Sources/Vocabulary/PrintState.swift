/// How a print job stands.
public enum PrintState: String, CaseIterable, Sendable {
    case printing, paused
    case finished, cancelled, failed
    /// It is over, and nobody said how it went.
    case ended

    /// Whether the job is still under way.
    public var isActive: Bool { self == .printing || self == .paused }
}
