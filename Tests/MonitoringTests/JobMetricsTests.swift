import Budget
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `The page of metrics` {
    private func families(
        _ events: [CaptureEvent], process: ProcessFigures? = nil
    ) throws -> [String: ExpositionParser.Family] {
        var metrics = JobMetrics(version: "1.2.3")
        for event in events { metrics.observe(event) }
        return try ExpositionParser.families(in: metrics.page(process: process))
    }

    @Test func `is well formed before anything has happened`() throws {
        let families = try families([])
        #expect(families["printlapse_build_info"]?[["version": "1.2.3"]] == 1)
        #expect(families["printlapse_slots_total"] == nil)
    }

    @Test func `counts slots, frames and bytes by camera`() throws {
        var second = SlotReport.slot(.rejected, at: .start + .seconds(10))
        second.received = ByteCount(500)
        let families = try families([
            .started(.printer, interval: .seconds(10)), .started(.other, interval: .seconds(10)),
            .slot(.slot(.stored, frame: 4000)), .slot(second), .slot(.slot(.offline, of: .other)),
            .missed(.printer, from: .start, slots: 3, detail: SlotReason(.busy)),
            .missed(.printer, from: .start, slots: 9000, detail: SlotReason(.notRunning)),
        ])
        let slots = families["printlapse_slots_total"]
        #expect(slots?.samples.count == 2 * SlotOutcome.allCases.count)
        #expect(slots?[["camera": "printer", "outcome": "stored"]] == 1)
        #expect(slots?[["camera": "printer", "outcome": "rejected"]] == 1)
        #expect(slots?[["camera": "printer", "outcome": "missed"]] == 3)
        #expect(slots?[["camera": "printer", "outcome": "offline"]] == 0)
        #expect(slots?[["camera": "other", "outcome": "offline"]] == 1)
        #expect(families["printlapse_frames_stored_total"]?[["camera": "printer"]] == 1)
        #expect(families["printlapse_frame_bytes_total"]?[["camera": "printer"]] == 4000)
        #expect(families["printlapse_received_bytes_total"]?[["camera": "printer"]] == 500)
        #expect(families["printlapse_last_frame_timestamp_seconds"]?.samples.map(\.value) == [1_800_000_000])
        #expect(families["printlapse_last_slot_timestamp_seconds"]?[["camera": "printer"]] == 1_800_000_010)
    }

    @Test func `puts times of slots into buckets`() throws {
        var reports = [SlotReport.slot(.stored), .slot(.stored), .slot(.offline, attempts: 0)]
        (reports[0].lateness, reports[0].duration) = (.milliseconds(1), .milliseconds(300))
        (reports[1].lateness, reports[1].duration) = (.milliseconds(20), .seconds(200))
        let families = try families(reports.map { .slot($0) })
        func bucket(_ name: String, _ bound: String) -> Double? {
            families["printlapse_slot_\(name)_seconds"]?[["le": bound]]
        }
        #expect(bucket("lateness", "0.001") == 2)
        #expect(bucket("lateness", "0.01") == 2)
        #expect(bucket("lateness", "0.025") == 3)
        #expect(bucket("duration", "0.25") == 0)
        #expect(bucket("duration", "0.5") == 1)
        #expect(bucket("duration", "120") == 1)
        #expect(bucket("duration", "+Inf") == 2)
        #expect(
            families["printlapse_slot_duration_seconds"]?.samples.first { $0.name.hasSuffix("_sum") }?.value == 200.3)
    }

    @Test func `shows each account once, also when more cameras turn out to share it`() throws {
        let families = try families([
            .allowance(cameras: [.printer], .used(100)), .allowance(cameras: [.other, .printer], .used(271)),
        ])
        let account = ["account": "other"]
        #expect(families["printlapse_allowance_used_bytes"]?.samples.count == 1)
        #expect(families["printlapse_allowance_used_bytes"]?[account] == 271e6)
        #expect(families["printlapse_allowance_cap_bytes"]?[account] == 300e6)
        #expect(families["printlapse_allowance_stop_bytes"]?[account] == 270e6)
        #expect(families["printlapse_allowance_paused"]?[account] == 1)
        #expect(families["printlapse_allowance_reset_timestamp_seconds"]?[account] == 1_801_440_000)
    }

    @Test func `has no cap and no stop where the allowance is unlimited`() throws {
        let families = try families([.allowance(cameras: [.printer], .used(100, cap: nil))])
        #expect(families["printlapse_allowance_used_bytes"] != nil)
        #expect(families["printlapse_allowance_cap_bytes"] == nil)
        #expect(families["printlapse_allowance_stop_bytes"] == nil)
    }

    @Test func `forgets the cameras that are no longer captured`() throws {
        let families = try families([
            .slot(.slot(.stored, frame: 1)), .allowance(cameras: [.printer], .used(1)),
            .reloaded(added: [], removed: [.printer], changed: []),
        ])
        #expect(families["printlapse_slots_total"] == nil)
        #expect(families["printlapse_allowance_used_bytes"] == nil)
    }

    @Test func `holds any camera's name`() throws {
        let name = try CameraName("“Prusa” <MK4> \"left\" {1}, é🙂")
        let families = try families([.slot(.slot(.stored, of: name, frame: 1))])
        #expect(families["printlapse_frames_stored_total"]?[["camera": name.text]] == 1)
    }

    @Test func `tells about the disk and the process`() throws {
        let process = try #require(ProcessFigures.current())
        let families = try families([.disk(free: ByteCount(12_345))], process: process)
        #expect(families["printlapse_disk_free_bytes"]?[[:]] == 12_345)
        #expect(try #require(families["process_resident_memory_bytes"]?[[:]]) > 1_000_000)
        #expect(try #require(families["process_open_fds"]?[[:]]) >= 3)
        #expect(try #require(families["process_start_time_seconds"]?[[:]]) > 1_500_000_000)
        #expect(try #require(families["process_cpu_seconds_total"]?[[:]]) >= 0)
    }
}

