import Archive
import Care
import Catalog
import Deduplication
import Foundation
import Storage
import TestSupport
import Testing
import Validation
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct `One catalog of many machines` {
    private static func fill(_ path: String, camera: String, frames: Range<Int>) async throws {
        let archive = try await FrameArchive.open(at: path)
        let start = Timestamp.wallClock - .seconds(30 * 86_400)
        for number in frames {
            let instant = start + .seconds(60 * number)
            let picture = TestJPEG.picture(width: 96, height: 64, seed: UInt64(number))
            let valid = try FrameValidator().validate(picture.snapshot(from: camera, at: instant))
            guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else { continue }
            _ = try await archive.store(novel, for: Slot(due: instant, interval: .seconds(60)), received: .zero)
        }
        try await archive.close()
    }

    @Test func `is made by two commands, and read by all others`() async throws {
        try await ProgramBench.with { bench in
            let store = bench.folder.appending(path: "store").path
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
            let machine = bench.folder.appending(path: "machine.sqlite").path
            try await Self.fill(machine, camera: "printer", frames: 0..<12)
            let moved = try await bench.run("offload", "--archive", machine, "--to", store, "--older-than", "1d")
            #expect(moved.status == 0, "\(moved.messages)")
            let told = try await bench.run("publish", store, "--archive", machine, "--name", "rack 7")
            #expect(told.status == 0, "\(told.messages)")
            #expect(told.output.contains("told in 1 segment"), "\(told.output)")
            let nothing = try await bench.run("publish", "--archive", machine)
            #expect(nothing.output.hasPrefix("There was nothing new to tell."), "\(nothing.output) \(nothing.messages)")

            let followed = try await bench.run("follow", store)
            #expect(followed.status == 0, "\(followed.messages)")
            #expect(followed.output.contains("✓ rack 7"), "\(followed.output)")
            #expect(followed.output.contains("12 new frames"), "\(followed.output)")
            let status = try await bench.run("status")
            #expect(status.status == 0, "\(status.output)")
            #expect(status.output.contains("✓ rack 7"), "\(status.output)")
            #expect(try await bench.run("verify").output.contains("All is well."))
            #expect(try await bench.run("frame", "1", "-o", "one.jpg").status == 0)
            // The newest is with its machine.
            let refused = try await bench.run("frame", "12", "-o", "two.jpg")
            #expect(refused.status == 1)
            #expect(refused.messages.contains("lies at the machine rack 7"), "\(refused.messages)")
            let exported = try await bench.run("export", "all.zip")
            #expect(exported.status == 3, "\(exported.messages)")
            #expect(exported.messages.contains("rack 7") || exported.output.contains("rack 7"), "\(exported)")
            let marked = try await bench.run("exclude", "1")
            #expect(marked.status == 1)
            #expect(marked.messages.contains("belongs to the machine rack 7"), "\(marked.messages)")
        }
    }

    @Test func `says what is wanted`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench.archive, camera: "printer", frames: 0..<1)
            for words in [
                ["publish", ".", "--restored", "--separate"], ["publish", ".", "--name", "a/b"],
                ["follow", ".", "--rename", "printer=other"], ["publish", ".", "--every", "1ms"],
            ] {
                let result = try await bench.start(arguments: words).result()
                #expect(result.status == 64, "\(words) \(result.messages)")
            }
            let never = try await bench.run("publish")
            #expect(never.messages.contains("was not published yet"), "\(never.messages)")
            let away = try await bench.run("publish", "nowhere")
            #expect(away.status == 1)
            #expect(away.messages.contains("nowhere"), "\(away.messages)")
            let none = try await bench.run("follow", "nowhere")
            #expect(none.status == 3)
            #expect(none.messages.contains("nowhere"), "\(none.messages)")
        }
    }

    /// Both at any instant, while the archive goes on.
    @Test func `is whole in the end, whenever either is killed`() async throws {
        try await ProgramBench.with { bench in
            let store = bench.folder.appending(path: "store").path
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
            let machine = bench.folder.appending(path: "machine.sqlite").path
            var kills = 0
            for round in 0..<16 {
                try await Self.fill(machine, camera: "printer", frames: round * 20..<round * 20 + 20)
                for words in [["publish", store, "--archive", machine], ["follow", store]] {
                    let program = try bench.start(arguments: words)
                    try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: 10...180)))
                    program.signal(SIGKILL)
                    if try await program.result().isSignalled { kills += 1 }
                }
            }
            #expect(kills > 8)
            #expect(try await bench.run("publish", store, "--archive", machine).status == 0)
            let followed = try await bench.run("follow", store)
            #expect(followed.status == 0, "\(followed.output) \(followed.messages)")
            let (there, here) = (try Catalog.open(at: machine), try Catalog.open(at: bench.archive))
            let pictures = { (catalog: Catalog) in
                try await catalog.frames(FrameQuery()).map { "\($0.capturedAt) \($0.sha256)" }.sorted()
            }
            #expect(try await pictures(here) == pictures(there))
            #expect(try await pictures(here).count == 320)
            #expect(try await here.verify().isSound)
            try there.close()
            try here.close()
        }
    }
}
