import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite(.serialized) struct `A power loss` {
    /// What was promised at a place of the journal.
    private enum Promise {
        case kept(ArchivedFrame)
        /// From here on it may be there or not.
        case goes(FrameID)
        case gone(FrameID)
    }

    private struct Record {
        let before: [String: [UInt8]]
        let journal: DiskJournal
        let promises: [(place: Int, promise: Promise)]
    }

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(inMemory: true) }

    @Test func `loses nothing that was acknowledged, and leaves nothing half, whenever it comes`() async throws {
        let record = try await record { try await Self.work(on: $0, tell: $1) }
        #expect(record.promises.count > 12)
        let resets = record.journal.events.count { event in
            if case .write(0, _) = event.step { event.file.hasSuffix("-wal") } else { false }
        }
        #expect(resets > 2, "the log never began anew")

        var generator = SplitMix64(seed: 22)
        var disk = DiskModel(files: record.before)
        for (index, event) in record.journal.events.enumerated() {
            disk.apply(event)
            let places = record.promises.filter { $0.place <= index + 1 }
            let isAcknowledgement = places.last?.place == index + 1
            // Right after an acknowledgement all fates are tried, in between one, now and then.
            let fates = DiskModel.Fate.allCases.shuffled(using: &generator)
            for fate in isAcknowledgement ? fates : Array(fates.prefix(index % 2)) {
                let image = try image(disk.image(fate, &generator))
                let problem = try await Self.problem(of: image, promised: places.map(\.promise))
                #expect(problem == nil, "after event \(index) of \(record.journal.events.count), \(fate)")
            }
        }
    }

    @Test func `would lose acknowledged frames if commits were not synced, which this test would see`() async throws {
        let record = try await record { archive, tell in
            try await archive.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
            for number in 0..<8 { try await tell(.kept(archive.store(number))) }
        }
        var generator = SplitMix64(seed: 22)
        var disk = DiskModel(files: record.before)
        var losses = 0
        for (index, event) in record.journal.events.enumerated() {
            disk.apply(event)
            let places = record.promises.filter { $0.place <= index + 1 }
            guard places.last?.place == index + 1 else { continue }
            let image = try image(disk.image(.allLost, &generator))
            losses += try await Self.problem(of: image, promised: places.map(\.promise)) == nil ? 0 : 1
        }
        #expect(losses > 0)
    }

    /// Everything that writes to an archive, with a log so short that it begins anew all the time.
    private static func work(
        on archive: FrameArchive, tell: @Sendable (Promise) async throws -> Void
    ) async throws {
        for number in 0..<12 {
            try await tell(.kept(archive.store(number, print: Int64(number / 6))))
            try await archive.record(
                number.isMultiple(of: 5) ? .offline : .noPicture, detail: nil, for: .number(number), camera: .other,
                received: .zero, seen: nil)
        }
        // The first four are older than forty seconds by the second before frame 8 of the grid.
        let old = (1...4).map { FrameID($0) }
        for frame in old { try await tell(.goes(frame)) }
        let policy = try RetentionPolicy(maximumAge: .seconds(40))
        #expect(try await archive.prune(policy, at: Slot.number(8).due - .seconds(1)).frames == old.count)
        for frame in old { try await tell(.gone(frame)) }
        #expect(try await archive.compact().shrunk > 0)
        try await tell(.kept(archive.store(12)))
    }

    // MARK: - Recording and checking

    private func record(
        _ work: @Sendable (FrameArchive, @Sendable (Promise) async throws -> Void) async throws -> Void
    ) async throws -> Record {
        try await folder.open().close()
        let before = [folder.archive: Array(try Data(contentsOf: URL(fileURLWithPath: folder.archive)))]
        let promises = Collected<(place: Int, promise: Promise)>()
        let journal = try await DiskJournal.recording(folder) {
            let archive = try await folder.open(checkpoints: CheckpointSchedule(limit: ByteCount(384 << 10)))
            try await work(archive) { promises.add((DiskJournal.place, $0)) }
            try await archive.close()
        }
        return Record(before: before, journal: journal, promises: promises.all)
    }

    private func image(_ files: [String: [UInt8]]) throws -> TemporaryFolder {
        let image = try TemporaryFolder(inMemory: true)
        for (path, content) in files {
            let name = String(path.dropFirst(folder.path.count))
            try Data(content).write(to: URL(fileURLWithPath: image.path + name))
        }
        return image
    }

    /// What is wrong with what the ordinary opening makes of an image; `nil`: nothing.
    private static func problem(of image: TemporaryFolder, promised: [Promise]) async throws -> String? {
        let archive: FrameArchive
        do { archive = try await image.open() } catch { return "\(error)" }
        var here: Set<FrameID> = []
        var gone: Set<FrameID> = []
        for promise in promised {
            switch promise {
            case .kept(let frame): here.insert(frame.id)
            case .goes(let id): here.remove(id)
            case .gone(let id): gone.insert(id)
            }
        }
        let there = try await archive.pool.read { try Int64.fetchSet($0, sql: "SELECT id FROM frame") }
        let report = try await archive.verify()
        try await archive.close()
        let lost = here.filter { !there.contains($0.number) }
        let back = gone.filter { there.contains($0.number) }
        guard lost.isEmpty, back.isEmpty, report.isSound else {
            return "lost \(lost), back again \(back), \(report.damaged), \(report.problems)"
        }
        return nil
    }
}
