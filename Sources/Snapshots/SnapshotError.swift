public import HTTP
public import NIOCore
public import Tunnel
public import Vocabulary

/// Why a source brought no picture, by the kind of the source.
public enum SnapshotError: SourceFault {
    case tunnel(TunnelError)
    /// Of a camera with an address of its own.
    case camera(HTTPError)

    /// What the source itself says.
    public var fault: any SourceFault {
        switch self {
        case .tunnel(let error): error
        case .camera(let error): error
        }
    }

    public var withoutRemains: SnapshotError {
        switch self {
        case .tunnel(let error): .tunnel(error.withoutRemains)
        case .camera(let error): .camera(error.withoutRemains)
        }
    }
}

extension SnapshotError {
    public var outcome: SlotOutcome { fault.outcome }
    public var disposition: Disposition { fault.disposition }
    public var isTorn: Bool { fault.isTorn }
    public var bytesReceived: ByteCount { fault.bytesReceived }
    public var remains: ByteBuffer? { fault.remains }
    public var label: String { fault.label }
    public var description: String { fault.description }
    public var hint: String { fault.hint }
}
