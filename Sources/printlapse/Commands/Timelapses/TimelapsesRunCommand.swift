import Archive
import ArgumentParser
import Catalog
import Synchronization
import Timelapses
import Vocabulary

struct TimelapsesRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Make what is due, one after another.",
        usage: "printlapse timelapses run [--watch] [<options>]",
        discussion: """
            A running capture does this by itself; it is for those whose capture runs elsewhere or is to make none. What was due while \
            nothing ran is made up for, once, and what a kill cut is made anew. With --watch it stays and makes what becomes due. \
            What the configuration has under on_event is told of each (timelapse_ready).

            Exit codes: 0 all that is due is made, 1 something failed and is tried again later, 11 another process makes timelapses.
            """)

    @Flag(help: "Stay, and make what becomes due.")
    var watch = false

    @Flag(help: ArgumentHelp("End when standard input does: whoever started it is gone.", visibility: .hidden))
    var tied = false

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    /// A print ends without the clock's saying so.
    private static let longestRest = Duration.seconds(20)

    func run() async throws {
        let (setups, postRolls, handlers) = try common.timelapses()
        let told = TimelapseTeller(list.chosen, isQuiet: common.messages.quiet)
        let (watch, common) = (watch, common)
        // A capture that started it tells by itself.
        let announced = AnnouncedTimelapses(
            handlers: tied ? [] : handlers, maker: TimelapseProcess(words: common.timelapseWords))
        try await interruptible(tied: tied) {
            try await announced.beside { became in
                let tell: @Sendable (ArchivedTimelapse) -> Void = {
                    told.tell($0)
                    became($0)
                }
                try await common.withWorkshop(setups, postRolls: postRolls, tell: tell) { workshop in
                    while true {
                        let next = try await workshop.work()
                        try Task.checkCancellation()
                        guard watch else { return }
                        let rest = next.map { min($0 - .wallClock, Self.longestRest) } ?? Self.longestRest
                        try await Task.sleep(for: max(.seconds(1), rest))
                    }
                }
            }
        }
        try told.finish()
        if told.failed > 0 { throw ExitStatus.wrong.code }
    }
}

/// Tells what became of timelapses, as it happens.
final class TimelapseTeller: Sendable {
    private let format: ListFormat
    private let isQuiet: Bool
    private let told: Mutex<Told>

    private struct Told {
        var listing: Listing<ArchivedTimelapse>
        var failed = 0
        var count = 0
        var problem: (any Error)?
    }

    init(_ format: ListFormat, isQuiet: Bool) {
        (self.format, self.isQuiet) = (format, isQuiet)
        told = Mutex(Told(listing: .timelapses(format, at: .wallClock)))
    }

    var failed: Int { told.withLock { $0.failed } }

    func tell(_ timelapse: ArchivedTimelapse) {
        told.withLock { told in
            if timelapse.state == .waiting { told.failed += 1 }
            told.count += 1
            do {
                if format == .table {
                    if !isQuiet { try StandardOutput.line(timelapse.sentence) }
                } else {
                    try told.listing.add(timelapse)
                }
                try StandardOutput.flush()
            } catch {
                told.problem = told.problem ?? error
            }
        }
    }

    func finish() throws {
        try told.withLock { told in
            if let problem = told.problem { throw problem }
            if format == .table {
                if told.count == 0, !isQuiet { StandardError.write("Nothing is due.") }
            } else {
                try told.listing.finish(empty: "")
            }
        }
    }
}

extension ArchivedTimelapse {
    /// What became of it, for a person.
    var sentence: String {
        let of =
            print.map { "\(camera), print \($0)" } ?? "\(camera), \(since.localMinuteText) to \(until.localMinuteText)"
        switch state {
        case .made:
            let facts = [frames?.counted("frame"), bytes.map { "\($0)" }, length?.shortText].compactMap(\.self)
            return "\(files.map(\.path.printablePath).joined(separator: ", ")): \(facts.joined(separator: ", "))"
        case .waiting:
            return "\(rule): \(of): \((reason ?? "it failed").asSentence) \(hint?.asSentence ?? "")".trimmed
        case .skipped: return "\(rule): \(of): none is made, because \(reason ?? "the rule leaves it out")."
        case .removed:
            return
                "Removed \(files.map(\.path.printablePath).joined(separator: ", ")), which “\(rule)” keeps no longer."
        case .making, .forgotten: return "\(rule): \(of): \(state.rawValue)."
        }
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
