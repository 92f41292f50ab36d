import Foundation
import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `The sample queries` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Each of them, without the comments before it.
    private func queries() throws -> [String] {
        let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Samples/queries.sql")
        let lines = try String(contentsOf: samples, encoding: .utf8).split(separator: "\n")
        return lines.filter { !$0.hasPrefix("--") }.joined(separator: "\n").split(separator: ";\n").map { $0 + ";" }
    }

    @Test func `are each answered by sqlite3 while a capture runs, which is not disturbed`() async throws {
        let writer = try await archive.open()
        for number in 0..<300 { try await writer.store(number, print: number < 3 ? 7 : nil) }
        try await writer.record(.cap, "near the cap", slots: 300..<302)
        try archive.sqlite(
            """
            UPDATE frame SET changed_percent = 70, brightness = 10, sharpness = 20, note = 'warped' WHERE id = 2;
            UPDATE picture SET stored_bytes = bytes - 10, stored_sha256 = sha256 WHERE sha256 = (
                SELECT sha256 FROM frame WHERE id = 2);
            DELETE FROM frame WHERE id = 5;
            """)
        let capture = Task {
            var stored = 0
            repeat {
                try await writer.store(1000 + stored)
                stored += 1
            } while !Task.isCancelled
            return stored
        }
        var answers = ""
        for query in try queries() {
            let answer = try archive.sqlite(query, options: "-readonly")
            #expect(!answer.isEmpty || query.contains("3600"), "\(query)")
            answers += answer
        }
        capture.cancel()
        let stored = try await capture.value
        for expected in ["printer|cap|2|", "2027-01-15|", "00:00:20", "printer|2027-01-15T08:00:10.000Z|70", "|warped"]
        {
            #expect(answers.contains(expected), "\(expected) in \(answers)")
        }
        try await writer.close()
        let catalog = try Catalog.open(at: archive.path)
        #expect(try await catalog.count(FrameQuery()).frames == 299 + stored)
    }
}
