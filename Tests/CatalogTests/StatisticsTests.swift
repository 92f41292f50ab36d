import Foundation
import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `Totals` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    private func at(_ slot: Int) -> Timestamp { .start + .seconds(10 * slot) }

    /// What a stretch has, counted frame by frame.
    private struct Count: Equatable {
        var cameras: [String: [Int64]] = [:]
        var hours: [Timestamp: [Int64]] = [:]
        var prints: [Int64: [Int64]] = [:]

        init(_ statistics: Statistics) {
            for camera in statistics.cameras where camera.frames > 0 {
                cameras[camera.camera] = [Int64(camera.frames), camera.bytes]
            }
            for hour in statistics.hours { hours[hour.hour] = [Int64(hour.frames), hour.bytes] }
            for print in statistics.prints { prints[print.print] = [Int64(print.frames), print.bytes] }
        }

        init(_ frames: [ArchivedFrame]) {
            for frame in frames {
                let hour = Timestamp(milliseconds: frame.capturedAt.milliseconds / 3_600_000 * 3_600_000)
                Self.add(frame, to: &cameras[frame.camera.text])
                Self.add(frame, to: &hours[hour])
                if let print = frame.print { Self.add(frame, to: &prints[print]) }
            }
        }

        private static func add(_ frame: ArchivedFrame, to count: inout [Int64]?) {
            count = [(count?[0] ?? 0) + 1, (count?[1] ?? 0) + frame.bytes.bytes]
        }
    }

    private func check(_ catalog: Catalog, _ camera: CameraName?, _ since: Timestamp?, _ until: Timestamp?) async throws
    {
        let frames = try await catalog.frames(FrameQuery(camera: camera, since: since, until: until))
        let statistics = try await catalog.statistics(camera: camera, since: since, until: until)
        #expect(Count(statistics) == Count(frames), "\(String(describing: (camera, since, until)))")
        #expect(statistics.frames == frames.count)
        #expect(statistics.bytes == frames.reduce(.zero) { $0 + $1.bytes })
        #expect(statistics.hours.map(\.hour) == statistics.hours.map(\.hour).sorted())
        #expect(statistics.days.reduce(0) { $0 + $1.frames } == frames.count)
    }

    @Test func `are a plain count of all frames, whatever was stored, removed, imported and compacted`() async throws {
        let writer = try await archive.open()
        let catalog = try Catalog.open(at: archive.path)
        var chance = SystemRandomNumberGenerator()
        func slot(_ range: Range<Int>) -> Int { .random(in: range, using: &chance) }
        for round in 0..<4 {
            for step in 0..<160 {
                let camera: CameraName = slot(0..<3) == 0 ? .other : .printer
                let print = slot(0..<2) == 0 ? Int64(slot(1..<5)) : nil
                // Some pictures come again and again, and every twentieth frame is from a clock that was set back.
                let due = step % 20 == 0 ? slot(0..<5000) : round * 5000 + step * 30
                try await writer.store(slot(0..<400), slot: due, camera: camera, print: print)
            }
            for _ in 0..<10 {
                let instant = at(slot(-3000..<round * 5000 + 1)) + .milliseconds(slot(0..<10_000))
                _ = try await writer.take([.novel(FrameArchive.novelty(slot(400..<800), at: instant, of: .other))])
            }
            try archive.sqlite(
                """
                DELETE FROM frame WHERE id % 16 = \(slot(0..<16));
                UPDATE picture SET stored_bytes = bytes - 10, stored_sha256 = sha256
                WHERE hex(substr(sha256, 1, 1)) < '40' AND stored_bytes IS NULL;
                """)
            try await check(catalog, nil, nil, nil)
            for _ in 0..<12 {
                let camera = [nil, CameraName.printer, .other][slot(0..<3)]
                let since = slot(0..<3) == 0 ? nil : at(slot(-3000..<20_000)) + .milliseconds(slot(0..<3))
                let until = slot(0..<3) == 0 ? nil : at(slot(-3000..<20_000))
                try await check(catalog, camera, since, until)
            }
        }
        #expect(try archive.sqlite("SELECT sum(frames) > 300 FROM frame_hour;") == "1\n")

        let statistics = try await catalog.statistics()
        let stored = try archive.sqlite(
            "SELECT sum(coalesce(stored_bytes, bytes)), sum(bytes - coalesce(stored_bytes, bytes)) FROM picture;")
        let said = try #require(statistics.storedBytes).bytes
        #expect(stored == "\(said)|\(try #require(statistics.compactedBytes).bytes)\n")
        #expect(statistics.compactedBytes != .zero)
        #expect(statistics.bytes.bytes > said)
        #expect(statistics.removed > 0)
        #expect(try archive.sqlite("SELECT sum(removed) FROM ledger_run;") == "\(statistics.removed)\n")
        #expect(try await catalog.statistics(camera: .printer).storedBytes == nil)
        try await writer.close()
    }

    @Test func `read no frame but at the ends of a stretch, and no run out of it`() async throws {
        let writer = try await archive.open()
        try await writer.store(0, print: 1)
        try await writer.close()
        let catalog = try Catalog.open(at: archive.path)
        for camera in [nil, CameraName.printer] {
            for since in [nil, at(0)] {
                for until in [nil, at(400)] {
                    let plan = try await catalog.queryPlan {
                        _ = try await $0.statistics(camera: camera, since: since, until: until)
                    }
                    #expect(plan.scans(of: "frame", "frame_hour", "picture", "earlier") == [], "\(plan)")
                    // Every run of the archive counts where nothing is left out.
                    let isAll = camera == nil && since == nil && until == nil
                    #expect(plan.scans(of: "ledger_run").count == (isAll ? 1 : 0), "\(plan)")
                    #expect(plan.sorts == [], "\(plan)")
                }
            }
        }
    }
}
