import Archive
import Care
import Catalog
import Foundation
import Machines
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite struct `Two archives that take themselves for one machine` {
    let farm: Farm
    let machine: Machine
    let copy: Machine

    /// Published and copied after; then each captured on.
    init() async throws {
        farm = try Farm()
        machine = farm.machine("rack")
        copy = Machine(name: "rack", path: farm.folder("copy.sqlite"), store: farm.store)
        try await machine.capture([1, 2, 3])
        try await machine.publish()
        try FileManager.default.copyItem(atPath: machine.path, toPath: copy.path)
        try await machine.capture([4], from: .start + .seconds(180))
        try await copy.capture([5, 6], from: .start + .seconds(240))
    }

    private func fork(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch let error as MachineError {
            return error.label
        } catch {
            return "\(error)"
        }
    }

    @Test func `are told by the one that comes second, and nothing is overwritten`() async throws {
        try await machine.publish()
        let before = farm.segments
        #expect(await fork { try await copy.publish() } == "machine_fork")
        #expect(await fork { try await copy.publish() } == "machine_fork")
        #expect(farm.segments == before)
        try await machine.capture([7], from: .start + .seconds(600))
        #expect(try await machine.publish().segments == 1)
    }

    @Test func `go on as one when the restored one takes the other's place`() async throws {
        try await machine.publish()
        _ = try await farm.follow()
        let report = try await copy.publish(.restored)
        #expect(report.generation == 2)
        #expect(report.lastSegment == 1)
        let followed = try await farm.follow()
        #expect(followed.isWhole, "\(followed)")
        #expect(followed.machines.map(\.generation) == [2])
        // Frames 1 to 3 are the same, 5 and 6 new, and 4 is nowhere else.
        let frames = try await farm.hub.rows("SELECT count(*) FROM frame")
        #expect(frames == ["6"])
        #expect(Set(try await copy.told()).isSubset(of: Set(try await farm.hub.told())))
        let verified = try await farm.hub.catalog().verify()
        #expect(verified.isSound, "\(verified)")
        // The other one sees that it is not the one any more.
        #expect(await fork { try await machine.publish() } == "machine_fork")
    }

    @Test func `go on as two where one of them says so`() async throws {
        try await machine.publish()
        try await copy.publish(.separate)
        let report = try await farm.follow()
        #expect(report.machines.count == 2)
        #expect(report.machines.compactMap(\.problem) == ["camera_taken"])
        let second = try #require(report.machines.first { $0.problem != nil })
        let name = FollowedCameraName(machine: second.machine, camera: try CameraName("rack"))
        #expect(try await farm.follow(calling: [name: CameraName("rack, copied")]).isWhole)
        #expect(try await farm.hub.rows("SELECT count(*) FROM frame") == ["9"])
        #expect(try await farm.hub.rows("SELECT name FROM camera ORDER BY 1") == ["rack", "rack, copied"])
    }

    /// As two that look at the same time before either has written.
    @Test func `are told on the hub, which keeps what it has`() async throws {
        _ = try await farm.follow()
        let other = try Farm()
        try await machine.publish()
        // Told elsewhere, and then put beside.
        try FileManager.default.copyItem(atPath: farm.store, toPath: other.folder("moved"))
        let mine = try #require(farm.segments.last)
        try FileManager.default.removeItem(
            atPath: mine.replacingOccurrences(of: farm.store, with: other.folder("moved")))
        try await copy.publish(to: other.folder("moved"))
        let theirs = try #require(
            FileManager.default.enumerator(atPath: other.folder("moved"))?.compactMap { $0 as? String }
                .filter { $0.hasSuffix(".jsonl.gz") }.max {
                    $0.split(separator: "/").last! < $1.split(separator: "/").last!
                })
        try FileManager.default.copyItem(
            atPath: other.folder("moved") + "/" + theirs, toPath: farm.store + "/" + theirs)

        let before = try await farm.hub.told()
        let report = try await farm.follow()
        #expect(report.machines.map(\.problem) == ["machine_forked"])
        #expect(try await farm.hub.told() == before)
        #expect(await fork { try await machine.publish() } == "machine_fork")
    }

    @Test func `are no reason to make a store of a folder in which nothing is published`() async throws {
        try await machine.publish()
        let other = farm.folder("another folder")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        #expect(await fork { try await machine.publish(to: other) } == "machine_other_store")
        #expect(try FileManager.default.contentsOfDirectory(atPath: other) == [])
    }
}
