import Archive
import Foundation
import NIOCore
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `Timelapses that rules had made` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    private static func timelapse(
        _ subject: ArchivedTimelapse.Subject, slots: Range<Int>
    ) -> ArchivedTimelapse {
        ArchivedTimelapse(
            rule: "films", camera: .printer, subject: subject, since: .slot(slots.lowerBound),
            until: .slot(slots.upperBound), dueAt: .slot(slots.upperBound))
    }

    /// Twelve frames of print 1, and twelve of none, of which there is a film each; two that wait, one of which failed.
    private func fill(_ writer: FrameArchive) async throws {
        for number in 0..<24 { try await writer.store(number, print: number < 12 ? 1 : nil) }
        for (number, subject) in [ArchivedTimelapse.Subject.print(1), .period(.slot(12))].enumerated() {
            var made = try await writer.enter(
                Self.timelapse(subject, slots: number == 0 ? 0..<12 : 12..<24))
            let film = archive.folder("film \(number).mp4")
            try Data("film \(number)".utf8).write(to: URL(filePath: film))
            (made.state, made.madeAt, made.frames) = (.made, .slot(30 + number), 12)
            (made.files, made.length) = ([.init(path: film, bytes: 6)], .milliseconds(1500))
            try await writer.update(made)
        }
        _ = try await writer.enter(Self.timelapse(.rolling, slots: 0..<24))
        var failed = try await writer.enter(Self.timelapse(.period(.slot(0)), slots: 0..<6))
        (failed.attempts, failed.reason, failed.hint) = (1, "/home/me/films cannot be made", "make room")
        try await writer.update(failed)
        var sheet = try await writer.enter(Self.timelapse(.period(.slot(3)), slots: 3..<6))
        (sheet.state, sheet.madeAt, sheet.files) = (.made, .slot(40), [.init(path: "/tmp/sheet.png", bytes: 6)])
        try await writer.update(sheet)
    }

    @Test func `are listed with those that visitors had made, and play`() async throws {
        let writer = try await archive.open()
        try await fill(writer)
        let gallery = try archive.gallery()
        let items = try await gallery.ask("timelapses").items
        #expect(items.map { $0["id"] as? String } == ["rule-2", "rule-1", "rule-3", "rule-4"])
        #expect(items.map { $0["state"] as? String } == ["made", "made", "queued", "failed"])
        #expect(items.map { $0["name"] as? String } == ["film 1.mp4", "film 0.mp4", "films", "films"])
        #expect(items.allSatisfy { $0["rule"] as? String == "films" && $0["poster"] as? Bool == true })
        #expect(items[1]["print"] as? Int == 1)
        #expect(items[1]["duration"] as? Double == 1.5)
        #expect(items[3]["problem"] as? String == "films cannot be made.")

        let film = try await gallery.ask("timelapses/rule-1/file")
        #expect(film.status == 200)
        #expect(String(buffer: film.bytes) == "film 0")
        #expect(try await gallery.ask("timelapses/rule-2/poster?width=160").status == 200)
        #expect(try await gallery.ask("timelapses/rule-5/file").status == 404)
        #expect(try await gallery.ask("timelapses/rule-9").status == 404)
        try await writer.close()
    }

    @Test func `are told of as they change, once somebody knows them`() async throws {
        let writer = try await archive.open()
        try await fill(writer)
        let gallery = try archive.gallery()
        let listener = try #require(gallery.news.listen(after: nil))
        var known: [Int64: ArchivedTimelapse]?
        try await gallery.tellTimelapses(&known)
        _ = try await writer.update(timelapses: [3]) { $0.state = .making }
        try await gallery.tellTimelapses(&known)
        try await gallery.tellTimelapses(&known)
        gallery.news.end()
        var told: [String] = []
        for await events in listener.events { told += events.map { String(buffer: $0.data) } }
        #expect(told.count == 1)
        #expect(told.first?.contains(#""id":"rule-3""#) == true)
        #expect(told.first?.contains(#""state":"rendering""#) == true)
        try await writer.close()
    }
}
