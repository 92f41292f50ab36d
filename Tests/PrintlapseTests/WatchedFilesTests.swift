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

    /// What two looks say.
    private func twice(_ files: inout WatchedFiles) -> [Bool] { [files.haveNews(), files.haveNews()] }

    /// As if the file had been written long before it was read.
    private func files() -> WatchedFiles { WatchedFiles([path], readFrom: .wallClock + .seconds(60)) }

    @Test func `are no news as long as they stay as they are`() {
        var files = files()
        let news = files.haveNews()
        #expect(!news)
    }

    @Test func `are news once when they are written, replaced or opened to their reader`() throws {
        var files = files()
        try write("another")
        let news1 = twice(&files)
        #expect(news1 == [true, false])
        let other = path + ".new"
        try "another".write(toFile: other, atomically: false, encoding: .utf8)
        #expect(rename(other, path) == 0)
        let news2 = twice(&files)
        #expect(news2 == [true, false])
        #expect(chmod(path, 0o600) == 0)
        let news3 = twice(&files)
        #expect(news3 == [true, false])
    }

    @Test func `are no news when they go, but when they come back`() throws {
        var files = files()
        try FileManager.default.removeItem(atPath: path)
        let whenGone = twice(&files)
        try write("old")
        let whenBack = twice(&files)
        #expect(whenGone == [false, false] && whenBack == [true, false])
    }

    @Test func `are news where they were written while they were read`() {
        var files = WatchedFiles([path], readFrom: .wallClock - .seconds(1))
        let news4 = twice(&files)
        #expect(news4 == [true, false])
    }
}
