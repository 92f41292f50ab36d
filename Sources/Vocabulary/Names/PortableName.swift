/// The name of a file or folder that Windows, exFAT and SMB shares take as well.
package struct PortableName: Hashable, Sendable {
    package let text: String

    /// Devices of DOS, in upper case, which Windows opens in every folder, whatever ending follows
    /// (“Naming Files, Paths, and Namespaces”).
    private static let devices: Set<String> = {
        let numbered = ["COM", "LPT"].flatMap { device in "123456789¹²³".map { device + String($0) } }
        return Set(["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"] + numbered)
    }()

    /// Letters and digits of any script, `.`, `-` and `_` stay; all else becomes `_`: spaces trip scripts, and `: * ?
    /// " < > |` are not possible on every file system. A device's name gets a `_`, and so does what ends in a dot, which Windows drops.
    package init(_ name: some StringProtocol) {
        let plain = String(name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" })
        self.init(mending: plain)
    }

    /// For people to read: spaces stay, and what is not possible on every file system, or means a field in a template, becomes
    /// one. It begins with no dot, which would hide it, and with no hyphen, which looks like an option.
    ///
    /// - Parameter longest: in characters.
    package init(readable name: String, atMost longest: Int = 100) {
        let plain = name.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control || "/\\:*?\"<>|%{}".unicodeScalars.contains(scalar)
                ? " " : String(scalar)
        }.joined().split(separator: " ").joined(separator: " ")
        let shown = plain.first.map { ".-".contains($0) } ?? false ? "_" + plain : plain
        self.init(mending: String(shown.prefix(longest)))
    }

    /// Changes nothing but a device's name, and dots and spaces at the end.
    package init(mending name: String) {
        var name = name
        if name.last == "." || name.last == " " { name += "_" }
        if Self.isDevice(name) {
            let end = name.firstIndex(of: ".") ?? name.endIndex
            name.insert("_", at: end)
        }
        text = name
    }

    /// Whether a name is a device's on Windows.
    package static func isDevice(_ name: some StringProtocol) -> Bool {
        var stem = name.prefix { $0 != "." }
        while stem.last == " " { stem.removeLast() }
        return devices.contains(stem.uppercased())
    }
}
