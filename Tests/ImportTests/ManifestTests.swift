import Foundation
import NIOCore
import TestSupport
import TestThreads
import Testing
import Vocabulary

@testable import Import

@Suite struct `A manifest beside pictures` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    private static let text = """
        {"format": "printlapse-export", "version": 1, "selection": {"camera": null, "list": [1, [2.5e3, true]]}, "frames": [
        {"file": "a.jpg", "camera": "other", "captured_at": "2026-11-23T14:05:10.250Z", "id": 7, "more": {"file": "x"}},
        {"file": "\\u00e4 \\ud83d\\ude00.jpg", "camera": "printer", "captured_at": "2026-11-23T14:05:11.000Z"}], "skipped": []}
        """

    /// Read in pieces of so many bytes.
    private func read(_ text: String, pieces: Int = 1 << 16, pictures: Int = 2) throws -> ExportedManifest? {
        var reader = ManifestReader(pictures: pictures)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            guard reader.take(ByteBuffer(bytes: bytes[start..<min(start + pieces, bytes.count)])) else { break }
        }
        return try reader.manifest()
    }

    @Test(arguments: [1, 2, 7, 4096]) func `is read in pieces of any length`(pieces: Int) throws {
        let manifest = try #require(try read(Self.text, pieces: pieces))
        #expect(manifest["a.jpg"]?.camera == .other)
        #expect(manifest["a.jpg"]?.capturedAt.milliseconds == 1_795_442_710_250)
        #expect(manifest["ä 😀.jpg"]?.camera == .printer)
        #expect(manifest["x"] == nil)
    }

    @Test func `of another program is left alone`() throws {
        for text in ["", "[]", "{}", #"{"name": "app", "icons": []}"#, "no JSON", #"{"format": 7}"#] {
            #expect(try read(text) == nil)
        }
    }

    @Test func `of ours that is damaged or cut short is told`() throws {
        for text in [String(Self.text.dropLast(20)), Self.text.replacing("\"frames\": [", with: "\"frames\": [}")] {
            let error = #expect(throws: ZipProblem.self) { try read(text) }
            #expect(error?.label == "manifest_damaged")
        }
    }

    @Test(.ownThread) func `never traps, whatever it is`() {
        let bytes = Array(Self.text.utf8)
        for place in bytes.indices {
            for value: UInt8 in [0, 0x22, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0xFF] {
                var changed = bytes
                changed[place] = value
                var reader = ManifestReader(pictures: 2)
                _ = reader.take(ByteBuffer(bytes: changed))
                _ = try? reader.manifest()
            }
        }
    }

    /// A small ZIP that unpacks to 64 MiB, in a process whose peak nothing else can raise.
    @Test(.ownThread, arguments: ["[", "{\"a\":", "0,", " ", "\"", "x", "[\"a\","])
    func `that unpacks to far more is refused by name, in flat memory`(piece: String) async throws {
        let name = "bomb"
        try Self.writeBomb(piece, to: bench.path("\(name).zip"))
        await #expect(processExitsWith: .success) {
            [zip = bench.path("bomb.zip") as String, archive = bench.archivePath as String] in
            var before = rusage()
            var after = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &before)
            var settings = ImportSettings(timeZone: .gmt)
            settings.isDryRun = true
            let report = try await FrameImporter(into: nil, settings: settings).run([try ImportSource(at: zip)])
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &after)
            precondition(!archive.isEmpty && report.found == 1, "the picture beside it is found")
            precondition(after.ru_maxrss - before.ru_maxrss < 40 * 1024, "more than 40 MiB were taken")
            let labels = report.refused.map(\.label)
            precondition(labels == ["manifest_implausible"] || labels == ["manifest_damaged"], "\(labels)")
        }
    }

    /// The manifest begins as one of ours.
    private static func writeBomb(_ piece: String, to path: String) throws {
        let block = Array(String(repeating: piece, count: (1 << 20) / piece.utf8.count).utf8)
        var content = Array(#"{"format": "printlapse-export", "frames": ["#.utf8)
        for _ in 0..<64 { content += block }
        var zip = ZipBuilder()
        zip.entries.append(ZipBuilder.Entry(name: "manifest.json", content: content, method: 8))
        zip.entries.append(
            ZipBuilder.Entry(name: "2026-05-01_10-00-00.jpg", content: ImportBench.picture(1).bytes))
        try Data(zip.bytes).write(to: URL(filePath: path))
    }
}
