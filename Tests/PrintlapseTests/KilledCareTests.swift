import Care
import Catalog
import Foundation
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `Care that is killed` {
    @Test func `leaves a repair to be done again, with nothing half`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 200)
            let backup = bench.folder.appending(path: "backup.sqlite").path
            #expect(try await bench.run("backup", backup).status == 0)
            try await Self.shell(bench, "UPDATE picture_content SET jpeg = x'00' WHERE id % 3 = 0")
            for _ in 0..<12 {
                try await Self.kill(bench.start("verify", "--repair", "--from", backup), within: 20...250)
                let catalog = try Catalog.open(at: bench.archive)
                let report = try await catalog.verify()
                #expect(report.problems == [])
                #expect(report.framesChecked == 200)
                #expect(report.quarantined == 0)
                try catalog.close()
            }
            let last = try await bench.run("verify", "--repair", "--from", backup)
            #expect(last.status == 0, "\(last.output)")
            #expect(try await bench.run("verify").output.contains("All is well."))
        }
    }

    @Test func `leaves a retention to be gone on with`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 400)
            var left = 400
            for _ in 0..<12 {
                // The frames are of a day to come, ten seconds apart: no age lets them go, but a size does.
                try await Self.kill(bench.start("prune", "--max-size", "500kB", "--apply"), within: 20...250)
                let catalog = try Catalog.open(at: bench.archive)
                let report = try await catalog.verify()
                #expect(report.isSound, "\(report.damaged) \(report.problems)")
                #expect(report.framesChecked <= left)
                left = report.framesChecked
                try catalog.close()
            }
            #expect(left > 0)
        }
    }

    private static func kill(_ program: Program, within milliseconds: ClosedRange<Int>) async throws {
        try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: milliseconds)))
        program.signal(SIGKILL)
        _ = try await program.result()
    }

    private static func fill(_ bench: ProgramBench, frames: Int) async throws {
        let writer = try Program([bench.archive, "\(frames)"], of: "ArchiveWriter", in: bench.folder)
        #expect(try await writer.result().status == 0)
    }

    private static func shell(_ bench: ProgramBench, _ statement: String) async throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/usr/bin/sqlite3")
        shell.arguments = [bench.archive, statement]
        try shell.run()
        try await shell.ended()
        #expect(shell.terminationStatus == 0)
    }
}
