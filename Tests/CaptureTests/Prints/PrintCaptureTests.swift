import CaptureSupport
import Catalog
import HTTP
import Simulator
import Snapshots
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `Capturing prints` {
    /// A print of ten minutes, and nothing before and after it.
    private func settings(startsPrinting: Bool = true) -> SimulatorSettings {
        var settings = SimulatorSettings.small
        settings.printDuration = .seconds(600)
        settings.repeats = false
        settings.startsPrinting = startsPrinting
        settings.octoPrintKey = "0123456789ABCDEF"
        return settings
    }

    private let key = Secret("0123456789ABCDEF")

    /// The prints that were told to begin, to go on and to end.
    private final class Told: Sendable {
        let events = Mutex<[String]>([])

        @Sendable func observe(_ event: CaptureEvent) {
            switch event {
            case .printStarted: events.withLock { $0.append("started") }
            case .printResumed: events.withLock { $0.append("resumed") }
            case .printEnded: events.withLock { $0.append("ended") }
            default: break
            }
        }
    }

    @Test func `takes a look at the server's page in mid-print for what it is`() async throws {
        try await CaptureBench.with(settings()) { bench in
            let told = Told()
            _ = try await bench.capture(
                JobEnd(slots: 120),
                tell: { event in
                    told.observe(event)
                    guard case .slot(let report) = event else { return }
                    let slot = (report.slot.due - CaptureBench.noon).milliseconds / 10_000
                    if [6, 20, 34].contains(slot) { bench.tunnel.openPage(pictures: 3) }
                })
            #expect(told.events.withLock(\.self) == ["started", "ended"])
            let prints = try await Catalog.open(at: bench.path).prints()
            #expect(prints.map(\.state) == [.ended])
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            let during = frames.filter { $0.capturedAt < CaptureBench.noon + .seconds(600) }
            #expect(during.contains { $0.variant == .latest })
            #expect(during.allSatisfy { $0.print == prints.first?.id })
            let end = try #require(prints.first?.endedAt)
            #expect((CaptureBench.noon + .seconds(600)...CaptureBench.noon + .seconds(640)).contains(end))
        }
    }

    @Test func `bears a pause of a night, in which no picture comes`() async throws {
        try await CaptureBench.with(settings()) { bench in
            let told = Told()
            _ = try await bench.capture(
                JobEnd(slots: 3000),
                tell: { event in
                    told.observe(event)
                    guard case .slot(let report) = event else { return }
                    let slot = (report.slot.due - CaptureBench.noon).milliseconds / 10_000
                    if slot == 30 { bench.tunnel.pausePrint() }
                    if slot == 2900 { bench.tunnel.resumePrint() }
                })
            #expect(told.events.withLock(\.self) == ["started", "ended"])
            #expect(try await Catalog.open(at: bench.path).prints().count == 1)
            let outcomes = Set(try await bench.timeline().map(\.outcome))
            #expect(outcomes.contains(.noPicture))
        }
    }

    @Test func `bears that somebody looks at the server's page in a long pause, and sees the end when it comes`()
        async throws
    {
        try await CaptureBench.with(settings()) { bench in
            let told = Told()
            _ = try await bench.capture(
                JobEnd(slots: 700),
                tell: { event in
                    told.observe(event)
                    guard case .slot(let report) = event else { return }
                    let slot = (report.slot.due - CaptureBench.noon).milliseconds / 10_000
                    if slot == 30 { bench.tunnel.pausePrint() }
                    if [100, 250, 260, 400].contains(slot) { bench.tunnel.openPage(pictures: 3) }
                    if slot == 600 { bench.tunnel.resumePrint() }
                })
            #expect(told.events.withLock(\.self) == ["started", "ended"])
            let prints = try await Catalog.open(at: bench.path).prints()
            #expect(prints.map(\.state) == [.ended])
            let end = try #require(prints.first?.endedAt)
            // Ten minutes of printing, and 95 of the pause.
            #expect((CaptureBench.noon + .seconds(6300)...CaptureBench.noon + .seconds(6340)).contains(end))
        }
    }

    @Test func `goes on with the print after a restart, and ends it by what it sees then`() async throws {
        try await CaptureBench.with(settings()) { bench in
            _ = try await bench.capture(JobEnd(slots: 20))
            #expect(try await Catalog.open(at: bench.path).prints().map(\.state) == [.printing])
            bench.clock.advance(by: .seconds(600))
            let told = Told()
            _ = try await bench.capture(JobEnd(slots: 60), tell: told.observe)
            #expect(told.events.withLock(\.self) == ["ended"])
            #expect(try await Catalog.open(at: bench.path).prints().map(\.state) == [.ended])
        }
    }

    @Test func `keeps prints of two servers apart that have the same number, and those of a server that was reset`()
        async throws
    {
        try await CaptureBench.with(settings()) { bench in
            _ = try await bench.capture(JobEnd(slots: 5))
            var other = settings()
            other.now = { bench.clock.now() }
            let second = try await SimulatedTunnel.start(other)
            let endpoint = try TunnelEndpoint(parsing: second.endpoint)
            _ = try await bench.capture(JobEnd(slots: 5), change: { $0.source = .tunnel(endpoint, .announced) })
            // Number 1002, and then 1001 again.
            second.startPrint()
            _ = try await bench.capture(JobEnd(slots: 5), change: { $0.source = .tunnel(endpoint, .announced) })
            second.startPrint(number: 1001)
            _ = try await bench.capture(JobEnd(slots: 5), change: { $0.source = .tunnel(endpoint, .announced) })
            await second.stop()

            let prints = try await Catalog.open(at: bench.path).prints().sorted { $0.id < $1.id }
            #expect(prints.map(\.number) == [1001, 1001, 1002, 1001])
            #expect(prints.allSatisfy { $0.frames >= 4 })
        }
    }

    @Test func `files frames under the print with its name, progress and state`() async throws {
        try await CaptureBench.with(settings(), population: 3) { bench in
            _ = try await bench.capture(JobEnd(slots: 80), change: { $0.octoPrintKey = key })
            let catalog = try Catalog.open(at: bench.path)
            let prints = try await catalog.prints()
            #expect(prints.count == 1)
            #expect(prints.first?.name == "Part №1001.gcode")
            #expect(prints.first?.number == 1001)
            #expect(prints.first?.state == .finished)
            #expect(prints.first?.toldBy == .octoPrint)
            #expect(prints.first?.endedAt != nil)

            let frames = try await catalog.frames(FrameQuery())
            let printing = frames.filter { $0.printerState == .printing }
            #expect(printing.count >= 50)
            #expect(printing.allSatisfy { $0.print == prints.first?.id })
            let progress = frames.compactMap(\.progress)
            #expect(progress.count > 40)
            #expect(zip(progress, progress.dropFirst()).allSatisfy { $0 <= $1 })
            #expect((progress.last ?? 0) > 0.4)
        }
    }

    @Test func `asks OctoPrint seldom, and charges what it costs`() async throws {
        try await CaptureBench.with(settings(), population: 3) { bench in
            _ = try await bench.capture(JobEnd(slots: 360), change: { $0.octoPrintKey = key })
            let polls = bench.tunnel.requests.filter { $0.path == "/api/job" }
            #expect((3...8).contains(polls.count), "\(polls.count)")
            let records = try await Catalog.open(at: bench.path).usageReadings(camera: bench.camera)
            let proxied = records.map(\.proxied).reduce(.zero, +)
            #expect(proxied == bench.tunnel.used)
            #expect(proxied > .zero)
        }
    }

    @Test func `does not ask near the stop: frames go first`() async throws {
        var settings = settings()
        settings.monthlyCap = ByteCount(1_000_000)
        try await CaptureBench.with(settings, population: 3) { bench in
            // That announced pictures cost nothing is to be measured first.
            _ = try await bench.capture(JobEnd(slots: 60), change: { $0.octoPrintKey = Secret("ANOTHERKEY") })
            bench.tunnel.setUsed(ByteCount(890_000))
            bench.tunnel.clearRequests()
            let summary = try await bench.capture(JobEnd(slots: 30), change: { $0.octoPrintKey = key })
            #expect(bench.tunnel.requests.filter { $0.path == "/api/job" }.isEmpty)
            #expect(summary.slots[.cap] == nil)
        }
    }

    @Test func `goes on where OctoPrint refuses the key`() async throws {
        try await CaptureBench.with(settings(), population: 3) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 10), change: { $0.octoPrintKey = Secret("ANOTHERKEY") })
            #expect(summary.framesStored >= 9)
            #expect(try await Catalog.open(at: bench.path).prints().map(\.toldBy) == [.url])
        }
    }

    @Test func `alone, where the owner wants no other frames, with the time before and after`() async throws {
        try await CaptureBench.with(settings(startsPrinting: false)) { bench in
            let start = CaptureBench.noon + .seconds(300)
            let summary = try await bench.capture(
                JobEnd(slots: 150),
                change: { $0.policy.time = .whilePrinting(preRoll: .seconds(30), postRoll: .seconds(60)) },
                tell: { event in
                    guard case .slot(let report) = event else { return }
                    if report.slot.due == start - .seconds(40) { bench.tunnel.startPrint() }
                })
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            let first = try #require(frames.first { $0.variant == .raw })
            let last = try #require(frames.last { $0.variant == .raw })
            #expect(first.capturedAt - frames[0].capturedAt <= .seconds(30))
            #expect(first.capturedAt - frames[0].capturedAt >= .seconds(20))
            let tail = try #require(frames.last).capturedAt - last.capturedAt
            #expect((Duration.seconds(50)...Duration.seconds(95)).contains(tail), "\(tail)")
            #expect(frames.filter { $0.variant == .raw }.allSatisfy { $0.print == first.print && $0.print != nil })

            // Every slot has its outcome, once.
            #expect(summary.slots.values.reduce(0, +) == 150)
            let runs = try await bench.timeline()
            #expect(runs.first?.detail == SlotReason(.notPrinting))
            #expect(runs.last?.detail == SlotReason(.notPrinting))
            #expect(runs.map(\.slots).reduce(0, +) == 150)
            #expect(try await bench.isSound())
        }
    }

    @Test func `asks the live camera for nothing while no print runs`() async throws {
        try await CaptureBench.with(settings(startsPrinting: false), population: 3) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 30),
                change: {
                    $0.source = .tunnel($0.endpoint!, .live)
                    $0.octoPrintKey = key
                    $0.policy.time = .whilePrinting(preRoll: .zero, postRoll: .zero)
                })
            #expect(summary.slots == [.noPicture: 30])
            #expect(bench.tunnel.requests.filter { $0.path == "/webcam/" }.isEmpty)
        }
    }

    @Test func `keeps what the server's failure detection says, which costs nothing`() async throws {
        try await CaptureBench.with(settings()) { bench in
            bench.tunnel.setPrediction(0.25)
            _ = try await bench.capture(JobEnd(slots: 5), change: { $0.policy.keepsPredictions = true })
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(frames.map(\.prediction) == Array(repeating: 0.25, count: 5))
            #expect(bench.tunnel.used == .zero)
        }
    }

    @Test func `by their pictures alone, where nothing else tells of them`() async throws {
        var settings = settings()
        settings.pictureSize = PixelSize(width: 320, height: 240)
        try await CaptureBench.with(settings, population: 1) { bench in
            // A camera on the printer's own network, which has no tunnel and no key.
            let url = "\(bench.tunnel.endpoint)/webcam/?action=snapshot"
            let setup = CameraSetup(
                name: bench.camera, source: .url(try CameraURL(parsing: url)), policy: .every(.seconds(10)))
            _ = try await bench.run([setup], JobEnd(slots: 110), clock: bench.clock)
            let prints = try await Catalog.open(at: bench.path).prints()
            #expect(prints.map(\.toldBy) == [.stillness])
        }
    }
}
