internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Vocabulary

/// What an error of the network libraries means before the head of an answer has come.
enum TransportFailure {
    /// - Parameter patience: how long making a connection may take.
    static func error(from error: any Error, at origin: Origin, patience: Duration) -> HTTPError {
        switch error {
        case let error as NIOConnectionError:
            guard let failure = error.connectionErrors.first else { return .nameNotFound(origin.host) }
            return Self.error(from: failure.error, at: origin, patience: patience)
        case let error as IOError: return systemError(error.errnoCode, at: origin)
        case let error as HTTPError: return error
        case ChannelError.connectTimeout(let time):
            return .noAnswer(within: .nanoseconds(time.nanoseconds), received: .zero)
        case is CancellationError: return .cancelled()
        case let error as NIOSSLExtraError:
            let names: [NIOSSLExtraError] = [.failedToValidateHostname, .serverHostnameImpossibleToMatch]
            return .certificate(names.contains(error) ? .wrongName : .handshake, of: origin)
        case NIOSSLError.uncleanShutdown: return .cutShort(received: .zero)
        case is NIOSSLError, is BoringSSLError:
            return .certificate(isOldProtocol(error) ? .oldProtocol : .handshake, of: origin)
        case ChannelError.eof: return .cutShort(received: .zero)
        default: return .unreachable(origin, reason: "\(type(of: error))")
        }
    }

    /// Whether the chain of certificates did not verify. The library does not tell why.
    static func isUntrustedCertificate(_ error: any Error) -> Bool {
        guard case NIOSSLError.handshakeFailed(.sslError(let stack)) = error else { return false }
        return stack.contains { $0.description.contains("CERTIFICATE_VERIFY_FAILED") }
    }

    /// Whether the two could not agree on a version of TLS.
    private static func isOldProtocol(_ error: any Error) -> Bool {
        let words = ["UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "WRONG_VERSION_NUMBER_IN_HELLO"]
        guard case NIOSSLError.handshakeFailed(.sslError(let stack)) = error else { return false }
        return stack.contains { entry in words.contains { entry.description.contains($0) } }
    }

    private static func systemError(_ code: CInt, at origin: Origin) -> HTTPError {
        switch code {
        case ECONNREFUSED: .connectionRefused(origin)
        case EMFILE, ENFILE: .noDescriptors(origin)
        case ECONNRESET, EPIPE, ECONNABORTED: .cutShort(received: .zero)
        default: .unreachable(origin, reason: String(cString: strerror(code)))
        }
    }
}
