/// The names under which the gallery may be asked for. A page elsewhere that gives its own name our address (DNS rebinding) is
/// not among them.
struct HostList: Sendable {
    private let names: Set<String>

    /// Addresses are always right: a name is needed for rebinding.
    init(_ settings: GallerySettings) {
        names = Set(["localhost", settings.address.host.lowercased()] + settings.hosts.map { $0.lowercased() })
    }

    /// - Parameter authority: the `Host` header: a name or address, with or without a port.
    func allows(_ authority: String?) -> Bool {
        guard let authority, let host = Self.host(of: authority) else { return false }
        return names.contains(host) || Self.isAddress(host)
    }

    private static func host(of authority: String) -> String? {
        let text = authority.lowercased()
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            return isPort(text[text.index(after: end)...])
                ? String(text[text.index(after: text.startIndex)..<end]) : nil
        }
        guard let colon = text.firstIndex(of: ":") else { return text.isEmpty ? nil : text }
        return isPort(text[colon...]) ? String(text[..<colon]) : nil
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || (text.hasPrefix(":") && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    private static func isAddress(_ host: String) -> Bool {
        if host.contains(":") { return host.utf8.allSatisfy { $0.isHexadecimal || $0 == 0x3a || $0 == 0x2e } }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x61...0x66).contains(self)
    }
}
