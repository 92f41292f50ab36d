internal import Vocabulary

/// When prints start and end: pure arithmetic on simulated time, which is counted from the simulation's start.
struct PrintSchedule: Hashable, Sendable {
    /// When the first print of this schedule starts; `nil` while none was ever started.
    var start: Duration?
    /// The number of that print; the ones after it count up.
    var firstNumber: Int
    /// From then on nothing prints, and what was begun stays as it is.
    var stop: Duration?
    /// When the print stood still, in order; the last pause may still last.
    private(set) var pauses: [Pause] = []
    var warmUp: Duration
    var printDuration: Duration
    var pause: Duration
    var repeats: Bool

    struct Pause: Hashable, Sendable {
        let from: Duration
        var until: Duration?
    }

    init(_ settings: SimulatorSettings) {
        start = settings.startsPrinting ? .zero : nil
        firstNumber = settings.firstPrintNumber
        warmUp = settings.warmUp
        printDuration = settings.printDuration
        pause = settings.pause
        repeats = settings.repeats
    }

    /// What the printer does at an instant.
    func moment(at elapsed: Duration) -> PrintMoment {
        guard let start, elapsed >= start else { return .idle }
        let instant = running(until: min(elapsed, stop ?? elapsed))
        let cycle = warmUp + printDuration + pause
        let (index, since) = repeats ? (instant - start).divided(by: cycle) : (0, instant - start)
        let number = firstNumber + index
        let ran: PrintMoment =
            if since < warmUp {
                PrintMoment(phase: .warmingUp, number: number, progress: 0, since: since)
            } else if since < warmUp + printDuration {
                PrintMoment(
                    phase: .printing, number: number, progress: (since - warmUp) / printDuration, since: since - warmUp)
            } else {
                PrintMoment(phase: .finished, number: number, progress: 1, since: since - warmUp - printDuration)
            }
        guard ran.phase.isActive else { return ran }
        if let stop, elapsed >= stop {
            return PrintMoment(
                phase: .finished, number: number, progress: ran.progress, since: elapsed - stop, wasStopped: true)
        }
        let isPaused = pauses.contains { $0.from <= elapsed && elapsed < $0.until ?? .seconds(Int64.max) }
        return PrintMoment(
            phase: ran.phase, number: number, progress: ran.progress, since: ran.since, isPaused: isPaused)
    }

    /// An instant without the pauses before it: the print goes on after one as if it had not been.
    private func running(until instant: Duration) -> Duration {
        pauses.reduce(instant) { left, pause in
            left - max(.zero, min(instant, pause.until ?? instant) - pause.from)
        }
    }

    mutating func begin(at elapsed: Duration, number: Int? = nil) {
        firstNumber = number ?? nextNumber(at: elapsed)
        (start, stop, pauses) = (elapsed, nil, [])
    }

    mutating func end(at elapsed: Duration) {
        stop = stop ?? elapsed
    }

    /// Holds a print that is running.
    mutating func pause(at elapsed: Duration) {
        let now = moment(at: elapsed)
        if now.phase.isActive, !now.isPaused { pauses.append(Pause(from: elapsed)) }
    }

    mutating func resume(at elapsed: Duration) {
        guard let last = pauses.indices.last, pauses[last].until == nil else { return }
        pauses[last].until = elapsed
    }

    /// The number of the next print that is started by hand.
    func nextNumber(at elapsed: Duration) -> Int {
        moment(at: elapsed).number.map { $0 + 1 } ?? firstNumber
    }
}

/// What a printer does at one instant.
package struct PrintMoment: Hashable, Sendable {
    package enum Phase: String, Hashable, Sendable {
        /// Nothing was printed yet.
        case idle
        /// A job has started: the bed heats, the head homes and draws a purge line.
        case warmingUp = "warming_up"
        case printing
        /// The part lies on the bed, the head is parked.
        case finished

        /// Whether a print job is running, which is when its pictures have addresses of their own.
        package var isActive: Bool { self == .warmingUp || self == .printing }
    }

    package let phase: Phase
    /// The print job, `nil` before the first one.
    package let number: Int?
    /// How much of the part is there, 0 to 1.
    package let progress: Double
    /// Simulated time since the phase began.
    package let since: Duration
    /// Whether the print job stands still until it is resumed.
    package var isPaused = false
    /// Whether the print job was ended before its time.
    package var wasStopped = false

    static let idle = PrintMoment(phase: .idle, number: nil, progress: 0, since: .zero)
}

extension Duration {
    /// The whole quotient, rounded down, and the remainder; 0 and the whole where the divisor is not positive.
    func divided(by divisor: Duration) -> (quotient: Int, remainder: Duration) {
        guard divisor > .zero else { return (0, self) }
        let quotient = Int((milliseconds / max(1, divisor.milliseconds)))
        return (quotient, self - divisor * quotient)
    }

    /// In seconds, as a fraction.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
