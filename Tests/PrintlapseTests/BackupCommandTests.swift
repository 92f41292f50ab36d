import Care
import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `The backup command` {
    private static func fill(_ bench: ProgramBench, frames: Int) async throws {
        let writer = try Program([bench.archive, "\(frames)"], of: "ArchiveWriter", in: bench.folder)
        #expect(try await writer.result().status == 0)
    }

    private struct Summary: Decodable {
        let path: String
        let method: String
        let frames: Int
        let pictures: Int
    }

    @Test func `says what it made and how to restore it, which is copying a file`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 3)
            let copy = bench.folder.appending(path: "copy.sqlite").path
            let result = try await bench.run("backup", copy)
            #expect(result.status == 0)
            #expect(result.output.contains("cp '\(copy)' '\(bench.archive)'"))
            try await Self.fill(bench, frames: 3)

            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: bench.archive + ending) }
            try FileManager.default.copyItem(atPath: copy, toPath: bench.archive)
            #expect(try await bench.run("verify").status == 0)
            #expect(
                try await bench.run("frames", "--format", "csv").output.split(whereSeparator: \.isNewline).count == 4)
        }
    }

    @Test func `leaves a whole backup or the one before, whenever it is killed`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 300)
            let folder = bench.folder.appending(path: "backups")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            let copy = folder.appending(path: "copy.sqlite").path
            for _ in 0..<15 {
                let program = try bench.start("backup", copy)
                try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: 20...400)))
                program.signal(SIGKILL)
                _ = try await program.result()
                guard FileManager.default.fileExists(atPath: copy) else { continue }
                let catalog = try Catalog.open(at: copy)
                let report = try await catalog.verify()
                #expect(report.isSound)
                #expect(report.framesChecked == 300)
                try catalog.close()
            }
            #expect(try await bench.run("backup", copy).status == 0)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.filter { $0.hasPrefix(".") } == [])
        }
    }

    @Test func `ends at SIGINT with 130, and leaves nothing`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 2000)
            let folder = bench.folder.appending(path: "backups")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            // Each write takes a while, so that the copy lasts for as long as a busy machine needs to look.
            let slowly = ["strace", "-D", "-f", "-o", "/dev/null", "-e", "inject=pwrite64:delay_enter=2000"]
            let program = try bench.start("backup", folder.path, tracedBy: slowly)
            try await wait(for: "the copy to begin", looking: .milliseconds(1)) {
                try !program.isRunning || !FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty
            }
            program.signal(SIGINT)
            #expect(try await program.result().status == 130)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test(.enabled(if: geteuid() == 0, "needs leave to mount"))
    func `says how much room there has to be where there is too little, and leaves nothing`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 20)
            let disk = bench.folder.appending(path: "disk").path
            let result = try await Self.mounted(
                "mkdir '\(disk)' && mount -t tmpfs -o size=64k tmpfs '\(disk)'", "backup", disk,
                then: "ls -A '\(disk)'", in: bench)
            #expect(result.status == 1)
            #expect(result.messages.contains("the backup takes"), "\(result.messages)")
            #expect(result.output == "")
        }
    }

    @Test(.enabled(if: geteuid() == 0 && FileManager.default.fileExists(atPath: "/usr/sbin/mkfs.xfs"), "needs xfs"))
    func `shares blocks where the file system can, beside a writer`() async throws {
        try await ProgramBench.with { bench in
            let disk = bench.folder.appending(path: "disk").path
            let image = bench.folder.appending(path: "image").path
            let archive = disk + "/archive.sqlite"
            let writer = Program.built("ArchiveWriter").path
            let result = try await Self.mounted(
                """
                truncate -s 320M '\(image)' && mkfs.xfs -q -m reflink=1 '\(image)' && mkdir '\(disk)' &&
                mount -o loop '\(image)' '\(disk)' && '\(writer)' '\(archive)' 200 >/dev/null &&
                { '\(writer)' '\(archive)' 300 >/dev/null & }
                """, "backup", disk + "/copy.sqlite", "--json", "--archive", archive,
                then:
                    "wait; '\(Program.built("printlapse").path)' verify --archive '\(disk)/copy.sqlite' >&2; ls -A '\(disk)' >&2",
                in: bench)
            #expect(result.status == 0, "\(result.messages)")
            let summary = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8))
            #expect(summary.method == "clone")
            #expect(summary.frames >= 200)
            #expect(summary.pictures == summary.frames)
            #expect(result.messages.contains("All is well."), "\(result.messages)")
            #expect(!result.messages.contains(".printlapse-backup"))
        }
    }

    /// Runs the program where something is mounted that goes with it. Its status is the result's.
    private static func mounted(
        _ preparation: String, _ arguments: String..., then: String, in bench: ProgramBench
    ) async throws -> Program.Result {
        let script = "\(preparation)\n\"$@\"; status=$?; \(then)\nexit $status"
        return try await Program(
            arguments, tracedBy: ["unshare", "-m", "sh", "-c", script, "sh"], in: bench.folder,
            environment: ["PRINTLAPSE_ARCHIVE": bench.archive]
        ).result()
    }
}
