import Archive
import Catalog
import TestSupport
import Testing
import Vocabulary

@testable import Export

/// Frames of one brightness each, so that what a sheet shows can be told from a pixel.
@Suite struct `What a sheet shows` {
    private static let size = PixelSize(width: 96, height: 64)

    @Test func `is frame beside frame in order, on a contact sheet`() async throws {
        let footage = try await Self.footage([0, 255, 0, 255, 255])
        let sheet = try await Self.sheet(.contact, of: footage) { $0.sheet.columns = 3 }
        let layout = try ContactLayout(
            PageGrid(holding: 5, shaped: 1.5, columns: 3), of: Self.size, aimingAt: 2400, widestLabel: "00:00:00")
        for (number, expected) in [0, 255, 0, 255, 255].enumerated() {
            let x = layout.left(of: number % 3) + layout.cell.width / 2
            let y = layout.style.headingHeight + number / 3 * layout.rowHeight + layout.cell.height / 2
            #expect(sheet[x, y].isNear((expected, expected, expected), by: 3), "frame \(number)")
        }
        // The sixth place is empty.
        let ground = SheetStyle.ground
        let empty = sheet[
            layout.left(of: 2) + 20, layout.style.headingHeight + layout.rowHeight + layout.cell.height / 2]
        #expect(empty.isNear((Int(ground.red), Int(ground.green), Int(ground.blue)), by: 3))
    }

    @Test func `is a column a frame, from left to right, in a keogram`() async throws {
        let footage = try await Self.footage([0, 255, 255, 0])
        let sheet = try await Self.sheet(.keogram, of: footage)
        let style = SheetStyle(width: 1200)
        for (number, expected) in [0, 255, 255, 0].enumerated() {
            let pixel = sheet[style.margin + number * 300 + 150, style.headingHeight + 32]
            #expect(pixel.isNear((expected, expected, expected), by: 3), "frame \(number)")
        }
    }

    @Test func `is where frames are missing, also where the axis of a keogram has a mark`() async throws {
        // Every column has one.
        let seconds = (0..<6).map { $0 * 10 } + (0..<6).map { 150 + $0 * 10 }
        let footage = try await Self.footage(Array(repeating: 0, count: 12), at: seconds)
        let sheet = try await Self.sheet(.keogram, of: footage)
        let style = SheetStyle(width: 1200)
        let row = style.headingHeight + Self.size.height + 2
        #expect(sheet[style.margin + 6 * 100, row].red > 180)
        #expect(sheet[style.margin + 5 * 100, row].red < 180)
    }

    /// The mean of black and white is half the light: 188 in sRGB (IEC 61966-2-1), and not 128.
    @Test(arguments: [(SheetKind.average, 188), (.brightest, 255)])
    func `is the light of all frames together`(kind: SheetKind, expected: Int) async throws {
        let footage = try await Self.footage([0, 255])
        let sheet = try await Self.sheet(kind, of: footage)
        let style = SheetStyle(width: 480)
        #expect(sheet[style.margin + 48, style.headingHeight + 32].isNear((expected, expected, expected), by: 2))
    }

    @Test func `is the first and the last frame, before and after`() async throws {
        let footage = try await Self.footage([0, 60, 60, 60, 255])
        let sheet = try await Self.sheet(.beforeAfter, of: footage)
        let layout = try ContactLayout(
            PageGrid(holding: 2, shaped: 1.5, columns: 2), of: Self.size, aimingAt: 2400, widestLabel: "00:00:00")
        let y = layout.style.headingHeight + layout.cell.height / 2
        #expect(sheet[layout.left(of: 0) + 48, y].isNear((0, 0, 0), by: 3))
        #expect(sheet[layout.left(of: 1) + 48, y].isNear((255, 255, 255), by: 3))
    }

    @Test(arguments: [SheetKind.average, .brightest])
    func `is only the frames of the most frequent size where they are laid over each other`(
        kind: SheetKind
    ) async throws {
        let shots = [(96, 64), (64, 64), (96, 64), (96, 64)].enumerated().map { number, size in
            Shot(
                picture: .picture(width: size.0, height: size.1, seed: UInt64(number)),
                time: Footage.start + .seconds(number))
        }
        let footage = try await Footage(shots)
        let result = try await footage.export("sheet.jpg") { $0.sheet.kind = kind }
        #expect(result.frames == 3)
        #expect(result.skipped.map(\.frame) == [footage.frames[1].id])
        #expect(result.skipped[0].reason.contains("64×64"))
    }

    @Test(arguments: [SheetKind.contact, .keogram])
    func `is every frame, whatever its size, where they stand side by side`(kind: SheetKind) async throws {
        let sizes = [(96, 64), (64, 96), (200, 20), (96, 64), (8, 8)]
        let shots = sizes.enumerated().map { number, size in
            Shot(picture: .picture(width: size.0, height: size.1), time: Footage.start + .seconds(number))
        }
        let result = try await Footage(shots).export("sheet.jpg") { $0.sheet.kind = kind }
        #expect(result.frames == 5)
        #expect(result.isComplete)
    }

    /// The pixels of a sheet as ffmpeg decodes it.
    private static func sheet(
        _ kind: SheetKind, of footage: Footage, _ change: (inout ExportRequest) -> Void = { _ in }
    ) async throws -> Pixels {
        let result = try await footage.export("sheet.jpg") {
            $0.sheet.kind = kind
            change(&$0)
        }
        let size = try #require(result.sheet)
        return try Pixels(footage.outputs("sheet.jpg"), frame: 0, width: size.width, height: size.height)
    }

    private static func footage(_ values: [Int], at seconds: [Int]? = nil) async throws -> Footage {
        try await Footage(
            values.enumerated().map { number, value in
                var scene = TestScene(width: size.width, height: size.height, noise: 0)
                let all = TestScene.Patch(
                    x: 0, y: 0, width: size.width, height: size.height, contrast: value == 0 ? -1000 : value * 4)
                scene.patches = [all]
                return Shot(
                    // No two of the same bytes: those would be one picture.
                    picture: TestEncoding(quality: 95).encode(scene).inserting(0xFE, [UInt8(number)]),
                    time: Footage.start + .seconds(seconds?[number] ?? number))
            })
    }
}
