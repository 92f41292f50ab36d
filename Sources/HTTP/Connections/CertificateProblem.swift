/// Why a secure connection could not be made.
public enum CertificateProblem: Hashable, Sendable {
    /// The certificate holds other names than the host's.
    case wrongName
    case expired
    case notYetValid
    /// Self-signed, or issued by an authority that this machine does not know.
    case untrusted
    /// The server knows no TLS of 1.2 or newer.
    case oldProtocol
    /// The handshake failed before or apart from the certificate.
    case handshake

    var label: String {
        switch self {
        case .wrongName: "tls_wrong_name"
        case .expired: "tls_expired"
        case .notYetValid: "tls_not_yet_valid"
        case .untrusted: "tls_untrusted"
        case .oldProtocol: "tls_old"
        case .handshake: "tls_handshake"
        }
    }

    /// The end of a sentence that begins with the server.
    var predicate: String {
        switch self {
        case .wrongName: "shows a certificate for another name"
        case .expired: "shows a certificate that has expired"
        case .notYetValid: "shows a certificate that is not valid yet"
        case .untrusted: "shows a certificate that is self-signed or of an unknown authority"
        case .oldProtocol: "speaks only versions of TLS that are broken since long (older than 1.2)"
        case .handshake: "could not agree on a secure connection"
        }
    }

    var hint: String {
        switch self {
        case .wrongName: "Use the name that the certificate was made for, or get a certificate for this one."
        case .expired: "Renew the server's certificate."
        case .notYetValid: "Check this machine's clock, then the server's certificate."
        case .untrusted:
            "If the server is your own, give its certificate authority's file (PEM) to be trusted; verification cannot be switched off."
        case .oldProtocol:
            "Update the server's software. For a camera of your own that has none, “old_tls: true” beside its url in the configuration takes it as it is."
        case .handshake: "Check that the server speaks https on this port; a plain one needs http://."
        }
    }
}
