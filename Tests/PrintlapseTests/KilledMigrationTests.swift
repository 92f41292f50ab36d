import Catalog
import Foundation
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `A migration that is killed` {
    /// At the n-th write to a file, for every n, by `strace`.
    @Test func `leaves the old archive or the new one, whole`() async throws {
        try await ProgramBench.with { bench in
            let old = bench.folder.appending(path: "old.sqlite").path
            try await Self.makeArchiveOfVersion2(at: old, in: bench)
            let trace = bench.folder.appending(path: "calls").path
            try FileManager.default.copyItem(atPath: old, toPath: bench.archive)
            let whole = try await Program(
                [bench.archive, "0"], of: "ArchiveWriter",
                tracedBy: ["strace", "-f", "-o", trace, "-e", "trace=pwrite64"],
                in: bench.folder
            ).result()
            #expect(whole.status == 0, "\(whole.messages)")
            let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count {
                $0.contains("pwrite64(")
            }
            #expect(calls > 10)

            var versions: [String: Int] = [:]
            for number in stride(from: 1, through: calls, by: 2) {
                for ending in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: bench.archive + ending)
                }
                try FileManager.default.copyItem(atPath: old, toPath: bench.archive)
                _ = try await Program(
                    [bench.archive, "0"], of: "ArchiveWriter",
                    tracedBy: [
                        "strace", "-f", "-o", "/dev/null", "-e", "inject=pwrite64:signal=SIGKILL:when=\(number)",
                    ],
                    in: bench.folder
                ).result()
                versions[try await Self.shell(bench.archive, "PRAGMA user_version"), default: 0] += 1
                #expect(try await Self.shell(bench.archive, "PRAGMA integrity_check") == "ok")
                let catalog = try Catalog.open(at: bench.archive)
                let report = try await catalog.verify()
                #expect(report.framesChecked == 2)
                #expect(report.isSound, "killed at write \(number): \(report.damaged) \(report.problems)")
                try catalog.close()
            }
            #expect(versions["2", default: 0] > 0, "\(versions)")
        }
    }

    /// The statements of version 3 undone: an archive as the version before left it.
    private static func makeArchiveOfVersion2(at path: String, in bench: ProgramBench) async throws {
        let writer = try Program([path, "2"], of: "ArchiveWriter", in: bench.folder)
        #expect(try await writer.result().status == 0)
        _ = try await shell(
            path,
            """
            DROP VIEW frame_view; DROP VIEW print_view; DROP VIEW timeline_view;
            DROP TRIGGER frame_stays_itself; DROP TRIGGER frame_joins_totals; DROP TRIGGER frame_leaves_totals;
            DROP TRIGGER frame_leaves_run; DROP TABLE frame_hour;
            DROP INDEX frame_by_change; DROP INDEX frame_by_sharpness; DROP INDEX frame_by_brightness;
            ALTER TABLE frame DROP COLUMN brightness; ALTER TABLE frame DROP COLUMN sharpness;
            ALTER TABLE frame DROP COLUMN change; ALTER TABLE frame DROP COLUMN changed_percent;
            ALTER TABLE frame DROP COLUMN note; ALTER TABLE frame DROP COLUMN damaged_at;
            ALTER TABLE print DROP COLUMN excluded; ALTER TABLE print DROP COLUMN pinned; ALTER TABLE print DROP COLUMN note;
            ALTER TABLE print DROP COLUMN frames; ALTER TABLE print DROP COLUMN bytes;
            ALTER TABLE picture DROP COLUMN stored_sha256; ALTER TABLE picture DROP COLUMN stored_bytes;
            ALTER TABLE ledger_run DROP COLUMN removed; ALTER TABLE archive_info DROP COLUMN totals_until;
            CREATE TRIGGER frame_keeps_picture BEFORE UPDATE OF id, sha256 ON frame BEGIN
                SELECT RAISE(ABORT, 'a frame keeps its number and its picture');
            END;
            CREATE VIEW frame_view AS SELECT 1; CREATE VIEW print_view AS SELECT 1; CREATE VIEW timeline_view AS SELECT 1;
            PRAGMA user_version = 2;
            """)
    }

    private static func shell(_ path: String, _ statements: String) async throws -> String {
        let shell = Process()
        shell.executableURL = URL(filePath: "/usr/bin/sqlite3")
        shell.arguments = [path, statements]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        try await shell.ended()
        #expect(shell.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
