import Foundation
import Testing

@testable import Vocabulary

@Suite(.timeLimit(.minutes(1))) struct `A plain file` {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "plain-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    @Test func `is read as a whole, also through a link`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = String(repeating: "0123456789", count: 20_000)
        try text.write(toFile: path("file"), atomically: false, encoding: .utf8)
        chmod(path("file"), 0o640)
        try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path("file"))
        let file = try #require(try PlainFile(at: path("link"), atMost: 200_000))
        #expect(file.bytes == Array(text.utf8) && file.mode == 0o640 && file.owner == geteuid())
        #expect(throws: PlainFileProblem.self) { try PlainFile(at: path("link"), atMost: 199_999) }
        #expect(try PlainFile(at: path("nothing"), atMost: 1)?.bytes == nil)
    }

    /// A pipe without a writer, one with a writer who says nothing, devices that wait or never end.
    @Test func `is neither a pipe nor a device nor a folder, and none of them is waited for`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["lonely", "silent"] { #expect(mkfifo(path(name), 0o600) == 0) }
        let writer = open(path("silent"), O_RDWR)
        defer { close(writer) }
        for name in [path("lonely"), path("silent"), "/dev/zero", "/dev/full", "/dev/ptmx", folder.path] {
            #expect(throws: PlainFileProblem.notPlain) { try PlainFile(at: name, atMost: 1000) }
        }
    }
}
