import Archive
import Foundation
import Simulator
import Storage
import Testing
import Vocabulary

@Suite struct `The usage command` {
    private let cap = ByteCount(300_000_000)

    /// An archive with readings that came one after the other, the newest one a while ago.
    private func archive(
        at path: String, every interval: Int = 900, totals: [(camera: String, bytes: Int64)]
    ) async throws {
        let writer = try await FrameArchive.open(at: path)
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        for (index, total) in totals.enumerated() {
            let reading = UsageReading(
                readAt: now - .seconds(interval * (totals.count - 1 - index) + min(60, interval)),
                total: ByteCount(total.bytes),
                monthlyCap: cap, resetIn: nil)
            try await writer.recordUsage(
                reading, camera: CameraName(total.camera), received: ByteCount(100_000), proxied: .zero,
                captures: 2)
        }
        try await writer.close()
    }

    private func object(_ json: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test func `lists the stored readings and asks nobody`() async throws {
        try await ProgramBench.with { bench in
            try await archive(at: bench.archive, totals: [("one", 5_000_000), ("two", 6_000_000), ("one", 7_000_000)])
            let table = try await bench.run("usage", "--history")
            #expect(table.status == 0, "\(table.messages)")
            let rows = table.output.split(separator: "\n")
            #expect(rows.count == 4)
            #expect(rows.last?.hasPrefix("one") == true && rows.last?.contains("7.00 MB") == true)
            let ofOne = try await bench.run("usage", "two", "--history", "--format", "ndjson")
            let row = try object(ofOne.output)
            #expect(
                Set(row.keys) == [
                    "camera", "read_at", "total", "monthly_cap", "reset_at", "received", "proxied", "captures",
                ])
            #expect(row["total"] as? Int == 6_000_000)
            let newest = try await bench.run("usage", "--history", "--limit", "1", "--format", "csv")
            #expect(newest.output.split(separator: "\r\n").count == 2)
            #expect(newest.output.contains(",7000000,300000000,"))
            let recent = try await bench.run("usage", "--history", "--since", "5m", "--json")
            let list = try JSONSerialization.jsonObject(with: Data(recent.output.utf8))
            #expect((list as? [Any])?.count == 1)
            #expect(!recent.output.contains("6000000"))
        }
    }

    @Test(arguments: [["--limit", "3"], ["--since", "2h"], ["--format", "csv"], ["--reserve", "most"]])
    func `is used wrongly with options that only a history has, or that make no sense`(options: [String]) async throws {
        try await ProgramBench.with { bench in
            let result = try await Program(["usage"] + options, in: bench.folder).result()
            #expect(result.status == 64, "\(result.messages)")
        }
    }

    @Test func `has no history where there is no archive`() async throws {
        try await ProgramBench.with { bench in
            let result = try await bench.run("usage", "--history")
            #expect(result.status == 10)
        }
    }

