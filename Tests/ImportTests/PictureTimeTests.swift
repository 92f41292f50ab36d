import Foundation
import Testing
import Vocabulary

@testable import Import

@Suite struct `A picture's time` {
    private let berlin = TimeZone(identifier: "Europe/Berlin")!

    private func civil(_ text: String) throws -> CivilTime {
        CivilTime(try Timestamp(parsing: text + "Z", now: .init(milliseconds: 0)))
    }

    private func instant(_ text: String) throws -> Timestamp {
        try Timestamp(parsing: text, now: .init(milliseconds: 0))
    }

    @Test func `is what the most trustworthy account says`() throws {
        var accounts = TimeAccounts(
            manifest: try instant("2026-11-23T10:00:00Z"), name: .wall(try civil("2026-11-23T12:00:00")),
            exif: .instant(try instant("2026-11-23T12:00:00Z")), file: .instant(try instant("2026-11-23T13:00:00Z")))
        #expect(PictureTime(accounts, zone: berlin)?.witness == .manifest)
        accounts.manifest = nil
        #expect(PictureTime(accounts, zone: berlin)?.witness == .nameLocal)
        #expect(PictureTime(accounts, zone: berlin)?.instant == (try instant("2026-11-23T11:00:00Z")))
        accounts.name = nil
        #expect(PictureTime(accounts, zone: berlin)?.witness == .exif)
        accounts.exif = .wall(try civil("2026-11-23T12:00:00"))
        #expect(PictureTime(accounts, zone: berlin)?.witness == .exifLocal)
        accounts.exif = nil
        #expect(PictureTime(accounts, zone: berlin)?.witness == .fileDate)
        accounts.file = .wall(try civil("2026-11-23T12:00:00"))
        #expect(PictureTime(accounts, zone: berlin)?.witness == .fileDateLocal)
        accounts.file = nil
        #expect(PictureTime(accounts, zone: berlin) == nil)
    }

    @Test func `goes on by the old offset in the hour that a change of clocks skips`() throws {
        let wall = WallTime(try civil("2026-03-29T02:30:00"), in: berlin)
        #expect(wall.first == (try instant("2026-03-29T02:30:00+01:00")))
        #expect(wall.second == nil)
    }

    @Test(arguments: [
        ("2026-10-25T00:31:00Z", "2026-10-25T02:30:00+02:00"), ("2026-10-25T01:31:00Z", "2026-10-25T02:30:00+01:00"),
        // A copy's date tells nothing.
        ("2026-12-01T00:00:00Z", "2026-10-25T02:30:00+02:00"),
    ])
    func `is told by the file's date in the hour that is repeated`(file: String, expected: String) throws {
        let accounts = TimeAccounts(name: .wall(try civil("2026-10-25T02:30:00")), file: .instant(try instant(file)))
        #expect(PictureTime(accounts, zone: berlin)?.instant == (try instant(expected)))
    }

    @Test(arguments: ["2026-03-29T01:59:59", "2026-03-29T03:00:00", "2026-10-25T01:59:59", "2026-10-25T03:00:00"])
    func `is unambiguous right before and after a change`(text: String) throws {
        let wall = WallTime(try civil(text), in: berlin)
        #expect(wall.second == nil)
        let shown =
            wall.first
            + .seconds(berlin.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wall.first.milliseconds) / 1000)))
        #expect(CivilTime(shown) == (try civil(text)))
    }
}
