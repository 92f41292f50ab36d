internal import Vocabulary

/// What came of a ``BadDay`` so far, as the server saw it.
package struct BadDayReport: Hashable, Sendable {
    /// New pictures that were uploaded.
    package internal(set) var uploaded = 0
    /// Of those, pictures that a camera's owner could have had: nothing stood in the way but tears.
    package internal(set) var available = 0
    /// Of those, pictures that were sent whole.
    package internal(set) var sentWhole = 0

    /// Sent whole of the available ones, 0 to 1.
    package var share: Double { available > 0 ? Double(sentWhole) / Double(available) : 1 }
}

extension Simulation {
    /// The day's report, up to now or the day's end; `nil` where the day is no bad one.
    var badDayReport: BadDayReport? {
        guard let badDay else { return nil }
        let roll = roll
        let end = min(real(elapsed), badDay.length)
        let interval = real(roll.interval)
        let sent = withState(\.sentWhole)
        var report = BadDayReport()
        for number in 0...max(0, roll.newest(at: simulated(end))) {
            let instant = real(roll.interval * number)
            guard instant < end, let entry = roll.announced(upTo: number), entry.number == number else { continue }
            report.uploaded += 1
            // It has to be announced for as long as it is the newest one.
            guard badDay.hasPictures(at: instant, every: interval),
                badDay.hasPictures(at: instant + interval - .milliseconds(1), every: .zero)
            else { continue }
            report.available += 1
            if sent.contains(number) { report.sentWhole += 1 }
        }
        return report
    }

    /// Brings about what the day has in store up to now. Whoever asks the simulation anything does this first, so that it needs no
    /// task of its own, and follows any clock.
    func catchUp() {
        guard let badDay else { return }
        let now = real(elapsed)
        while true {
            let step = withState { state -> BadDay.Step? in
                guard state.stepsTaken < badDay.steps.count, badDay.steps[state.stepsTaken].at <= now else {
                    return nil
                }
                state.stepsTaken += 1
                return badDay.steps[state.stepsTaken - 1]
            }
            guard let step else { return }
            take(step)
        }
    }

    private func take(_ step: BadDay.Step) {
        let elapsed = simulated(step.at)
        switch step.change {
        case .arm(let fault): arm(fault)
        case .disarm(let fault): withState { $0.faults.disarm(fault) }
        case .boost(let pictures): boost(pictures, at: elapsed)
        case .pause: withState { $0.printer.schedule.pause(at: elapsed) }
        case .resume: withState { $0.printer.schedule.resume(at: elapsed) }
        case .stopPrint: withState { $0.printer.schedule.end(at: elapsed) }
        case .startPrint(let next):
            withState { [settings] in $0.printer.schedule.begin(at: elapsed, number: settings.firstPrintNumber + next) }
        case .forgetUsage:
            let now = accountTime
            withState { $0.allowance.set(.zero, at: now) }
        }
    }

    /// Simulated time as it passes by the clock, and the other way round.
    private func real(_ simulated: Duration) -> Duration { simulated / settings.speed }
    private func simulated(_ real: Duration) -> Duration { real * settings.speed }
}
