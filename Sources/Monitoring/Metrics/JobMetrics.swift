import Archive
import Budget
import Capture
import Vocabulary

/// The figures of a job since it was started. A pure value: events go in, a page comes out.
///
/// Its size depends on the number of cameras alone: a camera's label is its name, an outcome's one of a dozen, and the
/// histograms are the whole job's.
struct JobMetrics: Sendable {
    private struct Camera {
        var slots = [Int](repeating: 0, count: SlotOutcome.allCases.count)
        var frames = 0
        var frameBytes = ByteCount.zero
        var received = ByteCount.zero
        var lastFrame: Timestamp?
        var lastSlot: Timestamp?
    }

    private let version: String
    private var cameras: [CameraName: Camera] = [:]
    private var accounts = AccountReports()
    private var diskFree: ByteCount?
    /// By rule.
    private var timelapses: [String: (made: Int, failed: Int)] = [:]
    private var slotDuration = Histogram.seconds
    private var slotLateness = Histogram.seconds

    init(version: String) {
        self.version = version
    }

    mutating func observe(_ event: CaptureEvent) {
        switch event {
        case .started(let camera, _): cameras[camera] = cameras[camera] ?? Camera()
        case .slot(let report): add(report)
        // Slots of the time before the start belong to no figure that begins with it.
        case .missed(let camera, _, let slots, let detail) where detail.word != .notRunning:
            cameras[camera, default: Camera()].slots[SlotOutcome.missed.position] += slots
        case .allowance(let sharers, let report): accounts.observe(report, of: sharers)
        case .disk(let free): diskFree = free
        case .timelapse(let timelapse) where timelapse.state == .made:
            timelapses[timelapse.rule, default: (0, 0)].made += 1
        case .timelapse(let timelapse) where timelapse.state == .waiting:
            timelapses[timelapse.rule, default: (0, 0)].failed += 1
        case .reloaded(_, let removed, _):
            for camera in removed { cameras[camera] = nil }
            accounts.remove(removed)
        default: break
        }
    }

    private mutating func add(_ report: SlotReport) {
        var camera = cameras[report.camera] ?? Camera()
        camera.slots[report.outcome.position] += 1
        camera.received += report.received
        camera.lastSlot = report.slot.due
        if let frame = report.frame {
            camera.frames += 1
            camera.frameBytes += frame.bytes
            camera.lastFrame = frame.capturedAt
        }
        cameras[report.camera] = camera
        slotLateness.observe(report.lateness.seconds)
        // A slot that was skipped took no time.
        if report.attempts > 0 { slotDuration.observe(report.duration.seconds) }
    }

    // MARK: The page

    /// The page for a scraper.
    func page(process: ProcessFigures?) -> String {
        var page = Exposition()
        page.family("printlapse_build_info", .gauge, "The program that runs; always 1.") {
            $0.add(1, ["version": version])
        }
        addCameras(to: &page)
        addAccounts(to: &page)
        page.family(
            "printlapse_slot_duration_seconds", .histogram,
            "From a slot's beginning until its outcome was on disk; skipped slots are left out."
        ) { $0.add(slotDuration) }
        page.family(
            "printlapse_slot_lateness_seconds", .histogram, "From the instant at which a slot was due to its beginning."
        ) { $0.add(slotLateness) }
        page.family("printlapse_disk_free_bytes", .gauge, "Room in the archive's file system.") { samples in
            if let diskFree { samples.add(diskFree.bytes) }
        }
        page.family(
            "printlapse_timelapses_total", .counter, "Timelapses that made themselves, and attempts that failed."
        ) {
            for (rule, count) in timelapses.sorted(by: { $0.key < $1.key }) {
                $0.add(count.made, ["rule": rule, "result": "made"])
                $0.add(count.failed, ["rule": rule, "result": "failed"])
            }
        }
        if let process { page.add(process) }
        return page.text
    }

    private func addCameras(to page: inout Exposition) {
        let cameras = cameras.sorted { $0.key < $1.key }
        func family<Value: MetricValue>(
            _ name: String, _ kind: Exposition.Kind, _ help: String, _ value: (Camera) -> Value?
        ) {
            page.family(name, kind, help) { samples in
                for (name, camera) in cameras {
                    if let value = value(camera) { samples.add(value, ["camera": name.text]) }
                }
            }
        }
        page.family("printlapse_slots_total", .counter, "Slots by what became of them.") { samples in
            for (name, camera) in cameras {
                for outcome in SlotOutcome.allCases {
                    samples.add(camera.slots[outcome.position], ["camera": name.text, "outcome": outcome.rawValue])
                }
            }
        }
        family("printlapse_frames_stored_total", .counter, "Frames that were stored.") { $0.frames }
        family("printlapse_frame_bytes_total", .counter, "Bytes of the pictures that were stored.") {
            $0.frameBytes.bytes
        }
        family(
            "printlapse_received_bytes_total", .counter,
            "Bytes of pictures that came over the network, refused ones included."
        ) { $0.received.bytes }
        family("printlapse_last_frame_timestamp_seconds", .gauge, "When the last frame was captured.") {
            $0.lastFrame?.seconds
        }
        family("printlapse_last_slot_timestamp_seconds", .gauge, "When the last slot that has an outcome was due.") {
            $0.lastSlot?.seconds
        }
    }

    private func addAccounts(to page: inout Exposition) {
        let accounts = accounts.sorted
        func family<Value: MetricValue>(_ name: String, _ help: String, _ value: (BudgetReport) -> Value?) {
            page.family(name, .gauge, help + "; an account goes by the first of its cameras.") { samples in
                for (camera, report) in accounts {
                    if let value = value(report) { samples.add(value, ["account": camera.text]) }
                }
            }
        }
        family("printlapse_allowance_used_bytes", "Used of the month's allowance") { $0.total?.bytes }
        family("printlapse_allowance_cap_bytes", "The month's cap, where there is one") { $0.monthlyCap?.bytes }
        family("printlapse_allowance_stop_bytes", "The use at which captures stop, where there is one") {
            $0.capStop.threshold(ofCap: $0.monthlyCap)?.bytes
        }
        family("printlapse_allowance_reset_timestamp_seconds", "When the allowance is reset") { $0.resetAt?.seconds }
        family("printlapse_allowance_paused", "1 while captures pause for the sake of the allowance") {
            $0.skipping ? 1 : 0
        }
    }
}

extension Exposition {
    /// The figures that every exporter has under these names.
    fileprivate mutating func add(_ process: ProcessFigures) {
        family("process_cpu_seconds_total", .counter, "User and system time, in seconds.") {
            $0.add(process.processorTime)
        }
        family("process_resident_memory_bytes", .gauge, "Memory in use.") { $0.add(process.residentMemory) }
        family("process_open_fds", .gauge, "Open file descriptors.") { samples in
            if let count = process.openDescriptors { samples.add(count) }
        }
        family("process_start_time_seconds", .gauge, "When the process was started.") { $0.add(process.startTime) }
    }
}

extension SlotOutcome {
    /// Its place among all of them.
    fileprivate var position: Int { Self.positions[self] ?? 0 }
    private static let positions = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}

extension Timestamp {
    fileprivate var seconds: Double { Double(milliseconds) / 1000 }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
