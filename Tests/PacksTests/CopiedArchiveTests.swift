import Archive
import Care
import Catalog
import Foundation
import Packs
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

/// Two copies of one archive that both go on: a backup that was restored elsewhere, a copied SD card.
@Suite(.timeLimit(.minutes(3))) struct `A copied archive` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    private var copy: String { bench.folder("copy.sqlite") }

    @discardableResult
    private func offload(
        _ path: String, to store: String? = nil, at now: Timestamp = .monthLater
    ) async throws -> OffloadReport {
        let archive = try await FrameArchive.open(at: path, application: "tests", role: .care)
        let report = try await archive.offload(
            OffloadRequest(olderThan: .seconds(60), keepFree: nil), to: bench.store(store), beside: openingStores,
            at: now)
        try await archive.close()
        return report
    }

    private func recallAndClean(_ path: String, isOnlyCopy: Bool = false) async throws -> CleaningReport {
        let archive = try await FrameArchive.open(at: path, application: "tests", role: .care)
        _ = try await archive.recall(RecallSelection(), from: bench.reader)
        let report = try await archive.cleanPacks(isOnlyCopy: isOnlyCopy, at: .monthLater, open: openingStores)
        try await archive.close()
        return report
    }

    private func capture(into path: String, _ numbers: Range<Int>, from start: Timestamp) async throws {
        let archive = try await FrameArchive.open(at: path, application: "tests", role: .capture)
        for (place, number) in numbers.enumerated() {
            let instant = start + .seconds(60 * place)
            _ = try await archive.store(
                PackBench.picture(number, camera: .printer, at: instant),
                for: Slot(due: instant, interval: .seconds(60)), received: .zero)
        }
        try await archive.close()
    }

    private func expectSound(_ path: String, frames: Int) async throws {
        let catalog = try Catalog.open(at: path, reading: bench.reader)
        let report = try await catalog.verify()
        #expect(report.damaged.isEmpty && report.unread.isEmpty && report.framesChecked == frames, "\(report)")
        try catalog.close()
    }

    /// Both were offloaded once together, and then each got ten frames of its own.
    private func fork() async throws {
        try await bench.capture(Array(0..<10))
        try await bench.offload()
        try FileManager.default.copyItem(atPath: bench.path, toPath: copy)
        try await capture(into: bench.path, 100..<110, from: .start + .seconds(600))
        try await capture(into: copy, 200..<210, from: .start + .seconds(600))
    }

    @Test func `goes on in a folder of its own, and neither removes what the other needs`() async throws {
        try await fork()
        #expect(try await !offload(bench.path).isBesideAnother)
        // The copy sees what it has not written, and says so in the store.
        #expect(try await offload(copy).isBesideAnother)
        #expect(try await !offload(copy).isBesideAnother)

        let first = try await recallAndClean(bench.path)
        #expect(first.removed == [], "\(first)")
        #expect(first.unknown.contains { $0.contains("/copy-") }, "\(first)")
        #expect(first.shared.count == 1, "\(first)")
        try await expectSound(copy, frames: 20)
        // What is in its own folder alone the copy does remove.
        let second = try await recallAndClean(copy)
        #expect(second.removed.count == 1, "\(second)")
        try await expectSound(bench.path, frames: 20)
        try await expectSound(copy, frames: 20)
    }

    @Test func `is noticed by the one that was there first, where that cleans before it writes`() async throws {
        try await fork()
        #expect(try await !offload(copy).isBesideAnother)
        let cleaned = try await recallAndClean(bench.path)
        #expect(cleaned.removed == [] && cleaned.unknown.count == 1, "\(cleaned)")
        try await expectSound(copy, frames: 20)
        // The copy has written to the folder, and learns of the other by the file that it left.
        let again = try await recallAndClean(copy)
        #expect(again.removed == [], "\(again)")
        #expect(try await offload(bench.path).pictures > 0)
        try await expectSound(bench.path, frames: 20)
    }

    @Test func `is cleaned all the same where its owner says that it is the only one`() async throws {
        try await fork()
        try await offload(bench.path)
        try await offload(copy)
        #expect(try await recallAndClean(bench.path, isOnlyCopy: true).removed.count == 2)
        try await expectSound(bench.path, frames: 20)
    }

    /// Where an offload before had made a store of it and had nothing to move, or the archive knows nothing of it.
    @Test(arguments: [true, false])
    func `that offloads to another store keeps its packs in the first`(wasThereBefore: Bool) async throws {
        let other = bench.folder("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        if wasThereBefore {
            try await bench.capture([50], from: .start - .seconds(60))
            try await offload(bench.path, to: other)
        }
        try await fork()
        // Of its own packs elsewhere none keeps it from cleaning.
        let report = try await offload(copy, to: other)
        #expect(report.pictures > 0 && !report.isBesideAnother && report.unmarked == [])
        let frames = wasThereBefore ? 21 : 20
        let cleaned = try await recallAndClean(bench.path)
        #expect(cleaned.removed == [] && cleaned.shared.count == 1, "\(cleaned)")
        try await expectSound(copy, frames: frames)
        // The copy learns of the archive by what that has left, and removes nothing either.
        #expect(try await recallAndClean(copy).removed == [])
        #expect(try await offload(bench.path).pictures > 0)
        try await expectSound(bench.path, frames: frames)
    }

    @Test func `of which there is none cleans each of its two stores, and says which could not be told`() async throws {
        let other = bench.folder("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        try await bench.capture(Array(0..<5))
        try await bench.offload()
        try await bench.capture(Array(5..<10), from: .start + .seconds(600))
        #expect(try await offload(bench.path, to: other).unmarked == [])
        try FileManager.default.moveItem(atPath: bench.packs, toPath: bench.folder("away"))
        #expect(try await offload(bench.path, to: other).unmarked == [bench.packs])
        try FileManager.default.moveItem(atPath: bench.folder("away"), toPath: bench.packs)
        let cleaned = try await recallAndClean(bench.path)
        #expect(cleaned.removed.count == 2 && cleaned.shared == [] && cleaned.failure == nil, "\(cleaned)")
    }

    @Test func `that shares two stores loses nothing where one of them is away`() async throws {
        let other = bench.folder("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        try await bench.capture(Array(0..<5))
        try await bench.offload()
        try await bench.capture(Array(5..<10), from: .start + .seconds(600))
        try await offload(bench.path, to: other)
        try FileManager.default.copyItem(atPath: bench.path, toPath: copy)
        try await capture(into: bench.path, 100..<110, from: .start + .seconds(1200))
        try await capture(into: copy, 200..<210, from: .start + .seconds(1200))
        // Each goes on in a folder that the other has as well: their signs say nothing, their packs do.
        try await offload(bench.path)
        try await offload(copy, to: other)
        try FileManager.default.moveItem(atPath: other, toPath: bench.folder("away"))
        let archive = try await FrameArchive.open(at: bench.path, application: "tests", role: .care)
        _ = try await archive.recall(RecallSelection(until: .start + .seconds(240)), from: bench.reader)
        let cleaned = try await archive.cleanPacks(at: .monthLater, open: openingStores)
        #expect(cleaned.removed == [] && cleaned.isWithheld, "\(cleaned)")
        try await archive.close()
        try FileManager.default.moveItem(atPath: bench.folder("away"), toPath: other)
        try await expectSound(copy, frames: 20)
        #expect(try await recallAndClean(bench.path).removed == [])
        try await expectSound(copy, frames: 20)
    }
}
