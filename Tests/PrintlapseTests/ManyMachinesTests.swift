import Archive
import Care
import Catalog
import Deduplication
import Foundation
import Glibc
import Storage
import TestSupport
import Testing
import Validation
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct `One catalog of many machines` {
    private static func fill(
        _ path: String, camera: String, frames: Range<Int>, ago age: Duration = .seconds(30 * 86_400)
    ) async throws {
        let archive = try await FrameArchive.open(at: path)
        let start = Timestamp.wallClock - age
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
            // A video ends with what is here, and no picture stands for what is not.
            let plan = try await bench.run("export", "all.mp4", "--plan")
            #expect(plan.status == 0 && plan.output.contains("all.mp4: 11 frames"), "\(plan.output)")
            #expect(plan.output.contains("Missing   1 frame, the first of "), "\(plan.output)")
            let video = try await bench.run("export", "all.mp4", "--fps", "11")
            #expect(video.status == 3 && video.output.contains("11 frames, "), "\(video.output) \(video.messages)")
            #expect(video.output.contains(" 1s at 11 frames a second"), "\(video.output)")
            let marked = try await bench.run("exclude", "1")
            #expect(marked.status == 1)
            #expect(marked.messages.contains("belongs to the machine rack 7"), "\(marked.messages)")
        }
    }

    @Test func `has another machine's cameras told and moved by that machine alone`() async throws {
        try await ProgramBench.with { bench in
            try await Self.followRack(bench)
            let status = try await bench.run("status", "printer")
            #expect(status.status == 0, "\(status.output)")
            #expect(status.output.contains("printer belongs to “rack 7”"), "\(status.output)")
            #expect(!status.output.contains("nothing captures it"), "\(status.output)")
            for words in [["usage", "printer"], ["usage", "printer", "--history"]] {
                let usage = try await bench.start(arguments: words).result()
                #expect(usage.status == 1)
                #expect(usage.messages.contains("it belongs to the machine “rack 7”"), "\(usage.messages)")
            }
            let recalled = try await bench.run("recall")
            #expect(recalled.status == 0, "\(recalled.messages)")
            #expect(recalled.output.contains("11 pictures of other machines stay in their packs"), "\(recalled.output)")
        }
    }

    @Test func `lets a machine go, and takes it up again, by a word`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.followRack(bench)
            let nobody = try await bench.run("follow", "--retire", "rack 8")
            #expect(nobody.status == 1)
            #expect(nobody.messages.contains("There is rack 7"), "\(nobody.messages)")
            let retired = try await bench.run("follow", "--retire", "rack 7")
            #expect(retired.status == 0, "\(retired.messages)")
            #expect(
                retired.output.hasPrefix("“rack 7” is not followed any more. What it told stays"), "\(retired.output)")
            // Whatever became of its store.
            try FileManager.default.moveItem(atPath: store, toPath: store + "-away")
            let status = try await bench.run("status")
            #expect(status.status == 0, "\(status.output)")
            #expect(status.output.contains("– rack 7") && status.output.contains("retired"), "\(status.output)")
            #expect(try await bench.run("follow").messages.contains("No store is followed."))
            try FileManager.default.moveItem(atPath: store + "-away", toPath: store)

            let removed = try await bench.run("follow", "--retire", "rack 7", "--remove-records")
            #expect(removed.output.contains("12 frames removed here"), "\(removed.output) \(removed.messages)")
            #expect(try await bench.run("frames", "--format", "ndjson").output.isEmpty)
            let back = try await bench.run("follow", "--reinstate", "rack 7")
            #expect(back.status == 0, "\(back.messages)")
            #expect(back.output.contains("12 new frames"), "\(back.output)")
            #expect(try await bench.run("verify").output.contains("All is well."))
        }
    }

    @Test func `shows a camera as it was when its machine last told of it`() async throws {
        try await ProgramBench.with { bench in
            try await Self.followRack(bench, ago: .seconds(43_200))
            let program = try bench.start("serve", "--listen", "0")
            #expect(try await program.says("The gallery is at http://127.0.0.1:"))
            let address = try #require(try program.messagesSoFar().firstMatch(of: #/http://127\.0\.0\.1:(\d+)/#))
            let cameras = { try await Curl.answer("http://127.0.0.1:\(address.1)/api/v1/cameras") }
            // Half a day after its last slot it was told of once more.
            #expect(try await cameras().contains("\"healthy\":false"))
            try await Self.change(
                bench.archive,
                "UPDATE followed_machine SET segment_at = (SELECT max(captured_at) FROM frame); UPDATE camera SET name = name;"
            )
            var told = ""
            for _ in 0..<100 where !told.contains("\"healthy\":true") {
                try await Task.sleep(for: .milliseconds(200))
                told = try await cameras()
            }
            #expect(told.contains("\"healthy\":true") && told.contains("\"state\":\"working\""), "\(told)")
            program.signal(SIGTERM)
            #expect(try await program.result().status == 0)
        }
    }

    private static func change(_ archive: String, _ statements: String) async throws {
        let sqlite = Process()
        sqlite.executableURL = URL(filePath: "/usr/bin/sqlite3")
        sqlite.arguments = [archive, statements]
        try sqlite.run()
        try await sqlite.ended()
        #expect(sqlite.terminationStatus == 0)
    }

    @Test func `is not well where a machine is silent for long, or nobody has looked for it`() async throws {
        try await ProgramBench.with { bench in
            try await Self.followRack(bench)
            let day = 86_400_000
            for (column, told, found) in [
                ("segment_at", "“rack 7” has told nothing for 3d", "machine_silent"),
                ("looked_at", "Nobody has looked for “rack 7” for 3d", "machine_not_looked_at"),
            ] {
                try await Self.change(bench.archive, "UPDATE followed_machine SET \(column) = \(column) - \(3 * day)")
                let status = try await bench.run("status")
                #expect(status.status == 1 && status.output.contains("✗ rack 7"), "\(status.output)")
                #expect(status.output.contains(told), "\(status.output)")
                #expect(try await bench.run("status", "--json").output.contains("\"\(found)\""))
                let checked = try await bench.run("doctor")
                #expect(checked.output.contains("✗ follow"), "\(checked.output)")
                try await Self.change(bench.archive, "UPDATE followed_machine SET \(column) = \(column) + \(3 * day)")
            }
            let well = try await bench.run("doctor")
            #expect(
                well.output.contains("✓ follow   1 machine in ") && well.output.contains("looked at"), "\(well.output)")
            // One that is let go is not waited for.
            try await Self.change(bench.archive, "UPDATE followed_machine SET looked_at = 0")
            #expect(try await bench.run("follow", "--retire", "rack 7").status == 0)
            #expect(try await bench.run("status").status == 0)
        }
    }

    @Test func `is kept without a word where none is wanted`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.followRack(bench)
            let machine = ["--archive", bench.folder.appending(path: "machine.sqlite").path]
            for words in [
                ["follow"], ["verify"], ["compact"], ["backup", "copy.sqlite"], ["publish"] + machine,
                ["verify"] + machine,
                ["offload", "--to", store, "--older-than", "1d"] + machine, ["recall"] + machine,
                ["offload", "--clean"] + machine, ["prune", "--max-age", "7d", "--apply"] + machine,
            ] {
                let quiet = try await bench.start(arguments: words + ["-q"]).result()
                #expect(quiet.status == 0 && quiet.output == "" && quiet.messages == "", "\(words) \(quiet)")
            }
        }
    }

    @Test func `is told where the configuration says, as long as no other place is named`() async throws {
        try await ProgramBench.with { bench in
            let store = bench.folder.appending(path: "store").path
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
            try await Self.fill(bench.archive, camera: "printer", frames: 0..<3)
            let file = try bench.file(
                "config.yaml",
                "cameras:\n  - name: porch\n    url: http://127.0.0.1:9/\npublish: {to: \(store), name: rack 7}\n")
            let told = try await bench.run("publish", "--config", file)
            #expect(told.status == 0 && told.output.contains("is in \(store) up to segment 1"), "\(told)")
        }
    }

    @Test func `says where a frame's picture lies`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.followRack(bench)
            let packed = try await bench.run("frame", "1")
            #expect(
                packed.output.contains("store      \(store)\n") && packed.output.contains(".zip\n"), "\(packed.output)")
            let away = try await bench.run("frame", "12")
            #expect(away.output.contains("lies at    “rack 7”, which has not offloaded it yet"), "\(away.output)")
            #expect(try await bench.run("frame", "12", "--json").output.contains("\"rack 7\""))
        }
    }

    @Test func `tells machines of one name apart, and says of a name that no camera got`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.followRack(bench)
            let other = bench.folder.appending(path: "other.sqlite").path
            try await Self.fill(other, camera: "second", frames: 20..<24)
            #expect(try await bench.run("publish", store, "--archive", other, "--name", "rack 7").status == 0)
            let followed = try await bench.run("follow")
            #expect(followed.output.matches(of: /✓ rack 7 \([0-9a-f]{16}\)/).count == 2, "\(followed.output)")

            let renamed = try await bench.run("follow", "--rename", "rack 7/printer=front")
            #expect(renamed.status == 3)
            #expect(renamed.messages.contains("“rack 7/printer” is called printer here already"), "\(renamed.messages)")
            let nobody = try await bench.run("follow", "--rename", "rack 8/printer=front")
            #expect(nobody.status == 3)
            #expect(nobody.messages.contains("No camera “rack 8/printer” was told of"), "\(nobody.messages)")

            // A copy that goes on as a machine of its own is called otherwise.
            let copy = bench.folder.appending(path: "copy.sqlite").path
            #expect(try await bench.run("backup", copy, "--archive", other).status == 0)
            let separate = try await bench.run("publish", "--separate", "--archive", copy)
            #expect(separate.output.contains("“rack 7 2” is in"), "\(separate.output) \(separate.messages)")
        }
    }

    @Test func `is not well where a store was away at the last look`() async throws {
        try await ProgramBench.with { bench in
            let store = try await Self.followRack(bench)
            try FileManager.default.moveItem(atPath: store, toPath: store + "-away")
            #expect(try await bench.run("follow").status == 3)
            let status = try await bench.run("status")
            #expect(status.status == 1, "\(status.output)")
            #expect(status.output.contains("✗ rack 7"), "\(status.output)")
            try FileManager.default.moveItem(atPath: store + "-away", toPath: store)
            #expect(try await bench.run("follow").status == 0)
            #expect(try await bench.run("status").status == 0)
        }
    }

    /// A hub with a machine of twelve frames, all but one of them in a pack.
    ///
    /// - Returns: the store.
    @discardableResult
    private static func followRack(
        _ bench: ProgramBench, ago age: Duration = .seconds(30 * 86_400)
    ) async throws -> String {
        let store = bench.folder.appending(path: "store").path
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
        let machine = bench.folder.appending(path: "machine.sqlite").path
        try await fill(machine, camera: "printer", frames: 0..<12, ago: age)
        for words in [
            ["offload", "--archive", machine, "--to", store, "--older-than", "1d"],
            ["publish", store, "--archive", machine, "--name", "rack 7"], ["follow", store],
        ] {
            let result = try await bench.start(arguments: words).result()
            #expect(result.status == 0, "\(words) \(result.messages)")
        }
        return store
    }

    @Test func `is told of by a capture where the configuration says so, which is checked`() async throws {
        try await ProgramBench.with { bench in
            let cameras = "cameras:\n  - name: porch\n    url: http://127.0.0.1:9/\n"
            let right = try bench.file(
                "right.yaml", cameras + "offload: {to: /mnt/nas/farm, older_than: 2d}\npublish: {name: rack 7}\n")
            let checked = try await bench.run("config", "check", "--config", right)
            #expect(checked.status == 0, "\(checked.messages)")
            #expect(
                checked.output.contains("A hub is told as “rack 7” at /mnt/nas/farm, every 1m.\n"), "\(checked.output)")
            let wrong = try bench.file("wrong.yaml", cameras + "publish: {every: 1m}\n")
            let refused = try await bench.run("config", "check", "--config", wrong)
            #expect(refused.status == 78)
            #expect(refused.messages.contains("wrong.yaml:4:"), "\(refused.messages)")
        }
    }

    @Test func `says what is wanted`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench.archive, camera: "printer", frames: 0..<1)
            for words in [
                ["publish", ".", "--restored", "--separate"], ["publish", ".", "--name", "a/b"],
                ["follow", ".", "--rename", "printer=other"], ["publish", ".", "--every", "1ms"],
                ["follow", ".", "--remove-records"], ["follow", ".", "--retire", "rack"],
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
