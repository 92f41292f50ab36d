package import Vocabulary

/// How a gallery is served.
package struct GallerySettings: Sendable {
    /// Where it listens.
    package var address = GalleryAddress.standard
    /// Whether visitors may mark frames, and make and delete timelapses.
    package var allowsChanges = false
    /// What a visitor must know; `nil` where everybody who reaches it may look.
    package var password: PasswordHash?
    /// The header in which a proxy names whom it has let in, where one does that.
    package var proxyHeader: String?
    /// Names besides its own under which it may be asked for.
    package var hosts: [String] = []
    /// The files of a certificate and of its key, PEM.
    package var certificate: (chain: String, key: String)?
    /// The most that is kept of small pictures, in memory.
    package var cacheSize = GalleryRules().cacheSize
    /// Whether metrics and a sign of life are served beside the pages, to everybody who reaches them.
    package var servesMetrics = false
    /// Where the pages' files are read at each request, in place of those in the program: for who works on them.
    package var assetsFolder: String?

    /// Told what went wrong that a visitor is not told.
    package var onTrouble: @Sendable (String) -> Void = { _ in }

    package init() {}

    /// - Parameter password: what the rules' file says, which whoever has the file reads.
    package init(_ rules: GalleryRules, password: PasswordHash?) {
        (address, allowsChanges, self.password) = (rules.address, rules.allowsChanges, password)
        (proxyHeader, hosts, cacheSize) = (rules.proxyHeader, rules.hosts, rules.cacheSize)
        servesMetrics = rules.servesMetrics
        if let certificate = rules.certificate, let key = rules.key { self.certificate = (certificate, key) }
    }
}
