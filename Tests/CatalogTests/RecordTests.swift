import Care
import Catalog
import Foundation
import Storage
import Testing
import Vocabulary

@Suite struct `What a catalog tells` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    private func keys(_ value: some Encodable) throws -> Set<String> {
        let object = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(value)) as? [String: Any]
        return Set(try #require(object).keys)
    }

    private func catalog() async throws -> Catalog {
        let writer = try await archive.open()
        for number in 0..<3 { try await writer.store(number, print: 7) }
        try await writer.record(.cap, "near the cap", slots: 3..<5)
        let reading = UsageReading(
            readAt: .start, total: ByteCount(5), monthlyCap: ByteCount(300), resetIn: .seconds(86_400))
        try await writer.recordUsage(reading, camera: .printer, received: ByteCount(3), proxied: .zero, captures: 1)
        try await writer.close()
        return try Catalog.open(at: archive.path)
    }

    @Test func `has the keys that are promised, in JSON`() async throws {
        let catalog = try await catalog()
        let frame = try #require(try await catalog.frame(FrameID(1)))
        let run = try #require(try await catalog.timeline().first)
        let frameKeys = try keys(frame)
        #expect(
            frameKeys == [
                "id", "camera", "captured_at", "taken_at", "last_seen_at", "seen", "width", "height", "bytes", "sha256",
                "perceptual_hash", "print", "variant", "source", "excluded", "pinned", "progress", "printer_state",
                "prediction", "brightness", "sharpness", "change", "changed_percent", "note", "damaged_at",
                "suspect", "suspect_place",
            ])
        let runKeys = try keys(run)
        #expect(runKeys == ["camera", "outcome", "detail", "from", "until", "slots", "bytes", "frame", "removed"])
        let reportKeys = try keys(try await catalog.verify())
        #expect(
            reportKeys == [
                "frames_checked", "bytes_checked", "damaged", "suspect", "quarantined", "ledger_ok", "ok", "problems",
                "pictures_passed_over", "unfinished_packs", "unread",
            ])
        let statisticsKeys = try keys(try await catalog.statistics())
        #expect(
            statisticsKeys == [
                "frames", "bytes", "removed", "stored_bytes", "compacted_bytes", "offloaded_pictures",
                "offloaded_bytes", "duplicates", "bytes_saved",
                "received",
                "slots", "rejections", "suspects", "hours", "days", "cameras", "prints",
            ])
    }

    @Test func `gives times as text in UTC`() async throws {
        let frame = try #require(try await catalog().frame(FrameID(1)))
        let text = String(decoding: try JSONEncoder().encode(frame), as: UTF8.self)
        #expect(text.contains(#""captured_at":"2027-01-15T08:00:00.000Z""#))
        #expect(text.contains(#""taken_at":null"#))
        #expect(text.contains(#""sha256":"\#(frame.sha256)""#))
    }

    @Test func `has the cameras with how they did last`() async throws {
        let cameras = try await catalog().cameras()
        #expect(cameras.map(\.name) == [.printer])
        #expect(cameras.first?.lastFrame?.id == FrameID(3))
        #expect(cameras.first?.lastRun?.outcome == .cap)
    }

    @Test func `has the prints with their frames`() async throws {
        let catalog = try await catalog()
        let prints = try await catalog.prints()
        #expect(prints.map(\.number) == [7])
        #expect(prints.first?.frames == 3)
        #expect(prints.first?.firstCapturedAt == .start)
        #expect(prints.first?.lastCapturedAt == .start + .seconds(20))
        #expect(try await catalog.prints(PrintQuery(camera: .other)) == [])
        #expect(try await catalog.prints(PrintQuery(limit: 0)) == [])
    }

    @Test func `has the usage readings`() async throws {
        let readings = try await catalog().usageReadings(camera: .printer)
        #expect(readings.map(\.reading.monthlyCap) == [ByteCount(300)])
        #expect(readings.map(\.reading.resetAt) == [.start + .seconds(86_400)])
    }

    @Test func `is in the views as well`() async throws {
        let frame = try #require(try await catalog().frame(FrameID(2)))
        let row = try archive.sqlite(
            "SELECT camera, captured_at, sha256, perceptual_hash, print, captured_ms FROM frame_view WHERE id = 2;")
        #expect(
            row == """
                printer|\(frame.capturedAt)|\(frame.sha256)|\(frame.perceptualHash)|1|\(frame.capturedAt.milliseconds)

                """)
        let gaps = try archive.sqlite("SELECT outcome, detail, slots, until_at FROM timeline_view WHERE gap;")
        #expect(gaps == "cap|near the cap|2|2027-01-15T08:00:50.000Z\n")
        #expect(try archive.sqlite("SELECT number, frames FROM print_view;") == "7|3\n")
    }

    @Test(arguments: [0, 1, 499, 500, 501, 999])
    func `has its milliseconds in the views`(milliseconds: Int64) async throws {
        try await archive.open().close()
        let instant = Timestamp.start + .milliseconds(milliseconds)
        let text = try archive.sqlite(
            "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', \(instant.milliseconds) / 1000.0, 'unixepoch');")
        #expect(text == "\(instant)\n")
    }
}
