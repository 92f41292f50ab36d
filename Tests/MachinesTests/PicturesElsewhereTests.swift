import Archive
import Care
import Catalog
import Foundation
import Machines
import Packs
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

@Suite struct `A followed frame's picture` {
    let farm: Farm

    init() throws { farm = try Farm() }

    private func failures(_ machine: Machine) async throws -> [Int64: ArchiveError] {
        let catalog = try machine.catalog()
        defer { try? catalog.close() }
        let frames = try await catalog.frames(FrameQuery())
        let pictures = try await catalog.checkedPictures(of: frames)
        return zip(frames, pictures).reduce(into: [:]) { failures, pair in
            if case .failure(let error) = pair.1 { failures[pair.0.id.number] = error }
        }
    }

    @Test func `is said to lie at its machine until that has offloaded it, and then read from the pack`() async throws {
        let machine = farm.machine("rack")
        try await machine.capture(Array(1...8))
        try await machine.publish()
        #expect(try await farm.follow().isWhole)
        let before = try await failures(farm.hub)
        #expect(before.count == 8)
        #expect(before[1] == .elsewhere(path: farm.hub.path, machine: "rack"))

        #expect(try await machine.offload().pictures == 7)
        #expect(try await machine.publish().records > 7)
        #expect(try await farm.follow().isWhole)
        // The newest is always with its machine.
        #expect(try await failures(farm.hub).keys.sorted() == [8])

        // Back again, and out again.
        try await machine.with(.care) { archive in
            _ = try await archive.recall(
                RecallSelection(until: .start + .seconds(200)), from: PackReader(environment: [:]))
        }
        try await machine.publish()
        #expect(try await farm.follow().isWhole)
        #expect(try await failures(farm.hub).keys.sorted() == [1, 2, 3, 4, 8])
        try await machine.offload()
        try await machine.publish()
        #expect(try await farm.follow().isWhole)
        #expect(try await failures(farm.hub).keys.sorted() == [8])

        // Its time is another one, and the picture where it was.
        try await machine.with(.care) { archive in
            _ = try archive.shift(
                TimeShift(frames: FrameID(2)...FrameID(3), by: .seconds(-7200)), at: .monthLater, applies: true)
        }
        try await machine.publish()
        #expect(try await farm.follow().isWhole)
        #expect(try await farm.hub.told() == machine.told())
        let left = try await farm.hub.rows("SELECT count(*) FROM followed_content WHERE pack_id IS NULL")
        #expect(left == ["1"])
        let verified = try await farm.hub.catalog().verify()
        #expect(verified.isSound, "\(verified)")
    }

