internal import NIOSSL
internal import Vocabulary

/// Why a gallery is not served.
package enum GalleryServerError: ExplainedError {
    case cannotListen(at: GalleryAddress, reason: String)
    case certificate(String, reason: String)

    package var label: String {
        switch self {
        case .cannotListen: "listen"
        case .certificate: "certificate"
        }
    }

    package var description: String {
        switch self {
        case .cannotListen(let address, let reason): "nothing can listen at \(address): \(reason)"
        case .certificate(let path, let reason): "the certificate of \(path) cannot be used: \(reason)"
        }
    }

    package var hint: String {
        switch self {
        case .cannotListen: "Name another address for the gallery to listen at (“listen”)."
        case .certificate: "Name a chain and its key, both PEM (“certificate” and “key”)."
        }
    }
}

extension GallerySettings {
    /// Reads the certificate, where there is one.
    ///
    /// - Throws: ``GalleryServerError``, before somebody listens.
    package func checkCertificate() throws(GalleryServerError) {
        if let certificate { _ = try TLSConfiguration(certificate: certificate) }
    }
}

extension TLSConfiguration {
    init(certificate: (chain: String, key: String)) throws(GalleryServerError) {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate.chain).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: certificate.key, format: .pem)
            self = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            minimumTLSVersion = .tlsv12
        } catch {
            throw .certificate(certificate.chain, reason: "\(error)")
        }
    }
}