    @Test func `shows the bar with the stop and the reserve, in 80 columns, and accounts for every byte`() async throws
    {
        var settings = SimulatorSettings()
        settings.monthlyCap = cap
        settings.used = ByteCount(90_000_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            try await archive(at: bench.archive, totals: [("printer", 60_000_000), ("printer", 70_000_000)])
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let text = try await bench.run("usage", "--endpoint-file", endpoint, "--reserve", "40%")
            #expect(text.status == 0, "\(text.messages)")
            for line in text.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
            for part in ["90.0 MB of 300 MB, 30.0 %", "▒", "| captures stop", "40% is kept for you", "DAY (UTC)"] {
                #expect(text.output.contains(part), "\(part) in \(text.output)")
            }
            let json = try await bench.run("usage", "--endpoint-file", endpoint, "--reserve", "40%", "--json")
            let usage = try object(json.output)
            let days = try #require(usage["days"] as? [[String: Any]])
            let spent = try days.map { day in
                let parts = try ["total", "ours", "others"].map { try #require(day[$0] as? Int) }
                #expect(parts[0] == parts[1] + parts[2])
                return parts[0]
            }
            let earlier = try #require((usage["earlier"] as? [String: Any])?["total"] as? Int)
            #expect(earlier + spent.reduce(0, +) == 90_000_000)
            #expect(usage["stops_at"] as? Int == 270_000_000)
            #expect(usage["reserve"] as? String == "40%")
            let ours = try #require(usage["ours"] as? Int)
            #expect(usage["ceiling"] as? Int == 270_000_000 - max(0, 120_000_000 - (90_000_000 - ours)))
            #expect(usage["forecast"] is [String: Any])
        }
        await tunnel.stop()
    }

    @Test(arguments: [(Int64(0), true), (7, false)])
    func `measures with all the cameras whose tunnels share the account`(apart: Int64, isShared: Bool) async throws {
        var settings = SimulatorSettings()
        settings.monthlyCap = cap
        settings.used = ByteCount(4_000_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            // Between the two cameras' equal readings pictures came, and the total stood still.
            let totals = (1...3 as ClosedRange<Int64>).flatMap { million in
                [("printer", million * 1_000_000), ("second", million * 1_000_000 + apart)]
            }
            try await archive(at: bench.archive, every: 1, totals: totals)
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let json = try await bench.run("usage", "printer", "--endpoint-file", endpoint, "--json")
            let cost = try #require(try object(json.output)["metered_bytes_per_frame"] as? Int)
            #expect((cost == 0) == isShared)
        }
        await tunnel.stop()
    }

    @Test(arguments: [
        (SlotOutcome.cap, "own_stop", "are skipped: our own stop is reached"), (.duplicate, "identical", "go on"),
    ])
    func `says of captures what the one that runs does, whatever stop it was started with`(
        outcome: SlotOutcome, detail: String, words: String
    ) async throws {
        var settings = SimulatorSettings()
        settings.monthlyCap = cap
        // Above the stop of 90 % where captures go on, below it where they are skipped.
        settings.used = ByteCount(outcome == .cap ? 100_000_000 : 280_000_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let writer = try await FrameArchive.open(at: bench.archive)
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            try await writer.record(
                outcome, detail: SlotReason(label: detail), for: Slot(due: now, interval: .seconds(600)),
                camera: CameraName("printer"), received: .zero, seen: nil)
            try await writer.close()
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let text = try await bench.run("usage", "--endpoint-file", endpoint)
            #expect(text.output.contains("Captures   \(words)"), "\(text.output)")
            let json = try object(try await bench.run("usage", "--endpoint-file", endpoint, "--json").output)
            #expect(json["skipping"] as? Bool == (outcome == .cap))
        }
        await tunnel.stop()
    }

    @Test
    func `says that announced pictures go on above the stop once they are measured to be free, as the doctor does`()
        async throws
    {
        var settings = SimulatorSettings()
        settings.monthlyCap = cap
        settings.used = ByteCount(280_000_000)
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.warmUp = .zero
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let unmeasured = try await bench.run("usage", "--endpoint-file", endpoint)
            #expect(unmeasured.output.contains("Captures   are skipped; they stop at 90%"), "\(unmeasured.output)")
            // Pictures came between two readings, and the total stood still.
            try await archive(
                at: bench.archive, every: 1, totals: [("printer", 280_000_000), ("printer", 280_000_000)])
            let measured = try await bench.run("usage", "--endpoint-file", endpoint)
            #expect(
                measured.output.contains(
                    "Captures   go on, as announced pictures cost nothing; live ones stop at 90%"),
                "\(measured.output)")
            for line in measured.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
            let doctor = try await bench.run("doctor", "--endpoint-file", endpoint)
            #expect(doctor.output.contains("✓ tunnel   printer: "), "\(doctor.output)")
            #expect(doctor.output.contains("announced ones go on"), "\(doctor.output)")
        }
        await tunnel.stop()
    }

    @Test func `books as ours what came and was no picture`() async throws {
        var settings = SimulatorSettings()
        settings.monthlyCap = cap
        settings.used = ByteCount(1_900_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let writer = try await FrameArchive.open(at: bench.archive)
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let camera = try CameraName("printer")
            // A live camera whose pictures are torn: half a megabyte before the reading, and 900 kB since.
            try await writer.recordUsage(
                UsageReading(readAt: now - .seconds(60), total: ByteCount(1_000_000), monthlyCap: cap, resetIn: nil),
                camera: camera, received: ByteCount(500_000), proxied: ByteCount(500_000), captures: 5)
            for slot in 0..<3 {
                try await writer.record(
                    .rejected, detail: SlotReason(.truncated),
                    for: Slot(due: now - .seconds(50 - 10 * slot), interval: .seconds(10)), camera: camera,
                    received: ByteCount(300_000), seen: nil)
            }
            try await writer.close()
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let json = try object(try await bench.run("usage", "--endpoint-file", endpoint, "--json").output)
            #expect(json["ours"] as? Int == 1_400_000)
            #expect(json["others"] as? Int == 500_000)
        }
        await tunnel.stop()
    }
}
