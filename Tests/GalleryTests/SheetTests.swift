import Archive
import Foundation
import HTTPTypes
import NIOCore
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `A sheet` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// The level whose sheets are 64 × 16 s long.
    private static let level = 6
    private static let step = TimeCells.step(of: level)
    private static let index = Timestamp.start.milliseconds / (step * 64)

    /// The first slot in the sheet's time.
    private static let first = Int((index * step * 64 - Timestamp.start.milliseconds) / 10_000) + 1

    /// Frames 10 s apart from the sheet's beginning on: 5–19 and 40–60, and of the other camera one.
    private func fill(_ change: (Int) -> Shot = { Shot(light: $0) }) async throws {
        let writer = try await archive.open()
        let first = Self.first
        for number in Array(5..<20) + Array(40..<61) { try await writer.store(first + number, change(number)) }
        try await writer.store(first + 7, Shot(light: 100), camera: .other)
        try await writer.close()
    }

    private func path(_ query: String = "", camera: String = "printer") -> String {
        "cameras/\(camera)/sheets/\(Self.level)/\(Self.index)\(query)"
    }

    @Test(arguments: [80, 160, 320])
    func `shows in each cell the newest frame before its end`(width: Int) async throws {
        try await fill()
        let gallery = try archive.gallery()
        let answer = try await gallery.ask(path("?width=\(width)"))
        #expect(answer.status == 200)
        let (size, pixels) = try decoded(answer.bytes)
        let cell = PixelSize(width: width, height: width * 3 / 4)
        #expect(size == PixelSize(width: cell.width * 8, height: cell.height * 8))
        let frames = try await gallery.catalog.frames(FrameQuery(camera: .printer))
        for place in 0..<64 {
            let end = (Self.index * 64 + Int64(place) + 1) * Self.step
            let shown = pixels.part(x: place % 8 * cell.width, y: place / 8 * cell.height, cell)
            guard let frame = frames.last(where: { $0.capturedAt.milliseconds < end }) else {
                #expect(shown.meanDifference(to: Pixels(black: cell)) < 2, "cell \(place)")
                continue
            }
            let jpeg = try await gallery.catalog.picture(of: frame)
            let full = try #require(Pixels(decoding: jpeg, of: frame.size, eighths: 8))
            #expect(shown.meanDifference(to: full.scaled(to: cell)) < 5, "cell \(place)")
        }
    }

    @Test func `is the same as long as its frames are, and kept`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let first = try await gallery.ask(path())
        let tag = try #require(first.headers[.eTag])
        #expect(first.headers[.cacheControl] == "private, max-age=86400")
        #expect(try await gallery.ask(path(), [.ifNoneMatch: tag]).status == 304)
        #expect(gallery.pictures.kept(tag) == first.bytes)
        let writer = try await archive.open()
        try await writer.store(Self.first + 70, Shot(light: 9))
        try await writer.close()
        let later = try await gallery.ask(path())
        #expect(later.headers[.eTag] != tag)
        #expect(try await gallery.ask(path("?width=80")).headers[.eTag] != later.headers[.eTag])
    }

    @Test func `leaves damaged frames black, and says nothing`() async throws {
        try await fill()
        try archive.sqlite("UPDATE picture_content SET jpeg = zeroblob(999)")
        let (_, pixels) = try decoded(try await archive.gallery().ask(path()).bytes)
        #expect(pixels.meanDifference(to: Pixels(black: pixels.size)) < 1)
    }

    @Test func `fits pictures of another shape into its cells`() async throws {
        try await fill {
            Shot(size: $0 < 20 ? PixelSize(width: 120, height: 160) : PixelSize(width: 160, height: 120), light: 60)
        }
        let (size, pixels) = try decoded(try await archive.gallery().ask(path()).bytes)
        #expect(size == PixelSize(width: 160 * 8, height: 120 * 8))
        // The ninth cell has an upright picture, with black to both sides.
        let cell = pixels.part(x: 0, y: 120, PixelSize(width: 160, height: 120))
        #expect(cell[5, 60].red < 12 && cell[154, 60].red < 12)
        #expect(cell[80, 60].red > 60)
    }

    @Test func `refuses what is none`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        for (path, status) in [
            ("cameras/printer/sheets/35/0", 400), ("cameras/printer/sheets/0/256410000", 400),
            ("cameras/printer/sheets/x/0", 400), (path("?width=100"), 400), ("cameras/nobody/sheets/0/0", 404),
            // Farther than any time: the newest frame, as far as is known.
            ("cameras/printer/sheets/34/256409999", 200), ("cameras/printer/sheets/0/0", 200),
        ] {
            #expect(try await gallery.ask(path).status == status, "\(path)")
        }
        let empty = try TemporaryArchive()
        let writer = try await empty.open()
        try await writer.record(.offline, slots: 0..<3)
        try await writer.close()
        #expect(try await empty.gallery().ask("cameras/printer/sheets/6/0").status == 404)
    }

    @Test func `is not made for who has gone`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let answer = try await gallery.ask(path(), isHere: { false })
        #expect(answer.status == 503 || answer.status == 200)
        // Whoever stays gets it.
        #expect(try await gallery.ask(path()).status == 200)
    }
}
