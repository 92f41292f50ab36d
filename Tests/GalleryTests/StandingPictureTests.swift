import Archive
import Catalog
import Foundation
import NIOCore
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Gallery

/// Cameras that hang upside down or on their side say so in each picture, and browsers turn whole pictures by that.
@Suite struct `A small picture of a turned camera` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Where the stored picture's upper left corner is when it stands: whether right of the middle, and whether below it.
    static let corners: [(orientation: UInt8, isRight: Bool, isBelow: Bool)] = [
        (1, false, false), (2, true, false), (3, true, true), (4, false, true), (5, false, false), (6, true, false),
        (7, true, true), (8, false, true),
    ]

    /// Black but for the upper left quarter of what is stored.
    private func gallery(orientation: UInt8) async throws -> Gallery {
        var scene = TestScene(width: 320, height: 160, noise: 0)
        scene.light = -255
        scene.patches = [TestScene.Patch(x: 0, y: 0, width: 120, height: 60, contrast: 512)]
        let writer = try await archive.open()
        try await writer.store(0, jpeg: TestEncoding(quality: 90).encode(scene).withExif(orientation: orientation))
        try await writer.close()
        return try archive.gallery()
    }

    private func expectStanding(_ pixels: Pixels, _ isRight: Bool, _ isBelow: Bool) {
        func level(_ x: Double, _ y: Double) -> UInt8 {
            let (across, down) = (isRight ? 1 - x : x, isBelow ? 1 - y : y)
            return pixels[Int(across * Double(pixels.size.width)), Int(down * Double(pixels.size.height))].green
        }
        #expect(level(0.2, 0.2) > 128)
        for (x, y) in [(0.8, 0.2), (0.2, 0.8), (0.8, 0.8)] { #expect(level(x, y) < 128) }
    }

    @Test(arguments: corners)
    func `stands, as wide as asked`(orientation: UInt8, isRight: Bool, isBelow: Bool) async throws {
        let answer = try await gallery(orientation: orientation).ask("frames/1/picture?width=80")
        let (size, pixels) = try decoded(answer.bytes)
        #expect(size == (orientation >= 5 ? PixelSize(width: 80, height: 160) : PixelSize(width: 80, height: 40)))
        expectStanding(pixels, isRight, isBelow)
    }

    @Test(arguments: corners)
    func `stands on sheets, and gives their cells its shape`(orientation: UInt8, isRight: Bool, isBelow: Bool)
        async throws
    {
        let gallery = try await gallery(orientation: orientation)
        let step = TimeCells.step(of: 6)
        let answer = try await gallery.ask("cameras/printer/sheets/6/\(Timestamp.start.milliseconds / (step * 64) + 1)")
        let (size, pixels) = try decoded(answer.bytes)
        let cell = orientation >= 5 ? PixelSize(width: 80, height: 160) : PixelSize(width: 160, height: 80)
        #expect(size == PixelSize(width: cell.width * 8, height: cell.height * 8))
        expectStanding(pixels.part(x: cell.width * 3, y: cell.height * 2, cell), isRight, isBelow)
    }

    /// What turns it so that it is stored as a camera on its side stores it.
    private static func lying(_ orientation: PictureOrientation) -> PictureOrientation {
        switch orientation {
        case .clockwise: .counterclockwise
        case .counterclockwise: .clockwise
        default: orientation
        }
    }

    @Test(arguments: PictureOrientation.allCases)
    func `shows the very same as an upright one`(orientation: PictureOrientation) async throws {
        var scene = TestScene(width: 320, height: 160, noise: 0)
        scene.patches = [
            .init(x: 16, y: 16, width: 64, height: 32, contrast: 90),
            .init(x: 200, y: 96, width: 80, height: 40, contrast: -60),
        ]
        let upright = TestEncoding(quality: 95).encode(scene)
        let writer = try await archive.open()
        let (size, pixels) = try decoded(ByteBuffer(bytes: upright.bytes))
        try await writer.store(0, jpeg: upright)
        let turned = try #require(pixels.turned(Self.lying(orientation)).jpeg(quality: 95))
        try await writer.store(
            1, jpeg: TestJPEG(Array(turned.readableBytesView)).withExif(orientation: UInt8(orientation.rawValue))
        )
        try await writer.close()
        let gallery = try archive.gallery()
        for width in [40, 80, 200] {
            let (one, other) = (
                try await gallery.ask("frames/1/picture?width=\(width)"),
                try await gallery.ask("frames/2/picture?width=\(width)")
            )
            let (first, second) = (try decoded(one.bytes), try decoded(other.bytes))
            #expect(first.size == second.size && first.size != size)
            #expect(first.pixels.meanDifference(to: second.pixels) < 3)
        }
    }

    @Test func `has the player's room in its own shape`() async throws {
        let reel = try await gallery(orientation: 6).ask("reel?camera=printer").json
        #expect(reel["width"] as? Int == 160 && reel["height"] as? Int == 320)
    }
}
