internal import Vocabulary

/// Where a server listens.
package struct GalleryAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, without brackets.
    package let host: String
    /// 0 takes a free one.
    package let port: Int

    package static let standard = GalleryAddress(host: "127.0.0.1", port: 8484)

    package init(host: String, port: Int) { (self.host, self.port) = (host, port) }

    /// Reads `8484`, `0.0.0.0:8484`, `[::1]:8484` or `workshop.local`; `nil` for what is none.
    package init?(_ text: String) {
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
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
    }

    /// As a browser on this machine finds it.
    package var forBrowsers: GalleryAddress {
        ["0.0.0.0", "::"].contains(host) ? GalleryAddress(host: "localhost", port: port) : self
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
