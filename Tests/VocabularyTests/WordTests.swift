import Testing
import Vocabulary

@Suite struct `A camera's name` {
    @Test(arguments: ["printer", "Prusa MK4 (left)", "Küche", "a", "<b>bold", "3"])
    func `may be any short printable text`(text: String) throws {
        #expect(try CameraName(text).text == text)
    }

    @Test(arguments: ["", "../../x", "a/b", "a\\b", ".hidden", "-v", " x", "x ", "a\nb", "a\0b", "a\u{202E}b"])
    func `is refused where it could mislead a path, a log or a command line`(text: String) {
        #expect(throws: VocabularyError.self) { try CameraName(text) }
    }

    @Test func `is at most 64 bytes long`() throws {
        #expect(try CameraName(String(repeating: "a", count: 64)).text.count == 64)
        #expect(throws: VocabularyError.self) { try CameraName(String(repeating: "a", count: 65)) }
    }
}

@Suite struct `A size in bytes` {
    @Test(arguments: [
        ("300MB", 300_000_000), ("2GiB", 2_147_483_648), ("4096", 4096), ("1.5 kB", 1500), ("0b", 0), ("1kib", 1024),
    ])
    func `is read in decimal and binary units`(text: String, bytes: Int64) throws {
        #expect(try ByteCount(parsing: text).bytes == bytes)
    }

    @Test(arguments: ["", "MB", "12 parsecs", "-5MB", "1e3", "99999999999TB", "."])
    func `is refused where it is none`(text: String) {
        #expect(throws: VocabularyError.byteCount(text)) { try ByteCount(parsing: text) }
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1234, "1.23 kB"), (45_600_000, "45.6 MB"), (314_572_800, "315 MB"),
        (999_700, "1.00 MB"),
    ])
    func `is written with three digits`(bytes: Int, text: String) {
        #expect("\(ByteCount(bytes))" == text)
    }

    @Test func `never falls below nothing nor overflows`() {
        #expect(ByteCount(5) - ByteCount(9) == .zero)
        #expect(ByteCount(Int64.max) + ByteCount(9) == ByteCount(Int64.max))
    }
}

@Suite struct `A duration` {
    @Test(arguments: [("500ms", 500), ("10s", 10_000), ("1.5m", 90_000), ("2h", 7_200_000), ("3d", 259_200_000), ("2w", 1_209_600_000),
        ("1y", 31_536_000_000),
    ])
    func `is read with its unit`(text: String, milliseconds: Int64) throws {
        #expect(try Duration(parsing: text).milliseconds == milliseconds)
    }

    @Test(arguments: ["", "10", "s", "-5s", "10 s", "1x", "ms"])
    func `is refused without one`(text: String) {
        #expect(throws: VocabularyError.duration(text)) { try Duration(parsing: text) }
    }

    @Test(arguments: [
        (0, "0ms"), (450, "450ms"), (9500, "9.5s"), (42_000, "42s"), (200_000, "3m 20s"), (7_500_000, "2h 5m"),
        (277_200_000, "3d 5h"), (3_600_000, "1h"),
    ])
    func `is written with its two largest units`(milliseconds: Int, text: String) {
        #expect(Duration.milliseconds(milliseconds).shortText == text)
    }
}
