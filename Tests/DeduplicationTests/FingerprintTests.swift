import Deduplication
import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

@Suite struct `A SHA-256 digest` {
    /// The examples of FIPS 180-4 and a million letters.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func `is the standard's`(text: String, expected: String) {
        #expect(SHA256Digest(hashing: ByteBuffer(string: text)).description == expected)
        #expect(Array(text.utf8).withUnsafeBytes { SHA256Digest(hashing: $0) }.description == expected)
    }

    @Test func `is of the readable bytes alone`() {
        var buffer = ByteBuffer(string: "xxabcyy")
        buffer.moveReaderIndex(forwardBy: 2)
        buffer.moveWriterIndex(to: buffer.writerIndex - 2)
        #expect(SHA256Digest(hashing: buffer) == SHA256Digest(hashing: ByteBuffer(string: "abc")))
    }
}

@Suite struct `A perceptual hash` {
    /// A luma picture of so many blocks, drawn block by block.
    private func luma(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> Int) throws -> LumaPicture {
        let pixels = (0..<width * height).map { UInt8(pixel($0 % width, $0 / width)) }
        return try #require(LumaPicture(of: PixelSize(width: width * 8, height: height * 8), pixels: pixels))
    }

    @Test(arguments: [(9, 8), (80, 60), (160, 90), (10, 9), (1, 1), (3, 2)])
    func `has a bit for every cell that is darker than its right neighbour`(width: Int, height: Int) throws {
        let rising = try luma(width, height) { x, _ in x }
        let falling = try luma(width, height) { x, _ in 255 - x }
        let flat = try luma(width, height) { _, _ in 77 }
        if width >= 9 { #expect(PerceptualHash(of: rising).bits == .max) }
        #expect(PerceptualHash(of: falling).bits == 0)
        #expect(PerceptualHash(of: flat).bits == 0)
    }

    @Test func `stands row by row from the top left, the most significant bit first`() throws {
        // One bright cell in the second row, fourth column: its left neighbour is darker than it.
        let picture = try luma(9, 8) { x, y in x == 3 && y == 1 ? 200 : 100 }
        #expect(PerceptualHash(of: picture).bits == 1 << (63 - (8 + 2)))
        #expect(PerceptualHash(of: picture).description == "0020000000000000")
    }

    @Test func `compares the means of whole cells, without rounding`() throws {
        // 19 columns: cells of two blocks and one of three. The second cell's mean is greater by a fraction.
        let picture = try luma(19, 8) { x, _ in x == 3 ? 101 : 100 }
        // Cell 0 has columns 0 and 1, cell 1 columns 2 and 3, cell 2 columns 4 and 5.
        #expect(PerceptualHash(of: picture).bits == 0x8080_8080_8080_8080)
    }

    @Test func `is near for the same scene with other noise, and far for another`() throws {
        func hash(_ scene: TestScene) throws -> PerceptualHash {
            PerceptualHash(of: try FrameValidator().validate(TestEncoding.baseline.encode(scene).snapshot()).luma)
        }
        let one = try hash(TestScene(width: 160, height: 120, noise: 3, seed: 1))
        let other = try hash(TestScene(width: 160, height: 120, noise: 3, seed: 2))
        var changed = TestScene(width: 160, height: 120, noise: 3, seed: 1)
        changed.patches = [TestScene.Patch(x: 0, y: 0, width: 40, height: 120, contrast: 120)]
        #expect(one.distance(to: other) <= 6)
        #expect(one.distance(to: try hash(changed)) > 8)
    }
}
