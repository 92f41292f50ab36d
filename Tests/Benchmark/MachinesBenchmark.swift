import Archive
import Catalog
import Deduplication
import Foundation
import GRDB
import Machines
import Storage
import Stores
import TestSupport
import Validation
import Vocabulary

/// Many machines publish to a folder and one hub follows them: all at once at first, and then a few frames each. What is there in the
/// end is compared with what the machines have, record by record.
struct MachinesBenchmark {
    let machines: Int
    let frames: Int

    private static let start = Timestamp(milliseconds: 1_795_442_700_000)
    /// Captured between two rounds.
    private static let step = 6

    func run(in place: URL) async throws {
        let folder = place.path
        let store = folder + "/store"
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
        // The same pictures for all: what is compared is records.
        let pictures = (0..<64).map { number in
            TestJPEG.picture(width: 96, height: 64, seed: UInt64(number))
        }
        for machine in 0..<machines { try await capture(0..<frames, pictures, machine, in: folder) }
        print("\(machines) machines, \(frames) frames each")
        try await round("all", in: folder)
        for number in 0..<3 {
            let begin = frames + number * Self.step
            for machine in 0..<machines {
                try await capture(begin..<begin + Self.step, pictures, machine, in: folder)
            }
            try await round("\(Self.step) more", in: folder)
        }
        try await round("nothing", in: folder)
        try await compare(in: folder)
    }

    private func path(_ machine: Int, in folder: String) -> String { "\(folder)/machine\(machine).sqlite" }

    private func capture(
        _ numbers: Range<Int>, _ pictures: [TestJPEG], _ machine: Int, in folder: String
    ) async throws {
        let archive = try await FrameArchive.open(at: path(machine, in: folder))
        for number in numbers {
            let instant = Self.start + .seconds(10 * number)
            let picture = pictures[(number + machine) % pictures.count]
            let valid = try FrameValidator().validate(picture.snapshot(from: "printer \(machine)", at: instant))
            guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else { continue }
            _ = try await archive.store(novel, for: Slot(due: instant, interval: .seconds(10)), received: .zero)
        }
        try await archive.close()
    }

    private func round(_ name: String, in folder: String) async throws {
        let store = try StoreLocation(folder + "/store").open(in: [:])
        let clock = ContinuousClock()
        var told = (records: 0, segments: 0, bytes: ByteCount.zero)
        let publishing = try await clock.measure {
            for machine in 0..<machines {
                let archive = try await FrameArchive.open(at: path(machine, in: folder), role: .sharing)
                let report = try await archive.publish(to: store, as: MachineName("machine \(machine)"), at: .wallClock)
                told.records += report.records
                told.segments += report.segments
                told.bytes += report.bytes
                try await archive.close()
            }
        }
        var report = FollowReport()
        let following = try await clock.measure {
            let hub = try await FrameArchive.open(at: folder + "/hub.sqlite", role: .sharing)
            report = try await hub.follow(store, at: .wallClock)
            try await hub.close()
        }
        guard report.isWhole else { fatalError("\(report)") }
        let seconds = { (duration: Duration) in (duration / .seconds(1)).formatted(places: 2) }
        print(
            """
            \(name): \(told.records) records in \(told.segments) segments, \(told.bytes); told in \(seconds(publishing)) s, taken in in \
            \(seconds(following)) s (\(report.frames) new frames)
            """)
    }

    private func compare(in folder: String) async throws {
        let hub = try await records(of: folder + "/hub.sqlite")
        var sum: [String] = []
        for machine in 0..<machines { sum += try await records(of: path(machine, in: folder)) }
        guard hub == sum.sorted() else { fatalError("the hub has \(hub.count) records, the machines \(sum.count)") }
        print("the hub's records are the machines': \(hub.count)")
    }

    private func records(of path: String) async throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try await queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT json_array(camera.name, captured_at, slot_at, last_seen_at, seen, frame.bytes, hex(sha256), perceptual_hash)
                        AS record FROM frame JOIN camera ON camera.id = camera_id
                    UNION ALL SELECT json_array(camera.name, from_at, interval_ms, slots, outcome, removed)
                    FROM ledger_run JOIN camera ON camera.id = camera_id ORDER BY 1
                    """)
        }
    }
}
