import Archive
import Care
import Foundation
import HTTPTypes
import NIOCore
import Storage
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `Lists and records` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Frames 0–29 of three prints, a gap, and two frames of another camera; frames 3 and 4 excluded, 5 pinned, 6 noted.
    private func fill() async throws {
        let writer = try await archive.open()
        for number in 0..<30 { try await writer.store(number, print: Int64(number / 12 + 1)) }
        try await writer.record(.offline, slots: 30..<35)
        for number in [2, 3] { try await writer.store(number, camera: .other) }
        try await writer.mark(.numbers([FrameID(4)...FrameID(5)]), .excluded(true))
        try await writer.mark(.numbers([FrameID(6)...FrameID(6)]), .pinned(true))
        try await writer.mark(.numbers([FrameID(7)...FrameID(7)]), .note(try Note("odd")))
        try await writer.close()
    }

    /// All pages of a list.
    private func pages(_ gallery: Gallery, _ path: String) async throws -> [[String: Any]] {
        var (items, after) = ([[String: Any]](), String?.none)
        repeat {
            var asked = path
            if let after {
                asked += "&after=" + (after.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            }
            let answer = try await gallery.ask(asked)
            #expect(answer.status == 200)
            items += try answer.items
            after = try answer.json["next"] as? String
        } while after != nil && items.count < 1000
        return items
    }

    /// As browsers write a query, and as others do.
    @Test(arguments: ["Prusa+MK4+%28left%29+%2B1%26", "Prusa%20MK4%20(left)%20%2B1%26"])
    func `are those of a camera of any name`(written: String) async throws {
        let name = try CameraName("Prusa MK4 (left) +1&")
        let writer = try await archive.open()
        for number in 0..<3 { try await writer.store(number, print: 1) }
        try await writer.store(3, camera: name, print: 2)
        try await writer.record(.offline, slots: 4..<9, camera: name)
        try await writer.close()
        let gallery = try archive.gallery()
        #expect(try await gallery.ask("frames?camera=\(written)").items.compactMap { $0["id"] as? Int } == [4])
        #expect(try await gallery.ask("reel?camera=\(written)").json["total"] as? Int == 1)
        #expect(try await gallery.ask("runs?camera=\(written)&gaps=true").items.count == 1)
        #expect(try await gallery.ask("prints?camera=\(written)&name=part+2").items.count == 1)
        #expect(try await gallery.ask("prints?name=part%2B2").items.isEmpty)
    }

    @Test func `come in pages that are all of the list`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let ids = try await gallery.catalog.frames(FrameQuery()).map { Int($0.id.number) }
        func numbers(_ path: String) async throws -> [Int] {
            try await pages(gallery, path).compactMap { $0["id"] as? Int }
        }
        #expect(try await numbers("frames?limit=7") == ids)
        #expect(try await numbers("frames?limit=7&order=newest") == ids.reversed())
        #expect(try await numbers("frames?limit=1&excluded=true") == [4, 5])
        #expect(try await numbers("frames?limit=10&pinned=true") == [6])
        #expect(try await numbers("frames?limit=10&noted=true") == [7])
        #expect(try await numbers("frames?limit=5&print=2") == Array(13...24))
        #expect(try await numbers("frames?limit=5&camera=other") == [31, 32])
        #expect(
            try await numbers("frames?limit=2&camera=printer&since=\(Timestamp.slot(3))&until=\(Timestamp.slot(6))")
                == [4, 5, 6])
        let runs = try await pages(gallery, "runs?limit=1")
        #expect(runs.map { $0["outcome"] as? String } == ["stored", "stored", "offline"])
        #expect(try await pages(gallery, "runs?limit=9&gaps=true").count == 1)
        #expect(try await pages(gallery, "runs?limit=9&camera=other&order=newest").count == 1)
    }

    @Test(arguments: [
        "frames?after=x", "runs?after=1/2", "prints?after=0", "prints?sort=size&after=7", "frames?limit=0",
        "frames?pinned=1", "frames?order=up", "prints?sort=best", "heat?year=1969", "heat?year=2026&zone=Nowhere/Land",
        "heat", "reel", "cameras/printer/at",
    ])
    func `refuse what cannot be`(path: String) async throws {
        try await fill()
        let answer = try await archive.gallery().ask(path)
        #expect(answer.status == 400)
        #expect(try answer.json["label"] as? String == "bad_request")
    }

    @Test(arguments: [
        "frames/99", "frames?camera=nobody", "frames?print=9", "prints/9", "reel?print=9", "reel?camera=other&print=1",
        "cameras/nobody/span", "stats?camera=nobody", "heat?year=2026&camera=nobody", "runs?camera=nobody",
        "prints?camera=nobody", "frames/99/picture",
    ])
    func `say where there is nothing of that name`(path: String) async throws {
        try await fill()
        #expect(try await archive.gallery().ask(path).status == 404)
    }

    @Test func `of prints have posters and every order`() async throws {
        try await fill()
        // The last frame of the first print is damaged, the one before it in doubt, the one before that whole but for its end.
        try archive.sqlite(
            """
            UPDATE frame SET damaged_at = 1 WHERE id = 12; UPDATE frame SET suspect = 'seam' WHERE id = 11;
            UPDATE frame SET suspect = 'no_eoi' WHERE id = 10; UPDATE print SET name = 'Anvil', ended_at = started_at + 5000000 WHERE id = 2;
            """)
        let gallery = try archive.gallery()
        let prints = try await pages(gallery, "prints?limit=1")
        #expect(prints.map { $0["id"] as? Int } == [3, 2, 1])
        #expect(prints.map { ($0["poster"] as? [String: Any])?["id"] as? Int } == [30, 24, 10])
        func order(_ sort: String) async throws -> [Int?] {
            try await pages(gallery, "prints?limit=1&sort=\(sort)").map { $0["id"] as? Int }
        }
        #expect(try await order("oldest") == [1, 2, 3])
        #expect(try await order("longest") == [2, 1, 3])
        #expect(try await order("frames") == [2, 1, 3])
        #expect(try await order("name") == [2, 1, 3])
        let bytes = prints.sorted {
            ($0["bytes"] as? Int ?? 0, $0["id"] as? Int ?? 0) > ($1["bytes"] as? Int ?? 0, $1["id"] as? Int ?? 0)
        }
        #expect(try await order("size") == bytes.map { $0["id"] as? Int })
        #expect(try await pages(gallery, "prints?name=anv").map { $0["id"] as? Int } == [2])
        #expect(try await pages(gallery, "prints?state=printing").isEmpty == false)
        let one = try await gallery.ask("prints/1")
        #expect(try one.json["frames"] as? Int == 12)
    }

    @Test func `count the frames of days in a zone's calendar`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let days = try await gallery.ask("heat?year=2026").numbers("frames")
        #expect(days.count == 365)
        #expect(days[14] == 32)
        // 08:00 UTC is 21:00 of the day before on Niue, and the same day in Berlin.
        #expect(try await gallery.ask("heat?year=2026&zone=Pacific/Niue").numbers("frames")[13] == 32)
        #expect(try await gallery.ask("heat?year=2026&zone=Europe/Berlin").numbers("frames")[14] == 32)
        #expect(
            try await gallery.ask("heat?year=2024&camera=other").numbers("frames") == Array(repeating: 0, count: 366))
        #expect(try await gallery.ask("heat?year=2026&camera=other").numbers("frames")[14] == 2)
    }

    @Test func `tell spans, instants, names and totals`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        #expect(try await gallery.ask("cameras/names").json["items"] as? [String] == ["other", "printer"])
        let span = try await gallery.ask("cameras/printer/span").json
        #expect(span["from"] as? String == "\(Timestamp.slot(0))")
        #expect(span["until"] as? String == "\(Timestamp.slot(35))")
        let shown = try await gallery.ask("cameras/printer/at?at=\(Timestamp.slot(33))").json
        #expect(shown["id"] as? Int == 30)
        #expect(shown["certain"] as? Bool == false)
        #expect((shown["gap"] as? [String: Any])?["outcome"] as? String == "offline")
        #expect(try await gallery.ask("cameras/printer/at?at=2020-01-01T00:00:00.000Z").status == 404)
        let stats = try await gallery.ask("stats").json
        #expect(stats["frames"] as? Int == 32)
        #expect((stats["slots"] as? [String: Int])?["offline"] == 5)
        #expect(stats["hours"] == nil && stats["cameras"] == nil)
        #expect(try await gallery.ask("stats?camera=other").json["frames"] as? Int == 2)
    }

    @Test func `are not sent again as long as they are the same`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        for path in ["frames?limit=3", "reel?camera=printer", "cameras/printer/span", "prints", "stats"] {
            let first = try await gallery.ask(path)
            let tag = try #require(first.headers[.eTag])
            let again = try await gallery.ask(path, [.ifNoneMatch: tag])
            #expect(again.status == 304 && again.bytes.readableBytes == 0, "\(path)")
        }
    }

    @Test func `are empty in an empty archive`() async throws {
        try await archive.open().close()
        let gallery = try archive.gallery()
        for path in ["frames", "runs", "prints", "cameras/names"] {
            #expect(try await gallery.ask(path).items.isEmpty, "\(path)")
        }
        let coverage = try await gallery.ask("coverage?since=\(Timestamp.slot(0))&until=\(Timestamp.slot(9))")
        #expect((try coverage.json["cameras"] as? [Any])?.isEmpty == true)
        #expect(try await gallery.ask("stats").json["frames"] as? Int == 0)
    }
}
