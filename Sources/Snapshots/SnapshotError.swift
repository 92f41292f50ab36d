package import HTTP
package import NIOCore
package import Tunnel
package import Vocabulary

/// Why a source brought no picture, by the kind of the source.
package enum SnapshotError: SourceFault {
    case tunnel(TunnelError)
    /// Of a camera with an address of its own.
    case camera(HTTPError)

    /// What the source itself says.
    package var fault: any SourceFault {
        switch self {
        case .tunnel(let error): error
        case .camera(let error): error
        }
    }

    package var withoutRemains: SnapshotError {
        switch self {
        case .tunnel(let error): .tunnel(error.withoutRemains)
        case .camera(let error): .camera(error.withoutRemains)
        }
    }
}

extension SnapshotError {
    package var outcome: SlotOutcome { fault.outcome }
    package var disposition: Disposition { fault.disposition }
    package var isTorn: Bool { fault.isTorn }
    package var bytesReceived: ByteCount { fault.bytesReceived }
    package var remains: ByteBuffer? { fault.remains }
    package var label: String { fault.label }
    package var description: String { fault.description }
    package var hint: String { fault.hint }
}
