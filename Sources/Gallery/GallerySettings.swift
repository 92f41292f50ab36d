public import Vocabulary

/// How a gallery is served.
public struct GallerySettings: Sendable {
    /// Where it listens.
    public var address = GalleryAddress.standard
    /// Whether visitors may mark frames, and make and delete timelapses.
    public var allowsChanges = false
    /// What a visitor must know; `nil` where everybody who reaches it may look.
    public var password: PasswordHash?
    /// The header in which a proxy names whom it has let in, where one does that.
    public var proxyHeader: String?
    /// Names besides its own under which it may be asked for.
    public var hosts: [String] = []
    /// The files of a certificate and of its key, PEM.
    public var certificate: (chain: String, key: String)?
    /// The most that is kept of small pictures, in memory.
    public var cacheSize = GalleryRules().cacheSize
    /// Where the pages' files are read at each request, in place of those in the program: for who works on them.
    public var assetsFolder: String?

    /// Told what went wrong that a visitor is not told.
    public var onTrouble: @Sendable (String) -> Void = { _ in }

    public init() {}

    /// - Parameter password: what the rules' file says, which whoever has the file reads.
    public init(_ rules: GalleryRules, password: PasswordHash?) {
        (address, allowsChanges, self.password) = (rules.address, rules.allowsChanges, password)
        (proxyHeader, hosts, cacheSize) = (rules.proxyHeader, rules.hosts, rules.cacheSize)
        if let certificate = rules.certificate, let key = rules.key { self.certificate = (certificate, key) }
    }
}

/// Where a server listens.
public struct GalleryAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, without brackets.
    public let host: String
    /// 0 takes a free one.
    public let port: Int

    public static let standard = GalleryAddress(host: "127.0.0.1", port: 8484)

    public init(host: String, port: Int) { (self.host, self.port) = (host, port) }

    /// Reads `8484`, `0.0.0.0:8484`, `[::1]:8484` or `workshop.local`; `nil` for what is none.
    public init?(_ text: String) {
        if let port = Int(text), (0...65_535).contains(port) {
            self.init(host: Self.standard.host, port: port)
            return
        }
        var (host, rest) = (Substring(text), Substring())
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            (host, rest) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
        } else if let colon = text.lastIndex(of: ":") {
            (host, rest) = (text[..<colon], text[colon...])
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }) else {
            return nil
        }
        guard !rest.isEmpty else {
            self.init(host: String(host), port: Self.standard.port)
            return
        }
        guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()), (0...65_535).contains(port) else { return nil }
        self.init(host: String(host), port: port)
    }

    /// Whether only this machine reaches it.
    public var isLoopback: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
    }

    /// As a browser on this machine finds it.
    public var forBrowsers: GalleryAddress {
        ["0.0.0.0", "::"].contains(host) ? GalleryAddress(host: "localhost", port: port) : self
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
