public import Vocabulary

/// How its owner wants a gallery served, however he says it: see ``GalleryOption``.
public struct GalleryRules: Hashable, Sendable {
    /// Where it listens.
    public var address = GalleryAddress.standard
    /// Whether visitors may mark frames, and make and delete timelapses.
    public var allowsChanges = false
    /// The file that knows the password; `nil` for the one that `serve --set-password` writes.
    public var passwordFile: String?
    /// The header in which a proxy names whom it has let in.
    public var proxyHeader: String?
    /// Names besides its own under which it may be asked for.
    public var hosts: [String] = []
    /// The files of a certificate's chain and of its key, PEM; both or none.
    public var certificate: String?
    public var key: String?
    /// The most that is kept of small pictures, in memory.
    public var cacheSize = ByteCount(64 << 20)
    /// The folder in which timelapses are made; `nil` for one beside the archive.
    public var timelapsesFolder: String?

    public init() {}

    /// - Throws: where what is said does not go together.
    public func check() throws(GalleryOptionError) {
        if certificate != nil, key == nil {
            throw GalleryOptionError(.certificate, "the certificate is there without its key", hint: "Name both.")
        }
        if key != nil, certificate == nil {
            throw GalleryOptionError(.key, "the key is there without its certificate", hint: "Name both.")
        }
    }
}

/// Where the words of a ``GalleryOption`` do not fit.
public struct GalleryOptionError: ExplainedError, Hashable {
    public let option: GalleryOption
    public let description: String
    public let hint: String

    public var label: String { "gallery" }

    init(_ option: GalleryOption, _ description: String, hint: String) {
        (self.option, self.description, self.hint) = (option, description, hint)
    }
}