@Suite struct `A metric's text` {
    @Test func `escapes what the format gives a meaning`() {
        var page = Exposition()
        page.family("x_total", .counter, "back\\slash, line\nfeed, \"quotes\"") {
            $0.add(1, ["label": "back\\slash, line\nfeed, \"quotes\""])
        }
        #expect(
            page.text == #"""
                # HELP x_total back\\slash, line\nfeed, "quotes"
                # TYPE x_total counter
                x_total{label="back\\slash, line\nfeed, \"quotes\""} 1

                """#)
    }

    @Test(arguments: [
        (0.0, "0"), (0.25, "0.25"), (1_795_455_551.25, "1795455551.25"), (1e300, "1e+300"), (-1.5, "-1.5"),
        (Double.infinity, "+Inf"), (-Double.infinity, "-Inf"), (Double.nan, "NaN"),
    ])
    func `writes numbers as the format has them`(value: Double, text: String) {
        #expect(value.metricText == text)
    }
}

@Suite struct `The kernel's figures` {
    private let system = "cpu  1 2 3\nbtime 1795000000\nprocesses 9\n"

    @Test func `are read, whatever the program is called`() throws {
        let numbers = (4...52).map { field in
            switch field {
            case 14: "150"
            case 15: "50"
            case 22: "12345"
            case 24: "1000"
            default: "7"
            }
        }
        let own = "4242 (a) S (b c) R " + numbers.joined(separator: " ") + "\n"
        let figures = try #require(
            ProcessFigures(own: own, system: system, ticksPerSecond: 100, pageSize: 4096, openDescriptors: 12))
        #expect(figures.processorTime == 2)
        #expect(figures.startTime == 1_795_000_123.45)
        #expect(figures.residentMemory == 4_096_000)
        #expect(figures.openDescriptors == 12)
    }

    @Test(arguments: ["", "4242 (a) R 1 2 3", "nothing"])
    func `are left out where they cannot be read`(own: String) {
        #expect(
            ProcessFigures(own: own, system: system, ticksPerSecond: 100, pageSize: 4096, openDescriptors: nil) == nil)
    }
}
