/// Why a secure connection could not be made.
public enum CertificateProblem: Hashable, Sendable {
    /// The certificate holds other names than the host's.
    case wrongName
    case expired
    case notYetValid
    /// Self-signed, or issued by an authority that this machine does not know.
    case untrusted
    /// The handshake failed before or apart from the certificate.
    case handshake

    var label: String {
        switch self {
        case .wrongName: "tls_wrong_name"
        case .expired: "tls_expired"
        case .notYetValid: "tls_not_yet_valid"
        case .untrusted: "tls_untrusted"
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
        case .handshake: "Check that the server speaks https on this port; a plain one needs http://."
        }
    }
}
