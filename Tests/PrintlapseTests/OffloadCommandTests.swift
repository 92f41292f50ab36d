import Archive
import Care
import Catalog
import Deduplication
import Foundation
import Packs
import Storage
import TestSupport
import Testing
import Validation
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct `The offload command` {
    @Test func `moves pictures into a folder and back, and others read on`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.fill(bench, cameras: 1, frames: 12)
            let dry = try await bench.run("offload", "--to", store, "--older-than", "1d", "--dry-run")
            #expect(dry.status == 0, "\(dry.messages)")
            #expect(dry.output.hasPrefix("11 pictures would go"), "\(dry.output)")
            let moved = try await bench.run("offload", "--to", store, "--older-than", "1d")
            #expect(moved.status == 0, "\(moved.messages)")
            #expect(moved.output.hasPrefix("11 pictures moved"), "\(moved.output)")

            #expect(try await bench.run("verify").output.contains("All is well."))
            #expect(try await bench.run("frame", "1", "-o", "one.jpg").status == 0)
            let exported = try await bench.run("export", "all.zip")
            #expect(exported.status == 0, "\(exported.messages)")
            #expect(try await bench.run("stats").output.contains("In packs   11 pictures"))

            let away = store + "-away"
            try FileManager.default.moveItem(atPath: store, toPath: away)
            let refused = try await bench.run("frame", "1", "-o", "two.jpg")
            #expect(refused.status == 1)
            #expect(refused.messages.contains(store), "\(refused.messages)")
            let verified = try await bench.run("verify")
            #expect(verified.status == 1)
            #expect(verified.output.contains("What could be read is well."), "\(verified.output)")
            try FileManager.default.moveItem(atPath: away, toPath: store)

            let recalled = try await bench.run("recall")
            #expect(recalled.output.hasPrefix("11 pictures came back"), "\(recalled.output) \(recalled.messages)")
            let cleaned = try await bench.run("offload", "--clean")
            #expect(cleaned.output.hasPrefix("1 pack removed"), "\(cleaned.output) \(cleaned.messages)")
            #expect(try await bench.run("verify").output.contains("All is well."))
        }
    }

    @Test func `wants to know where to, and what`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.fill(bench, cameras: 1, frames: 2)
            for words in [["offload"], ["offload", "--to", store], ["offload", "--clean", "--to", store]] {
                let result = try await bench.start(arguments: words).result()
                #expect(result.status == 64, "\(words) \(result.messages)")
            }
            let missing = try await bench.run("offload", "--to", store + "-nowhere", "--older-than", "1d")
            #expect(missing.status == 1)
            #expect(missing.messages.contains("-nowhere"), "\(missing.messages)")
            #expect(!FileManager.default.fileExists(atPath: store + "-nowhere"))
        }
    }

    /// At any instant, and once more where the one before was killed.
    @Test func `leaves every picture here or in a pack that was read back, whenever it is killed`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.fill(bench, cameras: 8, frames: 12)
            let before = try await Self.pictures(bench)
            var kills = 0
            for round in 0..<24 {
                // There and back.
                let words =
                    round % 3 == 2 ? ["recall"] : ["offload", "--to", store, "--older-than", "1d"]
                let program = try bench.start(arguments: words)
                try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: 10...350)))
                program.signal(SIGKILL)
                if try await program.result().isSignalled { kills += 1 }
                let catalog = try Catalog.open(at: bench.archive, reading: PackReader(environment: [:]))
                let report = try await catalog.verify()
                #expect(report.isSound, "\(report)")
                #expect(report.framesChecked == 96)
                try catalog.close()
            }
            #expect(kills > 8)
            let last = try await bench.run("offload", "--to", store, "--older-than", "1d")
            #expect(last.status == 0, "\(last.messages)")
            let cleaned = try await bench.run("offload", "--clean")
            #expect(cleaned.status == 0, "\(cleaned.messages)")
            let verified = try await bench.run("verify", "--json")
            #expect(verified.status == 0, "\(verified.output)")
            let unfinished = verified.output.filter { !$0.isWhitespace }.contains(#""unfinished_packs":[]"#)
            #expect(unfinished, "\(verified.output)")
            #expect(try await Self.pictures(bench) == before)
            #expect(try await bench.run("recall").status == 0)
            #expect(try await Self.pictures(bench) == before)
        }
    }

    private static func pictures(_ bench: ProgramBench) async throws -> [FrameID: SHA256Digest] {
        let catalog = try Catalog.open(at: bench.archive, reading: PackReader(environment: [:]))
        var pictures: [FrameID: SHA256Digest] = [:]
        for frame in try await catalog.frames(FrameQuery()) {
            pictures[frame.id] = try await SHA256Digest(hashing: catalog.picture(of: frame))
        }
        try catalog.close()
        return pictures
    }

    /// Archives frames of a month ago, of 130 kB each.
    ///
    /// - Returns: a folder for a store.
    private static func fill(_ bench: ProgramBench, cameras: Int, frames: Int) async throws -> String {
        let archive = try await FrameArchive.open(at: bench.archive)
        let start = Timestamp.wallClock - .seconds(30 * 86_400)
        for number in 0..<frames {
            for camera in 0..<cameras {
                let instant = start + .seconds(60 * number)
                var picture = TestJPEG.picture(seed: UInt64(number * 100 + camera))
                for _ in 0..<2 { picture = picture.inserting(0xFE, Array(repeating: UInt8(number), count: 65_000)) }
                let valid = try FrameValidator().validate(picture.snapshot(from: "camera \(camera)", at: instant))
                guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else { continue }
                _ = try await archive.store(
                    novel, for: Slot(due: instant, interval: .seconds(60)), received: .zero)
            }
        }
        try await archive.close()
        let store = bench.folder.appending(path: "packs").path
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
        return store
    }
}
