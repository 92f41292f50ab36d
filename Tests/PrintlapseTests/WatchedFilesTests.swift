import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import printlapse

@Suite struct `Files that are watched` {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.url.appending(path: "file").path
        try write("old")
    }

    private func write(_ text: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// As if the file had been written long before it was read.
    private func files() -> WatchedFiles { WatchedFiles([path], readFrom: .wallClock + .seconds(60)) }

    @Test func `are no news as long as they stay as they are`() {
        var files = files()
        #expect(!files.haveNews())
    }

    @Test func `are news once when they are written, replaced or opened to their reader`() throws {
        var files = files()
        try write("another")
        #expect(files.haveNews() && !files.haveNews())
        let other = path + ".new"
        try "another".write(toFile: other, atomically: false, encoding: .utf8)
        #expect(rename(other, path) == 0)
        #expect(files.haveNews() && !files.haveNews())
        #expect(chmod(path, 0o600) == 0)
        #expect(files.haveNews() && !files.haveNews())
    }

    @Test func `are no news when they go, but when they come back`() throws {
        var files = files()
        try FileManager.default.removeItem(atPath: path)
        #expect(!files.haveNews())
        try write("old")
        #expect(files.haveNews())
    }

    @Test func `are news where they were written while they were read`() {
        var files = WatchedFiles([path], readFrom: .wallClock - .seconds(1))
        #expect(files.haveNews() && !files.haveNews())
    }
}
