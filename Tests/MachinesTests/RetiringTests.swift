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

@Suite struct `A machine that is retired` {
    let farm: Farm
    let rack: Machine
    let other: Machine

    init() async throws {
        farm = try Farm()
        (rack, other) = (farm.machine("rack"), farm.machine("other"))
        for machine in [rack, other] {
            try await machine.capture([1, 2, 3, 4], print: 5)
            try await machine.offload()
            try await machine.publish()
        }
        _ = try await farm.follow()
    }

    private func retire(_ machine: String, removingRecords: Bool = false) async throws -> FollowReport {
        try await farm.hub.with(.sharing) {
            try await $0.retire(machine, removingRecords: removingRecords, at: .monthLater)
        }
    }

    private func reinstate(_ machine: String) async throws {
        try await farm.hub.with(.sharing) { try await $0.reinstate(machine) }
    }

    private func requireSound(_ words: String) async throws {
        let catalog = try farm.hub.catalog()
        let report = try await catalog.verify()
        #expect(report.isSound, "\(words): \(report)")
        let counted = try await catalog.statistics().frames
        #expect(try await farm.hub.rows("SELECT count(*) FROM frame") == ["\(counted)"], "\(words)")
        try catalog.close()
    }

    @Test func `is not looked for, and what it told stays`() async throws {
        let before = try await farm.hub.told(of: "camera.name = 'rack'")
        // Something of it is missing, and will be for ever.
        let identity = try #require(
            try await farm.hub.rows("SELECT machine FROM followed_machine WHERE name = 'rack'").first)
        for number in [5, 6] {
            try await rack.capture([number], from: .start + .seconds(60 * (number - 1)))
            try await rack.publish()
        }
        try FileManager.default.removeItem(
            atPath: try #require(farm.segments.first { $0.contains("\(identity)/0001/000000/000000002-") }))
        #expect(try await farm.follow().machines.compactMap(\.problem) == ["segment_missing"])

        let retired = try await retire("rack")
        #expect(retired.isWhole)
        #expect(retired.machines.first { $0.name == "rack" }?.retiredAt == .monthLater)
        try await other.capture([7], from: .start + .seconds(240))
        try await other.publish()
        let report = try await farm.follow()
        #expect(report.isWhole, "\(report)")
        #expect(report.frames == 1)
        #expect(try await farm.hub.told(of: "camera.name = 'rack'") == before)
        // Its pictures are read as before, and it belongs to its machine still.
        let catalog = try farm.hub.catalog()
        let frames = try await catalog.frames(FrameQuery(camera: CameraName("rack")))
        let pictures = try await catalog.checkedPictures(of: frames)
        #expect(pictures.count { if case .success = $0 { true } else { false } } == 3)
        try catalog.close()
        await #expect(throws: ArchiveError.followed(camera: "rack", machine: "rack")) {
            try await farm.hub.capture([9], camera: "rack")
        }
        try await requireSound("retired")
    }

    @Test func `has no say in which stores are looked into by themselves`() async throws {
        let stores = { try await farm.hub.with(.sharing) { try $0.followedStores() } }
        _ = try await retire("rack")
        #expect(try await stores() == [farm.store])
        _ = try await retire("other")
        #expect(try await stores() == [])
    }

    @Test func `is followed again by a person's word alone, from where it was`() async throws {
        _ = try await retire("rack")
        try await rack.capture([5, 6], from: .start + .seconds(240))
        try await rack.publish()
        try await rack.publish(.restored)
        #expect(try await farm.follow().segments == 0)
        try await reinstate("rack")
        let report = try await farm.follow()
        #expect(report.isWhole, "\(report)")
        #expect(report.frames == 2)
        #expect(try await farm.hub.told(of: "camera.name = 'rack'") == rack.told())
        try await requireSound("reinstated")
    }

    @Test func `leaves nothing but its name where its records are to go, and its objects stay`() async throws {
        // Whoever shows the very same pictures reads them where they were found first.
        let objects = FileManager.default.enumerator(atPath: farm.store)?.compactMap { $0 as? String }.sorted()
        let report = try await retire("rack", removingRecords: true)
        #expect(report.removed == 4)
        #expect(try await farm.hub.told() == other.told())
        for table in ["followed_frame", "followed_print", "followed_camera"] {
            let rows = try await farm.hub.rows(
                "SELECT count(*) FROM \(table) JOIN followed_machine ON followed_machine.id = machine_id WHERE followed_machine.name = 'rack'"
            )
            #expect(rows == ["0"], "\(table)")
        }
        #expect(try await farm.hub.rows("SELECT name FROM camera") == ["other"])
        try await requireSound("removed")
        let catalog = try farm.hub.catalog()
        let frames = try await catalog.frames(FrameQuery())
        let pictures = try await catalog.checkedPictures(of: frames)
        #expect(pictures.count { if case .success = $0 { true } else { false } } == 3)
        try catalog.close()
        #expect(FileManager.default.enumerator(atPath: farm.store)?.compactMap { $0 as? String }.sorted() == objects)

        // The name is free for another one.
        let replacement = Machine(name: "new rack", path: farm.folder("new.sqlite"), store: farm.store)
        try await replacement.capture([8, 9], camera: "rack")
        try await replacement.publish()
        #expect(try await farm.follow().isWhole)
        try await requireSound("replaced")

        try await farm.hub.with(.sharing) { archive in
            try await archive.reinstate("rack")
            let name = FollowedCameraName(machine: "rack", camera: try CameraName("rack"))
            let back = try await archive.follow(
                farm.opened(), calling: [name: CameraName("rack of old")], at: .monthLater)
            #expect(back.isWhole, "\(back)")
            #expect(back.frames == 4)
        }
        try await requireSound("back")
    }

    @Test func `is whole again where its removal was cut short and it is followed again`() async throws {
        try await rack.capture(Array(20..<140), from: .start + .seconds(240))
        try await rack.publish()
        _ = try await farm.follow()
        let before = try await farm.hub.told()
        let farm = farm
        let removal = Task {
            try await farm.hub.with(.sharing) { archive in
                try await archive.retire("rack", removingRecords: true, at: .monthLater) { report in
                    if report.removed > 20 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
        }
        await #expect(throws: CancellationError.self) { try await removal.value }
        let left = try await farm.hub.rows("SELECT count(*) FROM frame")
        #expect(left != ["128"] && left != ["4"], "\(left)")
        try await requireSound("cut short")
        try await reinstate("rack")
        #expect(try await farm.follow().isWhole)
        #expect(try await farm.hub.told() == before)
        try await requireSound("followed again")
    }

    @Test(arguments: ["followed_frame", "followed_print", "frame", "ledger_run", "print", "followed_camera"])
    func `is whole again wherever its removal ended, and it is followed again`(table: String) async throws {
        let before = try await farm.hub.told()
        try await farm.hub.write(
            "CREATE TRIGGER ending BEFORE DELETE ON \(table) BEGIN SELECT RAISE(ABORT, 'ended'); END")
        await #expect(throws: (any Error).self) { try await retire("rack", removingRecords: true) }
        try await farm.hub.write("DROP TRIGGER ending")
        try await reinstate("rack")
        let report = try await farm.follow()
        #expect(report.isWhole, "\(report)")
        #expect(try await farm.hub.told() == before)
        try await requireSound(table)
    }

    @Test func `is one that is followed`() async throws {
        func label(_ body: () async throws -> Void) async -> String? {
            do {
                try await body()
                return nil
            } catch { return (error as? MachineError)?.label }
        }
        #expect(await label { _ = try await retire("nobody") } == "machine_not_followed")
        let copy = Machine(name: "rack", path: farm.folder("copy.sqlite"), store: farm.store)
        try await copy.capture([1], camera: "rack")
        try await copy.publish()
        // Nothing of it can be taken in, and it is known all the same.
        #expect(try await farm.follow().machines.compactMap(\.problem) == ["camera_taken"])
        #expect(await label { _ = try await retire("rack") } == "machine_same_name")
        let machine = try #require(
            try await farm.hub.rows("SELECT machine FROM followed_machine WHERE problem = 'camera_taken'").first)
        #expect(try await retire(machine).isWhole)
        #expect(try await farm.follow().isWhole)
    }
}
