import Foundation

/// The user's web browser, where this process can reach one.
enum WebBrowser {
    /// Asks the desktop to show an address; whatever comes of it, the address stands on the terminal too.
    ///
    /// - Returns: whether a browser was asked for.
    static func open(_ address: String) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        let hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0]?.isEmpty == false }
        guard hasDisplay, let opener = program("xdg-open", in: environment["PATH"] ?? "") else { return false }
        let process = Process()
        process.executableURL = URL(filePath: opener)
        process.arguments = [address]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            return true
        } catch {
            return false
        }
    }

    private static func program(_ name: String, in path: String) -> String? {
        path.split(separator: ":").map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
