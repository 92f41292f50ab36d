/// The name of a file or folder that Windows, exFAT and SMB shares take as well.
struct PortableName: Hashable, Sendable {
    let text: String

    /// Devices of DOS, in upper case, which Windows opens in every folder, whatever ending follows
    /// (“Naming Files, Paths, and Namespaces”).
    private static let devices: Set<String> = {
        let numbered = ["COM", "LPT"].flatMap { device in "123456789¹²³".map { device + String($0) } }
        return Set(["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"] + numbered)
    }()

    /// Letters and digits of any script, `.`, `-` and `_` stay; all else becomes `_`: spaces trip scripts, and `: * ?
    /// " < > |` are not possible on every file system. A device's name gets a `_`, and so does what ends in a dot, which Windows drops.
    init(_ name: some StringProtocol) {
        let plain = String(name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" })
        self.init(mending: plain)
    }

    /// Changes nothing but a device's name, and dots and spaces at the end.
    init(mending name: String) {
        var name = name
        if name.last == "." || name.last == " " { name += "_" }
        if Self.isDevice(name) {
            let end = name.firstIndex(of: ".") ?? name.endIndex
            name.insert("_", at: end)
        }
        text = name
    }

    /// Whether a name is a device's on Windows.
    static func isDevice(_ name: some StringProtocol) -> Bool {
        var stem = name.prefix { $0 != "." }
        while stem.last == " " { stem.removeLast() }
        return devices.contains(stem.uppercased())
    }
}
