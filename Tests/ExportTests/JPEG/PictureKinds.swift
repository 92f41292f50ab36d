import CTurboJPEG
import Catalog
import NIOCore
import TestSupport
import Vocabulary

@testable import Export

/// Pictures of every kind that the archive keeps, all of the same square size and each to be told from the others.
enum PictureKinds {
    static let side = 64

    /// Those that a stream can hold as they are, and a decoder shows as libjpeg does.
    static let kept: [(name: String, picture: TestJPEG)] = scenes([
        ("baseline", { TestEncoding.baseline.encode($0) }),
        ("without Huffman tables", { TestEncoding.baseline.encode($0).removing(0xC4) }),
        ("with tables for light alone", { TestEncoding.baseline.encode($0).keepingTablesOfLight }),
        ("with tables of its own", { TestEncoding.baseline.encode($0).withOwnTables }),
        ("progressive", { TestEncoding.progressive.encode($0) }),
        ("grey", { TestEncoding.grey.encode($0) }),
        ("grey, without Huffman tables", { TestEncoding.grey.encode($0).removing(0xC4) }),
        ("with restarts", { TestEncoding.restarting.encode($0) }),
        ("a scan a component", { TestEncoding.separateScans.encode($0) }),
        ("4:4:4", { TestEncoding(sampling: (1, 1)).encode($0) }),
        ("4:2:2", { TestEncoding(sampling: (2, 1)).encode($0) }),
        ("4:4:0", { TestEncoding(sampling: (1, 2)).encode($0) }),
        ("4:1:1", { TestEncoding(sampling: (4, 1)).encode($0) }),
        ("at another quality", { TestEncoding(quality: 40).encode($0) }),
    ])

    /// Those that only libjpeg is right about.
    static let odd: [(name: String, picture: TestJPEG)] = scenes([
        ("3×2", { TestEncoding(sampling: (3, 2)).encode($0) }),
        ("4×2", { TestEncoding(sampling: (4, 2)).encode($0) }),
        ("1×4", { TestEncoding(sampling: (1, 4)).encode($0) }),
        ("RGB", { TestEncoding(.rgb).encode($0) }),
        ("CMYK", { TestEncoding(.cmyk).encode($0) }),
        ("YCCK", { TestEncoding(.ycck).encode($0) }),
        ("arithmetic", { TestEncoding.arithmetic.encode($0) }),
        ("progressive, arithmetic", { TestEncoding.progressiveArithmetic.encode($0) }),
        (
            "of AVI1",
            { TestEncoding.baseline.encode($0).inserting(0xE0, Array("AVI1".utf8) + [1, 0, 0, 0, 0, 0, 0, 0]) }
        ),
        ("of Intel", { TestEncoding.baseline.encode($0).inserting(0xFE, Array("CS=ITU601\0".utf8)) }),
        ("of Metasoft", { TestEncoding.baseline.encode($0).inserting(0xFE, Array("Metasoft MJPEG Codec\0".utf8)) }),
        ("upside down", { TestEncoding.baseline.encode($0).withExif(orientation: 3) }),
        ("on its side", { TestEncoding.baseline.encode($0).withExif(orientation: 6) }),
    ])

    /// Every one of so many in every order of two, itself after itself included.
    static func everyOrderOfTwo(of count: Int) -> [Int] {
        (0..<count).flatMap { first in [first] + (first + 1..<count).flatMap { [first, $0] } } + [0]
    }

    private static func scenes(
        _ kinds: [(String, (TestScene) -> TestJPEG)]
    ) -> [(name: String, picture: TestJPEG)] {
        kinds.enumerated().map { number, kind in
            var scene = TestScene(width: side, height: side, noise: 0, seed: UInt64(number))
            scene.light = number * 37 % 90 - 60
            scene.patches = [TestScene.Patch(x: number * 3, y: 40, width: 12, height: 12, contrast: 90)]
            return (kind.0, kind.1(scene))
        }
    }
}

extension TestJPEG {
    /// With the tables that light is coded by, and without those of colour.
    fileprivate var keepingTablesOfLight: TestJPEG {
        guard let tables = HuffmanTable.standard([.direct(0), .alternating(0)]) else { return self }
        return removing(0xC4).changed { $0.insert(contentsOf: tables, at: 2) }
    }

    /// Coded anew with the tables that suit it best, as `compact` does.
    fileprivate var withOwnTables: TestJPEG {
        var report = transform_report()
        var output = [UInt8](repeating: 0, count: bytes.count)
        lossless_transform(bytes, bytes.count, &output, output.count, 1 << 24, &report)
        return report.outcome == TRANSFORM_DONE ? TestJPEG(Array(output.prefix(report.count))) : self
    }

    /// Its pixels, by libjpeg.
    var pixels: [UInt8] {
        var rgb = [UInt8](repeating: 0, count: PictureKinds.side * PictureKinds.side * 3)
        var message = [CChar](repeating: 0, count: Int(JMSG_LENGTH_MAX))
        let side = UInt32(PictureKinds.side)
        let isDecoded = scaled_decode(bytes, bytes.count, 8, 0, side, side, &rgb, &message)
        precondition(isDecoded, "\(message)")
        let size = PixelSize(width: PictureKinds.side, height: PictureKinds.side)
        return RGBPicture(size: size, bytes: rgb).turned(PictureOrientation(of: ByteBuffer(bytes: bytes))).bytes
    }
}
