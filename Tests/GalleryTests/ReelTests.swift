import Archive
import Care
import Foundation
import GRDB
import Storage
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `The reel` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Frames of two cameras that alternate, two prints, marks of each kind, and frames that were removed.
    private func fill() async throws {
        let writer = try await archive.open()
        for number in 0..<40 {
            try await writer.store(number, camera: number % 3 == 0 ? .other : .printer, print: number < 20 ? 1 : nil)
        }
        try await writer.mark(.captured(camera: nil, since: .slot(4), until: .slot(8)), .excluded(true))
        try await writer.mark(.captured(camera: .printer, since: .slot(10), until: .slot(12)), .pinned(true))
        try await writer.mark(.numbers([FrameID(15)...FrameID(15)]), .note(try Note("odd")))
        try await writer.close()
        try archive.sqlite(
            """
            UPDATE frame SET damaged_at = 5 WHERE id IN (18, 20, 22); UPDATE frame SET suspect = 'seam' WHERE id IN (24, 30);
            UPDATE frame SET suspect = 'no_eoi' WHERE id = 27; DELETE FROM frame WHERE id IN (2, 33);
            """)
    }

    private struct Played: Equatable {
        var ids: [Int] = []
        var times: [Int] = []
        var marks: [String: [Int]] = [:]
    }

    private static let marks = ["suspect", "damaged", "excluded", "pinned", "noted"]

    /// All pages, with the marks by frames' numbers.
    private func played(_ gallery: Gallery, _ query: String, limit: Int) async throws -> Played {
        var (played, after) = (Played(), String?.none)
        repeat {
            var path = "reel?\(query)&limit=\(limit)"
            if let after {
                path += "&after=" + (after.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            }
            let answer = try await gallery.ask(path)
            #expect(answer.status == 200)
            var (id, time) = (
                try answer.json["first_id"] as? Int ?? 0,
                try Timestamp(apiText: answer.json["first_at"] as? String ?? "").map { Int($0.milliseconds) } ?? 0
            )
            var page: [Int] = []
            for (number, difference) in zip(try answer.numbers("ids"), try answer.numbers("times")) {
                (id, time) = (id + number, time + difference)
                page.append(id)
                played.times.append(time)
            }
            played.ids += page
            for mark in Self.marks { played.marks[mark, default: []] += try answer.numbers(mark).map { page[$0] } }
            after = try answer.json["next"] as? String
        } while after != nil && played.ids.count < 1000
        return played
    }

    @Test(arguments: [1, 7, 1000])
    func `has every frame with its marks, however it is paged`(limit: Int) async throws {
        try await fill()
        let gallery = try archive.gallery()
        for (query, asked) in [
            ("camera=printer", FrameQuery(camera: .printer)), ("camera=other", FrameQuery(camera: .other)),
            ("print=1", FrameQuery(print: 1)),
            (
                "camera=printer&since=\(Timestamp.slot(5))&until=\(Timestamp.slot(31))",
                FrameQuery(camera: .printer, since: .slot(5), until: .slot(31))
            ),
            ("camera=printer&since=2030-01-01T00:00:00.000Z", FrameQuery(camera: .printer, since: .slot(100_000_000))),
        ] {
            let frames = try await gallery.catalog.frames(asked)
            let played = try await played(gallery, query, limit: limit)
            func numbers(_ isMarked: (ArchivedFrame) -> Bool) -> [Int] {
                frames.filter(isMarked).map { Int($0.id.number) }
            }
            #expect(played.ids == numbers { _ in true }, "\(query)")
            #expect(played.times == frames.map { Int($0.capturedAt.milliseconds) })
            #expect(played.marks["excluded"] == numbers(\.excluded))
            #expect(played.marks["pinned"] == numbers(\.pinned))
            #expect(played.marks["noted"] == numbers { $0.note != nil })
            #expect(played.marks["damaged"] == numbers { $0.damagedAt != nil })
            #expect(played.marks["suspect"] == numbers { $0.suspicion?.kind.isDoubtful == true })
            let total = try await gallery.ask("reel?\(query)&limit=\(limit)").json["total"] as? Int
            #expect(total == frames.count)
        }
    }

    @Test func `asks one index for numbers and times`() async throws {
        try await fill()
        let catalog = try Catalog.open(at: archive.path)
        let steps = try await catalog.pool.read { database in
            let (selection, arguments) = ReelQuery(of: .camera(.printer), since: .slot(3), limit: 5).frames
                .frameSelection
            return try Row.plan("SELECT frame.captured_at, frame.id \(selection)", arguments, database)
        }
        #expect(steps.contains { $0.contains("USING COVERING INDEX frame_by_camera") }, "\(steps)")
    }
}
