package import Vocabulary

/// How its owner wants a gallery served, however he says it: see ``GalleryOption``.
package struct GalleryRules: Hashable, Sendable {
    /// Where it listens.
    package var address = GalleryAddress.standard
    /// Whether visitors may mark frames, and make and delete timelapses.
    package var allowsChanges = false
    /// The file that knows the password; `nil` for the one that `serve --set-password` writes.
    package var passwordFile: String?
    /// The header in which a proxy names whom it has let in.
    package var proxyHeader: String?
    /// Names besides its own under which it may be asked for.
    package var hosts: [String] = []
    /// The files of a certificate's chain and of its key, PEM; both or none.
    package var certificate: String?
    package var key: String?
    /// The most that is kept of small pictures, in memory.
    package var cacheSize = ByteCount(64 << 20)
    /// The folder in which timelapses are made; `nil` for one beside the archive.
    package var timelapsesFolder: String?
    /// Whether metrics and a sign of life are served beside the pages, to everybody who reaches them.
    package var servesMetrics = false

    package init() {}

    /// - Throws: where what is said does not go together.
    package func check() throws(GalleryOptionError) {
        if certificate != nil, key == nil {
            throw GalleryOptionError(.certificate, "the certificate is there without its key", hint: "Name both.")
        }
        if key != nil, certificate == nil {
            throw GalleryOptionError(.key, "the key is there without its certificate", hint: "Name both.")
        }
    }
}

/// Where the words of a ``GalleryOption`` do not fit.
package struct GalleryOptionError: ExplainedError, Hashable {
    package let option: GalleryOption
    package let description: String
    package let hint: String

    package var label: String { "gallery" }

    init(_ option: GalleryOption, _ description: String, hint: String) {
        (self.option, self.description, self.hint) = (option, description, hint)
    }
}
