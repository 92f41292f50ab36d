package import HTTP
package import NIOCore
package import Tunnel
package import Vocabulary

/// Why a source brought no picture, as the job has to know it: whatever the source speaks, its errors answer these questions.
package protocol SourceFault: ExplainedError, Hashable {
    /// What the slot counts as.
    var outcome: SlotOutcome { get }
    /// What the job does.
    var disposition: Disposition { get }
    /// Whether asking again at once is likely to help: what came was torn, not refused.
    var isTorn: Bool { get }
    /// Bytes that came all the same, to be charged like any others.
    var bytesReceived: ByteCount { get }
    /// What came of a picture that was cut short, where it may be all there is.
    var remains: ByteBuffer? { get }
    /// The same without what came.
    var withoutRemains: Self { get }
}

extension SourceFault {
    package var remains: ByteBuffer? { nil }
    package var withoutRemains: Self { self }
}

extension HTTPError: SourceFault {
    package var remains: ByteBuffer? {
        if case .cutShort(_, let body) = self { body } else { nil }
    }

    package var withoutRemains: HTTPError {
        if case .cutShort(let received, _) = self { .cutShort(received: received) } else { self }
    }
}

extension TunnelError: SourceFault {
    package var remains: ByteBuffer? {
        if case .http(let error) = self { error.remains } else { nil }
    }

    package var withoutRemains: TunnelError {
        if case .http(let error) = self { .http(error.withoutRemains) } else { self }
    }
}
