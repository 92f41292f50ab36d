import Archive
import Care
import Catalog
import Foundation
import Machines
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

@Suite struct `A hub` {
    let farm: Farm

    init() throws { farm = try Farm() }

    @Test func `has the records of all machines, and its own`() async throws {
        var all: [String] = []
        for number in 0..<4 {
            let machine = farm.machine("m\(number)")
            try await machine.capture(Array(number * 10..<number * 10 + 5), print: Int64(number))
            try await machine.publish()
            all += try await machine.told()
        }
        try await farm.hub.capture([90, 91])
        all += try await farm.hub.told()
        let report = try await farm.follow()
        #expect(report.isWhole, "\(report)")
        #expect(report.frames == 20)
        #expect(report.machines.map(\.name) == ["m0", "m1", "m2", "m3"])
        #expect(try await farm.hub.told() == all.sorted())
        let verified = try await farm.hub.catalog().verify()
        #expect(verified.isSound, "\(verified)")
    }

    /// In segments of a few records, so that the seams between them are seen.
    @Test(arguments: [3, 7, 4000]) func `follows every change`(limit: Int) async throws {
        let machine = farm.machine("m")
        try await machine.capture([1, 2, 3, 4, 5, 6], print: 7)
        try await machine.capture([11, 12, 13], camera: "other")
        try await machine.publish(limit: limit)
        #expect(try await farm.follow().isWhole)
        #expect(try await farm.hub.told() == machine.told())

        let changes: [(String, () async throws -> Void)] = [
            ("more frames", { try await machine.capture([7, 8], from: .start + .seconds(360), print: 8) }),
            (
                "slots without one",
                {
                    try await machine.with(.capture) { archive in
                        try await archive.record(
                            .offline, detail: nil, for: Slot(due: .start + .seconds(480), interval: .seconds(60)),
                            camera: CameraName("m"), received: .zero, seen: nil)
                        try await archive.record(
                            .duplicate, detail: nil, for: Slot(due: .start + .seconds(540), interval: .seconds(60)),
                            camera: CameraName("m"), received: .zero, seen: FrameID(11))
                    }
                }
            ),
            (
                "marks",
                {
                    try await machine.with(.edit) { archive in
                        try await archive.mark(.numbers([FrameID(1)...FrameID(2)]), .excluded(true))
                        try await archive.mark(.numbers([FrameID(3)...FrameID(3)]), .note(Note("a part fell")))
                        try await archive.mark(.print(1), .pinned(true))
                    }
                }
            ),
            ("one that is taken back", { try await machine.write("UPDATE frame SET excluded = 0 WHERE id = 1") }),
            ("removal", { try await machine.write("DELETE FROM frame WHERE id IN (2, 4, 8)") }),
            (
                "a ledger's past",
                { try await machine.write("UPDATE ledger_run SET detail = 'not_running' WHERE outcome = 'offline'") }
            ),
            (
                "the end of a ledger",
                { try await machine.write("DELETE FROM ledger_run WHERE outcome = 'duplicate'") }
            ),
            ("a print's end", { try await machine.write("UPDATE print SET state = 'finished' WHERE number = 7") }),
            (
                "a clock put right",
                {
                    try await machine.with(.care) { archive in
                        _ = try archive.shift(
                            TimeShift(frames: FrameID(10)...FrameID(11), by: .seconds(-7200)), at: .monthLater,
                            applies: true)
                    }
                }
            ),
        ]
        for (name, change) in changes {
            try await change()
            try await machine.publish(limit: limit)
            #expect(try await farm.follow().isWhole)
            #expect(try await farm.hub.told() == machine.told(), "\(name)")
            let verified = try await farm.hub.catalog().verify()
            #expect(verified.isSound, "\(name): \(verified)")
        }
        #expect(try await machine.publish().segments == 0)
    }

    @Test(.timeLimit(.minutes(3))) func `follows a hundred machines`() async throws {
        var all: [String] = []
        for number in 0..<100 {
            let machine = farm.machine("m\(number)")
            try await machine.capture([number % 7, number % 7 + 10])
            try await machine.publish()
            all += try await machine.told()
        }
        let report = try await farm.follow()
        #expect(report.isWhole)
        #expect(report.machines.count == 100)
        #expect(try await farm.hub.told() == all.sorted())
    }

    @Test func `knows a machine by its newest name, also where it has nothing else to tell`() async throws {
        let rack = farm.machine("rack")
        try await rack.capture([1, 2])
        try await rack.publish()
        _ = try await farm.follow()
        let renamed = Machine(name: "hall 2", path: rack.path, store: farm.store)
        #expect(try await renamed.publish().segments == 1)
        #expect(try await renamed.publish().segments == 0)
        #expect(try await farm.follow().machines.map(\.name) == ["hall 2"])
    }

    @Test func `tells of each machine that its store cannot be looked into, until it can`() async throws {
        let rack = farm.machine("rack")
        try await rack.capture([1, 2])
        try await rack.publish()
        _ = try await farm.follow()
        let away = try StoreError.noFolder(StoreLocation(farm.store))
        try await farm.hub.with(.sharing) { try await $0.note(away, ofStore: farm.store) }
        let catalog = try farm.hub.catalog()
        #expect(try await catalog.followedMachines().map(\.problem) == [away.label])
        _ = try await farm.follow()
        #expect(try await catalog.followedMachines().map(\.problem) == [nil])
        try catalog.close()
    }

    @Test func `takes in nothing twice`() async throws {
        let machine = farm.machine("m")
        try await machine.capture([1, 2, 3])
        #expect(try await machine.publish().segments == 1)
        #expect(try await machine.publish().segments == 0)
        #expect(try await farm.follow().segments == 1)
        #expect(try await farm.follow().segments == 0)
        #expect(farm.segments.count == 1)
    }
}
