import Catalog
import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `A picture that is stored lying or standing on its head` {
    /// Where the stored picture's upper left corner is when it stands: whether right of the middle, and whether below it.
    static let corners: [(orientation: UInt8, isRight: Bool, isBelow: Bool)] = [
        (1, false, false), (2, true, false), (3, true, true), (4, false, true), (5, false, false), (6, true, false),
        (7, true, true), (8, false, true),
    ]

    /// Three pictures, black but for the upper left quarter of what is stored, which is white, and a white line along the upper
    /// edge.
    private func footage(orientation: UInt8) async throws -> Footage {
        var scene = TestScene(width: 128, height: 64, noise: 0)
        scene.light = -255
        scene.patches = [
            TestScene.Patch(x: 0, y: 0, width: 48, height: 24, contrast: 512),
            TestScene.Patch(x: 0, y: 0, width: 128, height: 8, contrast: 512),
        ]
        let pictures = [90, 91, 92].map { TestEncoding(quality: $0).encode(scene).withExif(orientation: orientation) }
        return try await Footage(
            pictures.enumerated().map { Shot(picture: $1, time: Footage.start + .seconds($0)) })
    }

    /// A picture's bright places, from 0 to 1 both ways.
    private func expectStanding(
        _ orientation: UInt8, _ isRight: Bool, _ isBelow: Bool, _ isBright: (Double, Double) -> Bool
    ) {
        func place(_ x: Double, _ y: Double) -> (Double, Double) { (isRight ? 1 - x : x, isBelow ? 1 - y : y) }
        let inner = place(0.2, 0.2)
        #expect(isBright(inner.0, inner.1), "the quarter, orientation \(orientation)")
        let opposite = place(0.8, 0.8)
        #expect(!isBright(opposite.0, opposite.1), "the quarter across, orientation \(orientation)")
        // The line runs along what was the upper edge: beside the quarter, or below it where rows became columns.
        let isLying = orientation >= 5
        let (line, other) = (
            isLying ? place(0.05, 0.9) : place(0.9, 0.05), isLying ? place(0.9, 0.05) : place(0.05, 0.9)
        )
        #expect(isBright(line.0, line.1), "the line, orientation \(orientation)")
        #expect(!isBright(other.0, other.1), "the other edge, orientation \(orientation)")
    }

    @Test(arguments: corners)
    func `stands in a video and on its poster`(orientation: UInt8, isRight: Bool, isBelow: Bool) async throws {
        let footage = try await footage(orientation: orientation)
        let result = try await footage.export("lapse.mp4") { $0.video.hasPoster = true }
        let isLying = orientation >= 5
        let size = PixelSize(width: isLying ? 64 : 128, height: isLying ? 128 : 64)
        #expect(result.video?.size == size)
        for output in ["lapse.mp4", "lapse.jpg"] {
            let picture = try Pixels(footage.outputs(output), frame: 0, width: size.width, height: size.height)
            expectStanding(orientation, isRight, isBelow) { x, y in
                picture[Int(x * Double(size.width)), Int(y * Double(size.height))].green > 128
            }
        }
    }

    @Test(arguments: corners)
    func `stands on sheets`(orientation: UInt8, isRight: Bool, isBelow: Bool) async throws {
        let footage = try await footage(orientation: orientation)
        for kind in [SheetKind.average, .brightest] {
            let result = try await footage.export("\(kind).jpg") { $0.sheet.kind = kind }
            let whole = try #require(result.sheet)
            let sheet = try Pixels(footage.outputs("\(kind).jpg"), frame: 0, width: whole.width, height: whole.height)
            let style = SheetStyle(width: 480)
            let isLying = orientation >= 5
            let size = PixelSize(width: isLying ? 64 : 128, height: isLying ? 128 : 64)
            expectStanding(orientation, isRight, isBelow) { x, y in
                let (left, top) = (Int(x * Double(size.width)), Int(y * Double(size.height)))
                return sheet[style.margin + left, style.headingHeight + top].green > 128
            }
        }
    }

    @Test func `lies between others that stand, and all of them stand in a video`() async throws {
        var scene = TestScene(width: 64, height: 64, noise: 0)
        scene.light = -255
        scene.patches = [TestScene.Patch(x: 0, y: 0, width: 32, height: 32, contrast: 512)]
        let orientations: [UInt8] = [1, 6, 1, 8, 3]
        let pictures = orientations.enumerated().map { number, orientation in
            TestEncoding(quality: 85 + number).encode(scene).withExif(orientation: orientation)
        }
        let footage = try await Footage(
            pictures.enumerated().map { Shot(picture: $1, time: Footage.start + .seconds($0)) })
        _ = try await footage.export("lapse.mp4")
        for (place, orientation) in orientations.enumerated() {
            let picture = try Pixels(footage.outputs("lapse.mp4"), frame: place, width: 64, height: 64)
            let corner = Self.corners[Int(orientation) - 1]
            #expect(picture[corner.isRight ? 48 : 16, corner.isBelow ? 48 : 16].green > 200)
            #expect(picture[corner.isRight ? 16 : 48, corner.isBelow ? 48 : 16].green < 60)
        }
    }

    @Test(arguments: [0, 9, 255] as [UInt8]) func `is taken as it is where its orientation is none`(number: UInt8) {
        let picture = TestJPEG.picture().withExif(orientation: number)
        #expect(PictureOrientation(of: ByteBuffer(bytes: picture.bytes)) == .upright)
    }

    @Test func `is known by its first bytes`() {
        let picture = TestJPEG.picture().withExif(orientation: 6).bytes
        for count in [0, 2, 3, 10, 20, 39] {
            _ = PictureOrientation(of: ByteBuffer(bytes: picture.prefix(count)))
        }
        #expect(PictureOrientation(of: ByteBuffer(bytes: picture.prefix(60))) == .clockwise)
    }
}
