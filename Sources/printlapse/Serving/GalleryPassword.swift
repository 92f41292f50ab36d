import Foundation
import Gallery
import Vocabulary

/// The gallery's password, as `$XDG_CONFIG_HOME/printlapse/gallery.password` knows it: a slow hash, readable by its owner alone.
struct GalleryPassword {
    let path: String

    /// - Parameter path: another file.
    init(at path: String? = nil) {
        self.path = path ?? folder("XDG_CONFIG_HOME", orHome: ".config") + "/printlapse/gallery.password"
    }

    private static let fewestCharacters = 8

    /// - Returns: `nil` where there is none.
    func read() throws -> PasswordHash? {
        let file: PlainFile?
        do { file = try PlainFile(at: path, atMost: 4096) } catch {
            throw CommandError(
                "\(path) cannot be read: \(error)", hint: "Make it readable for yourself.", status: .wrong)
        }
        guard let file else { return nil }
        let text = String(decoding: file.bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let hash = PasswordHash(text) else {
            throw CommandError(
                "\(path) holds no password", hint: "“printlapse serve --set-password” makes a new one.", status: .wrong)
        }
        return hash
    }

    func remove() throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw CommandError(
                "\(path) cannot be removed: \(String(cString: strerror(errno)))", hint: "Remove it by hand.",
                status: .wrong)
        }
    }

    /// At the terminal, or else a line of standard input.
    func ask() async throws {
        let password: String?
        if HiddenPrompt.isPossible {
            password = await HiddenPrompt.ask("The gallery's new password:", reading: Self.usable)
            if let password { try await Self.confirm(password) }
        } else {
            password = try readLine(strippingNewline: true).map(Self.usable)
        }
        guard let password else {
            throw CommandError("no password was given", hint: "Type one, or send it as a line to standard input.")
        }
        guard let hash = PasswordHash(of: password) else {
            throw CommandError("no hash could be made of it", hint: "Try again.", status: .wrong)
        }
        let parent = URL(filePath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
            atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let partial = path + "-new"
        unlink(partial)
        guard
            FileManager.default.createFile(
                atPath: partial, contents: Data("\(hash)\n".utf8), attributes: [.posixPermissions: 0o600]),
            rename(partial, path) == 0
        else {
            throw CommandError(
                "\(path) cannot be written: \(String(cString: strerror(errno)))", hint: "Make room or rights there.",
                status: .wrong)
        }
        StandardError.write("The gallery has a new password: “serve” from its next start on, a capture within seconds.")
    }

    /// What is typed unseen is typed twice, before nobody gets in.
    private static func confirm(_ password: String) async throws {
        let again = await HiddenPrompt.ask("The same once more:") { (text) throws(CommandError) -> String in text }
        guard again == password else {
            throw CommandError(
                "the two are not the same; nothing was changed", hint: "Run the command again.", status: .wrong)
        }
    }

    private static func usable(_ text: String) throws(CommandError) -> String {
        guard text.unicodeScalars.count >= fewestCharacters, text.utf8.count <= 1024 else {
            throw CommandError(
                "a password has at least \(fewestCharacters) characters", hint: "A few words are easy to remember.")
        }
        return text
    }
}
