import Archive
import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `When a region of the picture changed` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// A part on the bed at 80,60, until frame 40 takes it away; from frame 25 to 30 something is at 16,16.
    private func fill(_ count: Int = 60, encoding: TestEncoding = .baseline) async throws {
        let writer = try await archive.open()
        for number in 0..<count {
            var shot = Shot(seed: UInt64(number), encoding: encoding)
            if number < 40 { shot.patches.append(.init(x: 80, y: 56, width: 40, height: 40, contrast: -60)) }
            if (25..<30).contains(number) {
                shot.patches.append(.init(x: 16, y: 16, width: 32, height: 32, contrast: 80))
            }
            try await writer.store(number, shot)
        }
        try await writer.store(7, Shot(), camera: .other)
        try await writer.close()
    }

    private func search(_ region: String, mostEntries: Int = 1000) async throws -> ChangeSearch.Result {
        try await ChangeSearch(
            try Catalog.open(at: archive.path), camera: .printer, region: try #require(PictureRegion(region)),
            since: nil, until: nil, mostEntries: mostEntries
        ).result()
    }

    @Test(arguments: [
        TestEncoding.baseline, .grey, .progressive, TestEncoding(.rgb), TestEncoding(.cmyk), TestEncoding(.ycck),
    ])
    func `is found to the frame, in every kind of picture`(encoding: TestEncoding) async throws {
        try await fill(encoding: encoding)
        let part = try await search("72,48,56,56")
        #expect(part.frames == 60)
        #expect(part.forGood?.frame == FrameID(41))
        #expect(part.forGood?.beforeFrame == FrameID(40))
        #expect(part.forGood?.at == .slot(40))
        #expect(part.moments.map(\.frame) == [FrameID(41)])
        let passing = try await search("16,16,32,32")
        #expect(passing.forGood == nil)
        #expect(Set(passing.moments.map(\.frame)) == [FrameID(26), FrameID(31)])
        let nothing = try await search("0,96,24,24")
        #expect(nothing.moments.isEmpty && nothing.forGood == nil)
    }

    @Test func `is found where only each so-many-th frame is known at first`() async throws {
        try await fill()
        let part = try await search("72,48,56,56", mostEntries: 9)
        #expect(part.frames == 60)
        #expect(part.forGood?.frame == FrameID(41))
        #expect(part.forGood?.beforeFrame == FrameID(40))
    }

    /// What the picture shows as it stands: 240 × 160, and from frame 8 to 11, and from 14 on, something at 160,24.
    private func fill(orientation: PictureOrientation, only: Range<Int> = 0..<20) async throws {
        let back: PictureOrientation =
            switch orientation {
            case .clockwise: .counterclockwise
            case .counterclockwise: .clockwise
            default: orientation
            }
        let writer = try await archive.open()
        for number in 0..<20 {
            var shot = Shot(size: PixelSize(width: 240, height: 160), seed: UInt64(number))
            if (8..<11).contains(number) || number >= 14 {
                shot.patches.append(.init(x: 160, y: 24, width: 48, height: 32, contrast: 80))
            }
            var jpeg = shot.jpeg(comment: "\(number)")
            if only.contains(number) {
                let turned = try decoded(ByteBuffer(bytes: jpeg.bytes)).pixels.turned(back)
                jpeg = TestJPEG(Array(try #require(turned.jpeg(quality: 92)).readableBytesView))
                    .withExif(orientation: UInt8(orientation.rawValue))
            }
            try await writer.store(number, jpeg: jpeg)
        }
        try await writer.close()
    }

    @Test(arguments: PictureOrientation.allCases)
    func `is found where it is seen, however the camera hangs`(orientation: PictureOrientation) async throws {
        try await fill(orientation: orientation)
        let there = try await search("156,20,56,40")
        #expect(there.forGood?.frame == FrameID(15))
        #expect(Set(there.moments.map(\.frame)) == [FrameID(9), FrameID(12), FrameID(15)])
        for elsewhere in ["28,20,56,40", "156,100,56,40", "28,100,56,40"] {
            let nothing = try await search(elsewhere)
            #expect(nothing.moments.isEmpty && nothing.forGood == nil, "\(elsewhere)")
        }
        // The picture is as large as it stands, and no larger.
        _ = try await search("200,120,40,40")
        await #expect(throws: PictureRegionError.self) { try await search("210,120,40,40") }
        let gallery = try archive.gallery()
        #expect(try await gallery.ask("cameras/printer/when?region=200,120,40,40").status == 200)
        #expect(try await gallery.ask("cameras/printer/when?region=210,120,40,40").status == 400)
    }

    @Test(arguments: PictureOrientation.allCases)
    func `is no camera that was turned and says so`(orientation: PictureOrientation) async throws {
        try await fill(orientation: orientation, only: 5..<20)
        let there = try await search("156,20,56,40")
        #expect(Set(there.moments.map(\.frame)) == [FrameID(9), FrameID(12), FrameID(15)])
    }

    @Test func `is looked for in the time that is asked for`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let answer = try await gallery.ask(
            "cameras/printer/when?region=72,48,56,56&since=\(Timestamp.slot(10))&until=\(Timestamp.slot(35))")
        let last = try lines(answer).last ?? [:]
        #expect(last["kind"] as? String == "result")
        #expect(last["frames"] as? Int == 25)
        #expect((last["moments"] as? [Any])?.isEmpty == true)
        #expect(last["for_good"] is NSNull)
    }

    private func lines(_ answer: Answer) throws -> [[String: Any]] {
        try String(buffer: answer.bytes).split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
    }

    @Test func `is told in lines, the curve with them`() async throws {
        try await fill()
        let answer = try await archive.gallery().ask("cameras/printer/when?region=72,48,56,56")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/x-ndjson")
        let lines = try lines(answer)
        #expect(lines.map { $0["kind"] as? String }.suffix(3) == ["progress", "curve", "result"])
        let curve = try #require(lines.last { $0["kind"] as? String == "curve" })
        let (times, changes) = (try #require(curve["times"] as? [Int]), try #require(curve["changes"] as? [Int]))
        #expect(times == (1..<60).map { Int(Timestamp.slot($0).milliseconds) })
        #expect(changes.firstIndex(of: changes.max() ?? 0) == 39)
        let moment = try #require(lines.last?["for_good"] as? [String: Any])
        #expect(Set(moment.keys) == ["at", "frame", "before_frame", "change"])
    }

    @Test(arguments: [
        ("region=1,2,3", 400), ("region=150,0,20,20", 400), ("", 400), ("region=0,0,0,5", 400),
        ("region=0,0,5,5x", 400),
        ("region=0,0,160,120", 200),
    ])
    func `refuses a region that is in no picture`(query: String, status: Int) async throws {
        try await fill(3)
        #expect(try await archive.gallery().ask("cameras/printer/when?\(query)").status == status)
    }

    @Test func `passes over damaged pictures`() async throws {
        try await fill()
        try archive.sqlite("UPDATE picture_content SET jpeg = zeroblob(999) WHERE id IN (41, 10, 11)")
        let part = try await search("72,48,56,56")
        #expect(part.forGood?.frame == FrameID(42))
        #expect(part.forGood?.beforeFrame == FrameID(40))
    }

    @Test func `is asked for by two at once, and no more`() async throws {
        try await fill(3)
        let gallery = try archive.gallery()
        var turns = [gallery.searches.turn(), gallery.searches.turn()]
        #expect(turns.allSatisfy { $0 != nil })
        let busy = try await gallery.ask("cameras/printer/when?region=0,0,8,8")
        #expect(busy.status == 503)
        #expect(busy.headers[.retryAfter] == "2")
        turns.removeAll()
        // Leave that is not used (HEAD) is given back, too.
        for _ in 0..<4 {
            #expect(try await gallery.ask("cameras/printer/when?region=0,0,8,8", method: .head).status == 200)
        }
        #expect(try await gallery.ask("cameras/printer/when?region=0,0,8,8").status == 200)
    }

    @Test func `is not told to who has gone`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let isGone = Flag()
        do {
            let response = await gallery.response(to: "cameras/printer/when?region=0,0,8,8") { !isGone.isUp }
            #expect(response.status == .ok)
            isGone.raise()
            let body = CollectedBody()
            await #expect(throws: CancellationError.self) { try await response.body.write(body) }
            #expect(body.bytes.readableBytes == 0)
        }
        // Both turns are free again.
        let turns = [gallery.searches.turn(), gallery.searches.turn()]
        #expect(turns.allSatisfy { $0 != nil })
    }

    @Test func `is looked for no longer once nobody reads`() async throws {
        try await fill()
        let search = ChangeSearch(
            try Catalog.open(at: archive.path), camera: .printer, region: try #require(PictureRegion("0,0,8,8")))
        let task = Task { try await search.result { _ in } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `reads a region and where it lies in pictures of other sizes`() throws {
        let region = try #require(PictureRegion("80,60,16,24"))
        #expect(region.description == "80,60,16,24")
        let drawn = PixelSize(width: 160, height: 120)
        #expect(region.blocks(in: drawn, drawnOn: drawn) == BlockRegion(columns: 10..<12, rows: 7..<11))
        let twice = PixelSize(width: 320, height: 240)
        #expect(region.blocks(in: twice, drawnOn: drawn) == BlockRegion(columns: 20..<24, rows: 15..<21))
        #expect(
            PictureRegion("99999,99999,1,1")?.blocks(in: drawn, drawnOn: PixelSize(width: 100_000, height: 100_000))
                .columns == 19..<20)
        for text in ["", "1,2,3,4,5", "-1,0,2,2", "0,0,0,1", "0,0,1,0", " 0,0,1,1", "0,0,1,123456"] {
            #expect(PictureRegion(text) == nil, "\(text)")
        }
    }
}

/// Something that has happened or not yet.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isUp: Bool { state.withLock(\.self) }

    func raise() { state.withLock { $0 = true } }
}
