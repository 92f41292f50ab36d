import Testing
import Vocabulary

@testable import Simulator

@Suite struct `A bad day` {
    private let day = BadDay(seed: 3)

    @Test func `has every trouble once, in an order that the seed gives`() {
        let names = Set((Trouble.ofAgentAndAccount + Trouble.ofPictures).map(\.name))
        #expect(Set(day.phases.map(\.name)) == names)
        #expect(day.phases.count == names.count)
        #expect(day == BadDay(seed: 3))
        #expect(day.phases != BadDay(seed: 4).phases)
    }

    @Test func `has two troubles at once nearly all the time, and pictures for most of it`() {
        let seconds = (0..<600).map { Duration.seconds($0) }
        let troubles = seconds.map { second in day.phases.filter { $0.from <= second && second < $0.until }.count }
        #expect(troubles.filter { $0 == 2 }.count > 350)
        #expect(troubles.max() == 2)
        #expect(seconds.filter { day.hasPictures(at: $0, every: .seconds(1)) }.count > 350)
    }

    @Test func `ends with nothing armed`() {
        var armed: Set<Fault> = []
        for step in day.steps {
            if case .arm(let fault) = step.change { armed.insert(fault) }
            if case .disarm(let fault) = step.change { armed.remove(fault) }
        }
        #expect(armed.isEmpty)
        #expect(day.steps.last?.at == BadDay.usualLength)
    }

    @Test(arguments: [("bad-day", 600), ("bad-day=2m", 120), ("torn:2", nil)] as [(String, Int?)])
    func `is asked for by name`(text: String, seconds: Int?) throws {
        #expect(try BadDay.length(parsing: text) == seconds.map { .seconds($0) })
    }

    @Test(arguments: ["bad-day=", "bad-day=1s", "bad-day=often"])
    func `lasts a while`(text: String) {
        #expect(throws: SimulatorError.self) { try BadDay.length(parsing: text) }
    }

    @Test func `happens by any clock, whenever somebody asks, and reports what could be had`() async throws {
        let start = Timestamp(seconds: 1_795_442_400)
        let clock = StoppedClock(start)
        let settings = SimulatorSettings.small {
            $0.now = { clock.now }
            $0.badDay = .seconds(600)
        }
        try await SimulatedTunnel.with(settings) { tunnel in
            let day = try #require(tunnel.badDay)
            let pause = try #require(day.phases.first { $0.name == "print paused" })
            clock.now = start + pause.from + .seconds(1)
            _ = try await RawClient.send(tunnel.endpoint + "/_tsd_/webcam/0/")
            #expect(tunnel.printer.moment(at: tunnel.elapsed).isPaused)
            clock.now = start + .seconds(700)
            let report = try #require(tunnel.badDayReport)
            #expect(tunnel.faults.isEmpty)
            #expect(!tunnel.printer.moment(at: tunnel.elapsed).isPaused)
            #expect(report.uploaded > report.available && report.available > 30)
            #expect(report.sentWhole == 0)
        }
    }
}
