import Archive
import Catalog
import Foundation
import NIOCore
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Gallery

/// What those who look at cameras are told, by the archive and a program that says how the cameras are.
@Suite struct `The news of cameras` {
    private let archive: TemporaryArchive
    private let program = StubProgram(cameras: [.printer, .other])

    init() throws { archive = try TemporaryArchive() }

    /// A watch at work, as its own loops have it, and what it has told.
    private struct Watch {
        let gallery: Gallery
        var frames = NewFrames()
        var cards = CardNews()
        let listener: News.Listener

        init(_ gallery: Gallery) throws {
            self.gallery = gallery
            listener = try #require(gallery.news.listen(after: nil))
        }

        mutating func look() async throws {
            let watch = NewsWatch(gallery: gallery)
            try await watch.tellFrames(&frames)
            try await watch.tellCameras(&cards)
        }

        /// The kinds of all that was told.
        func told() async -> [String] {
            gallery.news.end()
            return await listener.all().map(\.kind)
        }
    }

    private func card(_ outcome: String, _ frame: ArchivedFrame?, healthy: Bool = true, total: Int = 0) -> [CameraCard]
    {
        program.health.withLock { health in
            (health.outcome, health.isHealthy, health.total) = (outcome, healthy, total)
        }
        return [CameraCard(program.camera(.printer), frame: frame, shown: frame, machine: nil, print: nil)]
    }

    @Test func `tell of the frames of a print as frames alone`() async throws {
        let writer = try await archive.open()
        for camera in [CameraName.printer, .other] { try await writer.store(0, camera: camera, print: 1) }
        var watch = try Watch(archive.gallery(program: program))
        try await watch.look()
        for number in 1...4 {
            for camera in [CameraName.printer, .other] { try await writer.store(number, camera: camera, print: 1) }
            try await watch.look()
        }
        #expect(await watch.told() == Array(repeating: "frame", count: 8))
        try await writer.close()
    }

    @Test func `tell that a print has begun and that it is over`() async throws {
        let writer = try await archive.open()
        try await writer.store(0, print: 1)
        var watch = try Watch(archive.gallery(program: program))
        try await watch.look()
        try await writer.store(1, print: 2)
        try archive.sqlite("UPDATE print SET state = 'finished', ended_at = started_at + 1 WHERE id = 1")
        try await watch.look()
        try archive.sqlite("UPDATE print SET state = 'finished', ended_at = started_at + 1")
        try await watch.look()
        // The one that is over and the one that began; then that one's end.
        #expect(await watch.told() == ["frame", "print", "print", "camera", "print", "camera"])
        try await writer.close()
    }

    @Test func `tell at once that somebody has to do something`() {
        var news = CardNews()
        #expect(news.news(in: card("stored", nil), at: .start).isEmpty)
        #expect(news.news(in: card("timeout", nil), at: .start + .seconds(2)).count == 1)
        #expect(news.news(in: card("timeout", nil, healthy: false), at: .start + .seconds(4)).count == 1)
        #expect(news.news(in: card("timeout", nil, healthy: false), at: .start + .seconds(6)).isEmpty)
        #expect(news.news(in: card("stored", nil), at: .start + .seconds(8)).count == 1)
    }

    @Test func `tell of a camera that wavers no more often than every ten seconds, and how it is in the end`() {
        var news = CardNews()
        var told = 0
        for second in stride(from: 0, through: 100, by: 2) {
            let card = card(second % 4 == 0 ? "stored" : "timeout", nil)
            told += news.news(in: card, at: .start + .seconds(second)).count
        }
        #expect((8...11).contains(told))
        let last = card("rejected", nil)
        #expect(news.news(in: last, at: .start + .seconds(112)).count == 1)
    }

    @Test func `tell of repeats once nothing new was seen for a minute`() async throws {
        let writer = try await archive.open()
        let frame = try await writer.store(0)
        try await writer.close()
        var news = CardNews()
        _ = news.news(in: card("stored", frame), at: .start)
        #expect(news.news(in: card("duplicate", frame), at: .start + .seconds(30)).isEmpty)
        #expect(news.news(in: card("duplicate", frame), at: .start + .seconds(61)).count == 1)
    }

    @Test func `tell of the allowance by the percent`() {
        var news = CardNews()
        _ = news.news(in: card("stored", nil, total: 100_000), at: .start)
        #expect(news.news(in: card("stored", nil, total: 101_000), at: .start + .seconds(20)).isEmpty)
        #expect(news.news(in: card("stored", nil, total: 110_000), at: .start + .seconds(40)).count == 1)
    }

    @Test func `tell of frames that were stored just before somebody listened`() async throws {
        let writer = try await archive.open()
        try await writer.store(0)
        #expect(try await firstNews().isEmpty)
        let now = Timestamp.wallClock.milliseconds
        try archive.sqlite("UPDATE frame SET captured_at = \(now), last_seen_at = \(now)")
        #expect(try await firstNews().count == 1)
        try await writer.close()
    }

    private func firstNews() async throws -> [ArchivedFrame] {
        var frames = NewFrames()
        return try await frames.next(in: try archive.gallery().catalog)
    }

    @Test(arguments: [(0, 2000), (1, 2000), (25, 2000), (100, 8000), (1000, 10_000)])
    func `are looked for the more seldom the more cameras there are`(cameras: Int, milliseconds: Int) {
        #expect(NewsWatch.pause(of: cameras) == .milliseconds(milliseconds))
    }

    @Test func `tell how the archive is without its cameras, and only when it is another`() async throws {
        try await archive.open().close()
        let gallery = try archive.gallery(program: program)
        let listener = try #require(gallery.news.listen(after: nil))
        // As it was another time.
        var known: ByteBuffer? = ByteBuffer(string: "{}")
        try await NewsWatch(gallery: gallery).tellStatus(&known)
        try await NewsWatch(gallery: gallery).tellStatus(&known)
        gallery.news.end()
        #expect(await listener.all().map { String(buffer: $0.data) } == [#"{"healthy":true}"#])
    }
}