    @Test func `is found where its store went`() async throws {
        let machine = farm.machine("rack")
        try await machine.capture([1, 2, 3])
        try await machine.offload()
        try await machine.publish()
        _ = try await farm.follow()
        let moved = farm.folder("moved")
        try FileManager.default.moveItem(atPath: farm.store, toPath: moved)
        #expect(try await failures(farm.hub).count == 3)
        // Another one has nothing of it.
        let other = farm.folder("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        await #expect(throws: MachineError.self) { try await machine.publish(to: other) }
        try await machine.write("UPDATE pack_store SET location = '\(moved)'")
        #expect(try await machine.publish(to: moved).segments == 1)
        let report = try await farm.hub.with(.sharing) {
            try await $0.follow(StoreLocation(moved).open(in: [:]), at: .monthLater)
        }
        #expect(report.isWhole, "\(report)")
        #expect(report.machines.map(\.store) == [moved])
        #expect(try await failures(farm.hub).keys.sorted() == [3])
    }

    @Test func `is hashed when it arrives`() async throws {
        let machine = farm.machine("rack")
        try await machine.capture([1, 2, 3])
        try await machine.offload()
        try await machine.publish()
        _ = try await farm.follow()
        let packs = FileManager.default.enumerator(atPath: farm.store)?.compactMap { $0 as? String } ?? []
        for pack in packs where pack.hasSuffix(".zip") {
            let handle = try FileHandle(forUpdating: URL(filePath: farm.store + "/" + pack))
            try handle.seek(toOffset: 700)
            let byte = try #require(try handle.read(upToCount: 1)?.first)
            try handle.seek(toOffset: 700)
            try handle.write(contentsOf: [byte ^ 1])
            try handle.close()
        }
        let found = try await failures(farm.hub)
        guard case .damaged = found[1] else {
            Issue.record("\(found)")
            return
        }
    }

    @Test func `goes with the frame that its machine removed`() async throws {
        let machine = farm.machine("rack")
        try await machine.capture([1, 2, 3])
        try await machine.publish()
        _ = try await farm.follow()
        try await machine.write("DELETE FROM frame WHERE id = 1")
        try await machine.publish()
        #expect(try await farm.follow().removed == 1)
        #expect(try await farm.hub.rows("SELECT count(*) FROM picture") == ["2"])
        #expect(try await farm.hub.rows("SELECT count(*) FROM followed_content") == ["2"])
    }

    /// As a camera's sign that it has no picture.
    @Test func `is here where the hub has the same one itself`() async throws {
        let machine = farm.machine("rack")
        try await machine.capture([1, 2])
        try await machine.publish()
        _ = try await farm.follow()
        try await farm.hub.capture([1, 9])
        #expect(try await failures(farm.hub).count == 1)
        try await machine.offload()
        try await machine.publish()
        #expect(try await farm.follow().isWhole)
        #expect(try await failures(farm.hub).count == 1)
        try await machine.write("DELETE FROM frame WHERE id = 1")
        try await machine.publish()
        #expect(try await farm.follow().isWhole)
        let verified = try await farm.hub.catalog().verify()
        #expect(verified.isSound, "\(verified)")
        #expect(verified.framesChecked == 2)
    }

    @Test func `of a camera is shown as new as it can be had`() async throws {
        let machine = farm.machine("rack")
        func shown() async throws -> (newest: Int64?, shown: Int64?, machine: String?) {
            let catalog = try farm.hub.catalog()
            defer { try? catalog.close() }
            let standing = try await catalog.standings(of: catalog.cameraNames(), at: .monthLater)[0]
            return (standing.frame?.id.number, standing.shown?.id.number, standing.machine)
        }
        try await machine.capture(Array(1...200))
        try await machine.publish()
        #expect(try await farm.follow().isWhole)
        var found = try await shown()
        #expect(found == (200, nil, "rack"))
        for count in [1, 2, 77, 199] {
            try await machine.offload(before: .start + .seconds(60 * count))
            try await machine.publish()
            #expect(try await farm.follow().isWhole)
            found = try await shown()
            #expect(found == (200, Int64(count), "rack"), "after \(count)")
        }
        // The archive's own camera shows its newest, whatever lies in packs.
        let own = try machine.catalog()
        let standing = try await own.standings(of: own.cameraNames(), at: .monthLater)[0]
        #expect(standing.shown == standing.frame && standing.frame?.id.number == 200 && standing.machine == nil)
        try own.close()
    }
}

@Suite struct `A followed camera` {
    let farm: Farm

    init() async throws {
        farm = try Farm()
        try await farm.machine("rack").capture([1, 2, 3], camera: "printer", print: 5)
        try await farm.machine("rack").publish()
        _ = try await farm.follow()
    }

    private let refusal = ArchiveError.followed(camera: "printer", machine: "rack")

    @Test func `takes no captures here`() async throws {
        await #expect(throws: refusal) { try await farm.hub.capture([7], camera: "printer") }
        try await farm.hub.capture([7], camera: "own")
    }

    @Test func `is marked where it belongs`() async throws {
        try await farm.hub.with(.edit) { archive in
            for frames in [
                MarkedFrames.numbers([FrameID(1)...FrameID(1)]), .print(1),
                .captured(camera: nil, since: nil, until: nil),
            ] {
                await #expect(throws: refusal) { try await archive.mark(frames, .excluded(true)) }
            }
            await #expect(throws: refusal) { try await archive.markPrintAlone(1, .pinned(true)) }
        }
        #expect(try await farm.hub.told() == farm.machine("rack").told())
    }

    @Test func `keeps its times and its frames`() async throws {
        try await farm.hub.with(.care) { archive in
            #expect(throws: (any Error).self) {
                try archive.shift(
                    TimeShift(frames: FrameID(1)...FrameID(2), by: .seconds(60)), at: .monthLater, applies: true)
            }
            let policy = try RetentionPolicy(maximumAge: .seconds(1))
            let plan = try await RetentionPlanner(database: archive.pool, path: archive.path)
                .plan(policy, at: .monthLater)
            #expect(plan.entries.isEmpty)
        }
        #expect(try await farm.hub.offload().pictures == 0)
        #expect(try await farm.hub.told() == farm.machine("rack").told())
    }

    @Test func `is not merged into another archive`() async throws {
        let source = try MergeSource(at: farm.hub.path)
        #expect(try source.cameras().isEmpty)
        try source.close()
    }
}
