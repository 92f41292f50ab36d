import Archive
import Catalog
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `Several cameras side by side` {
    private func candidates(_ rows: [String: [Double]]) throws -> [ExportCandidate] {
        var number: Int64 = 0
        var row: [ExportCandidate] = []
        for (camera, seconds) in rows.sorted(by: { $0.key < $1.key }) {
            for second in seconds {
                number += 1
                row.append(try .at(second, number: number, camera: camera))
            }
        }
        return row.sorted { $0.capturedAt < $1.capturedAt }
    }

    /// What each camera shows at each moment: seconds from the beginning, `nil` for nothing.
    private func shown(_ rows: [String: [Double]]) throws -> [[Double?]] {
        let scene = SideBySide(try candidates(rows))
        return scene.moments.map { moment in
            scene.views(at: moment).map { view in
                guard case .frame(let frame) = view else { return nil }
                return Double((frame.capturedAt - Footage.start).milliseconds) / 1000
            }
        }
    }

    @Test func `are in step by time, however unevenly they come`() throws {
        let shown = try shown(["a": [0, 10.1, 19.9, 30], "b": [0.4, 9.8, 20.3, 29.9]])
        #expect(shown == [[0, 0.4], [10.1, 9.8], [19.9, 20.3], [30, 29.9]])
    }

    @Test func `show the newest picture of a slower one meanwhile`() throws {
        let shown = try shown(["a": [0, 10, 20, 30, 40], "b": [5, 35]])
        #expect(shown == [[0, 5], [10, 5], [20, 5], [30, 35], [40, 35]])
    }

    @Test func `leave a gap where one gave no picture, and go on with the others`() throws {
        let seconds = (0..<20).map { Double($0) * 10 }
        let shown = try shown(["a": seconds, "b": seconds.filter { !(50..<150).contains($0) }])
        #expect(shown.count == 20)
        #expect(shown.allSatisfy { $0[0] != nil })
        #expect(shown.map { $0[1] == nil } == (0..<20).map { (8..<15).contains($0) })
        let scene = SideBySide(try candidates(["a": seconds, "b": [0, 10]]))
        #expect(scene.views(at: scene.moments[19])[1] == .missing(since: Footage.start + .seconds(10)))
        let late = SideBySide(try candidates(["a": seconds, "b": [100, 110]]))
        #expect(late.views(at: late.moments[0])[1] == .missing(since: nil))
    }

    @Test func `show the same backwards`() throws {
        let row = try candidates(["a": [0, 10, 20], "b": [1, 11, 21]])
        let (forwards, backwards) = (SideBySide(row), SideBySide(row.reversed()))
        #expect(backwards.moments == forwards.moments.reversed())
    }

    @Test(arguments: [2, 3, 4, 5, 9, 16])
    func `have places that do not overlap, within one picture`(count: Int) {
        let layout = SideBySideLayout(of: count, picture: PixelSize(width: 1280, height: 720))
        #expect(
            layout.size.width <= 1920 && layout.size.width.isMultiple(of: 2) && layout.size.height.isMultiple(of: 2))
        for place in 0..<count {
            let (x, y) = layout.corner(of: place)
            #expect(x + layout.cell.width <= layout.size.width)
            #expect(y + layout.line + layout.cell.height <= layout.size.height)
        }
    }

    /// Two cameras, one black and one white, which stops half way.
    private func footage() async throws -> Footage {
        var shots: [Shot] = []
        for number in 0..<20 {
            for (camera, light) in [("bed", -255), ("room", 255)] where camera == "bed" || number < 10 {
                var scene = TestScene(width: 128, height: 96, noise: 0)
                scene.light = light
                let picture = TestEncoding(quality: 75 + number).encode(scene)
                shots.append(Shot(picture: picture, camera: camera, time: Footage.start + .seconds(number * 10)))
            }
        }
        return try await Footage(shots)
    }

    @Test(arguments: ["lapse.mp4", "lapse.gif"])
    func `are one video, each in its place with its name`(output: String) async throws {
        let footage = try await footage()
        let result = try await footage.export(output) { $0.isSideBySide = true }
        let size = try #require(result.video?.size)
        let layout = SideBySideLayout(of: 2, picture: PixelSize(width: 128, height: 96))
        #expect(size == layout.size)
        #expect(result.frames == 30)
        #expect(result.cameras.map(\.text) == ["bed", "room"])
        #expect(footage.outputs.names == [output])
        guard output == "lapse.mp4" else { return }
        #expect(try Probe(footage.outputs(output)).stream["nb_read_frames"] == "20")
        for frame in [0, 9, 19] {
            let picture = try Pixels(footage.outputs(output), frame: frame, width: size.width, height: size.height)
            let (bed, room) = (layout.corner(of: 0), layout.corner(of: 1))
            #expect(picture[bed.x + 4, bed.y + layout.line + 80].isNear((0, 0, 0), by: 24))
            let white = picture[room.x + 4, room.y + layout.line + 80]
            #expect(white.isNear((255, 255, 255), by: 24) == (frame < 12), "\(frame)")
            let isNamed = (0..<layout.line).contains { y in (0..<60).contains { picture[$0, y].green > 120 } }
            #expect(isNamed)
        }
    }

    @Test func `are turned and cut one by one`() async throws {
        let footage = try await footage()
        let crop = try VideoCrop(parsing: "64x32+0+0")
        let result = try await footage.export("lapse.mp4") {
            $0.isSideBySide = true
            ($0.video.looks.crop, $0.video.looks.rotation) = (crop, .one)
        }
        #expect(result.video?.size == SideBySideLayout(of: 2, picture: PixelSize(width: 32, height: 64)).size)
    }

    @Test func `leave a damaged frame out, by name`() async throws {
        let footage = try await Footage(
            (0..<40).map { number in
                Shot(
                    picture: .picture(width: 128, height: 96, seed: UInt64(number + 1)),
                    camera: number.isMultiple(of: 2) ? "bed" : "room", time: Footage.start + .seconds(number / 2 * 10))
            })
        try footage.damage(3)
        let result = try await footage.export("lapse.mp4") { $0.isSideBySide = true }
        #expect(result.skipped.map(\.frame) == [footage.frames[3].id])
        #expect(try Probe(footage.outputs("lapse.mp4")).stream["nb_read_frames"] == "20")
    }

    @Test func `are refused where there is one, or what is asked for is for one`() async throws {
        let footage = try await footage()
        let changes: [@Sendable (inout ExportRequest) -> Void] = [
            { $0.frames.since = Footage.start + .seconds(150) }, { $0.selection.isSteady = true },
            { $0.video.looks.isLevelled = true }, { $0.video.hasPoster = true },
        ]
        for change in changes {
            let error = await #expect(throws: ExportError.self) {
                try await footage.export("lapse.mp4") {
                    $0.isSideBySide = true
                    change(&$0)
                }
            }
            #expect(error?.label == "unusable_video")
        }
        #expect(footage.outputs.names.isEmpty)
    }
}
