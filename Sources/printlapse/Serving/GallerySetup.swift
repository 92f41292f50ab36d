import Gallery
import Vocabulary

/// How a gallery is to be served, with what its files say: somebody may listen now.
struct GallerySetup: Hashable, Sendable {
    let rules: GalleryRules
    let password: PasswordHash?
    /// A certificate that was renewed is another one.
    private let certificates: [FileState?]

    /// - Throws: ``CommandError`` or ``GalleryServerError`` where a file cannot be used, or where others could reach the gallery and
    ///   nothing keeps them out.
    init(_ rules: GalleryRules) throws {
        let store = GalleryPassword(at: rules.passwordFile)
        self.rules = rules
        password = try store.read()
        certificates = [rules.certificate, rules.key].map { $0.flatMap(FileState.init) }
        guard rules.passwordFile == nil || password != nil else {
            throw CommandError(
                "there is no password in \(store.path)",
                hint: "“printlapse serve --set-password --password-file FILE” writes one.")
        }
        guard rules.address.isLoopback || password != nil || rules.proxyHeader != nil else {
            throw CommandError(
                "\(rules.address.host) can be reached from other machines, and the gallery has no password",
                hint:
                    "“printlapse serve --set-password” gives it one; behind a proxy that lets people in, say --behind-proxy, or "
                    + "“behind_proxy” in a configuration."
            )
        }
        try settings.checkCertificate()
    }

    /// Those in which it stands how a gallery is served.
    static func files(of rules: GalleryRules) -> Set<String> {
        Set([GalleryPassword(at: rules.passwordFile).path, rules.certificate, rules.key].compactMap(\.self))
    }

    var settings: GallerySettings { GallerySettings(rules, password: password) }

    /// As a person opens it.
    func url(at address: GalleryAddress) -> String {
        "\(rules.certificate == nil ? "http" : "https")://\(address.forBrowsers)/"
    }

    /// What to tell who lets other machines reach it.
    var warning: String? {
        guard !rules.address.isLoopback, rules.certificate == nil else { return nil }
        return
            "Other machines reach it, and what they send, the password too, is not encrypted: a certificate and its key, or a "
            + "proxy, do that."
    }
}
