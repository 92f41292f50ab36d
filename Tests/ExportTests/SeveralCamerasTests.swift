import Archive
import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `An export of several cameras` {
    /// Frames of three cameras, in turns: black, white, and one that was excluded.
    private func footage() async throws -> Footage {
        let shots = (0..<12).map { number in
            let camera = ["bed", "the room", "old"][number % 3]
            var scene = TestScene(width: 64, height: 64, noise: 0, seed: UInt64(number))
            scene.light = camera == "bed" ? -255 : 255
            return Shot(
                picture: TestEncoding(quality: 80 + number).encode(scene), camera: camera,
                time: Footage.start + .seconds(number))
        }
        return try await Footage(shots)
    }

    private func run(_ statements: String, on footage: Footage) throws {
        #expect(try Tool.run("sqlite3", [footage.folder("archive.sqlite"), statements]).status == 0)
    }

    private func names(_ footage: Footage, _ output: String) async throws -> [String] {
        _ = try await Exporter(catalog: footage.catalog).export(footage.request(output), to: [footage.outputs(output)])
        return footage.outputs.names
    }

    @Test func `makes a video for each, in which no other is`() async throws {
        let footage = try await footage()
        let results = try await Exporter(catalog: footage.catalog).export(
            footage.request("lapse.mp4"), to: [footage.outputs("lapse.mp4")])
        #expect(footage.outputs.names == ["lapse-bed.mp4", "lapse-old.mp4", "lapse-the_room.mp4"])
        #expect(results.map(\.frames) == [4, 4, 4])
        #expect(results.map { $0.cameras.map(\.text) } == [["bed"], ["old"], ["the room"]])
        for frame in 0..<4 {
            let bed = try Pixels(footage.outputs("lapse-bed.mp4"), frame: frame, width: 64, height: 64)
            let room = try Pixels(footage.outputs("lapse-the_room.mp4"), frame: frame, width: 64, height: 64)
            #expect(bed[2, 60].isNear((0, 0, 0), by: 40))
            #expect(room[2, 60].isNear((255, 255, 255), by: 40))
        }
    }

    @Test func `makes a sheet for each, and one set of pictures for all`() async throws {
        #expect(try await names(footage(), "day.jpg") == ["day-bed.jpg", "day-old.jpg", "day-the_room.jpg"])
        #expect(try await names(footage(), "day.zip") == ["day.zip"])
    }

    @Test func `calls them as it is told`() async throws {
        #expect(
            try await names(footage(), "{camera} today.jpg") == [
                "bed today.jpg", "old today.jpg", "the_room today.jpg",
            ])
        #expect(try await names(footage(), "{camera}.zip") == ["bed.zip", "old.zip", "the_room.zip"])
    }

    @Test(arguments: ["lapse.mp4", "day.jpg", "{camera}.zip"])
    func `goes on where one of them has nothing to show, and says so`(output: String) async throws {
        let footage = try await footage()
        // Of the room no picture is left, and of the bed all may be torn.
        try run(
            """
            UPDATE picture_content SET jpeg = zeroblob(length(jpeg))
            WHERE sha256 IN (SELECT sha256 FROM frame JOIN camera ON camera.id = camera_id WHERE name = 'the room');
            UPDATE frame SET suspect = 'seam' WHERE camera_id = (SELECT id FROM camera WHERE name = 'bed')
            """, on: footage)
        let results = try await Exporter(catalog: footage.catalog).export(
            footage.request(output), to: [footage.outputs(output)])
        #expect(results.count == 3)
        let room = try #require(results.first { $0.cameras.map(\.text) == ["the room"] })
        #expect(room.problem?.label == "nothing_readable" && room.frames == 0 && room.skipped.count == 4)
        let bed = try #require(results.first { $0.cameras.map(\.text) == ["bed"] })
        #expect(bed.problem?.label == "all_left_out" && bed.leftOut.suspect == 4)
        let made = results.filter { $0.problem == nil }
        #expect(made.map(\.frames) == [4] && made[0].isComplete)
        #expect(footage.outputs.names.count == 1)
    }

    @Test func `is none where all have nothing to show`() async throws {
        let footage = try await footage()
        try run("UPDATE picture_content SET jpeg = zeroblob(length(jpeg))", on: footage)
        let error = await #expect(throws: ExportError.self) {
            try await Exporter(catalog: footage.catalog).export(
                footage.request("day.jpg"), to: [footage.outputs("day.jpg")])
        }
        #expect(error?.label == "nothing_readable")
        #expect(footage.outputs.names == [])
    }

    @Test func `is one video where one camera is asked for, or one alone has frames`() async throws {
        let footage = try await footage()
        let one = footage.request("lapse.mp4") { $0.frames.camera = footage.frames[0].camera }
        _ = try await Exporter(catalog: footage.catalog).export(one)
        #expect(footage.outputs.names == ["lapse.mp4"])
        let since = footage.request("late.mp4") { $0.frames.since = Footage.start + .seconds(11) }
        _ = try await Exporter(catalog: footage.catalog).export(since)
        #expect(footage.outputs.names == ["lapse.mp4", "late.mp4"])
    }

    @Test func `gives two cameras two names, however alike theirs are`() async throws {
        var names = CameraOutputs()
        let cameras = try ["a b", "a_b", "A:B", "c"].map { try CameraName($0) }
        #expect(
            cameras.map { names.path(for: "x/day.v1.mp4", of: $0) } == [
                "x/day.v1-a_b.mp4", "x/day.v1-a_b-2.mp4", "x/day.v1-A_B-3.mp4", "x/day.v1-c.mp4",
            ])
        #expect(names.path(for: "{camera}/{camera}.mp4", of: cameras[3]) == "c/c.mp4")
        #expect(names.path(for: "dir/", of: cameras[3]) == "dir-c/")
    }

    @Test func `is planned output by output`() async throws {
        let footage = try await footage()
        let plans = try await Exporter(catalog: footage.catalog).plan(
            footage.request("lapse.mp4"), to: [footage.outputs("lapse.mp4"), footage.outputs("all.tar")])
        #expect(plans.map(\.frames) == [4, 4, 4, 12])
        #expect(plans.first?.output == footage.outputs("lapse-bed.mp4"))
    }
}
