import Archive
import ArgumentParser
import Care
import Catalog
import Storage
import Vocabulary

struct TimesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "times",
        abstract: "Show where the archive's time leaps, and move a stretch of it.",
        usage: "printlapse times [--stretch <n> --begins <time> [--apply]] [<options>]",
        discussion: """
            A machine whose clock was wrong for a while dates its frames wrongly. Frames are numbered in the order in which \
            they came, so it shows where time goes back, stands ahead of this machine's clock, or contradicts the server's \
            times in the pictures' addresses: there a stretch begins.

            A stretch is moved with its slots, its prints and its usage readings: to where its first frame was truly captured \
            (--begins), by a duration (--later, --earlier), or by what the server's times say (--by-server, to within some \
            minutes). Without --apply it is only shown what would move. Nobody may capture meanwhile.

            Exit codes: 0 done, shown, or nothing is wrong; 1 times look wrong, or the stretch cannot be moved there; 11 a \
            capture is running.

            Examples:
              printlapse times
              printlapse times --stretch 2 --begins '2026-11-20 14:00' --apply
              printlapse times --frames 501-612 --earlier 2h
            """)

    @Option(help: ArgumentHelp("The stretch to move, by its number in the list.", valueName: "n"))
    var stretch: Int?

    @Option(
        help: ArgumentHelp("The frames to move, by the first number and the last.", valueName: "a-b"),
        transform: Self.frameRange)
    var frames: ClosedRange<FrameID>?

    @Option(
        help: ArgumentHelp("When its first frame was captured in truth.", valueName: "time"), transform: Word.time)
    var begins: Timestamp?

    @Option(help: ArgumentHelp("Move it into the future by this.", valueName: "duration"), transform: Word.duration)
    var later: Duration?

    @Option(help: ArgumentHelp("Move it into the past by this.", valueName: "duration"), transform: Word.duration)
    var earlier: Duration?

    @Flag(help: "Move it to the server's times.")
    var byServer = false

    @Flag(help: "Move it, and do not only show what would move.")
    var apply = false

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        let ways = [begins != nil, later != nil, earlier != nil, byServer].count { $0 }
        guard stretch == nil || frames == nil else { throw ValidationError("Give --stretch or --frames.") }
        if stretch == nil, frames == nil {
            guard ways == 0, !apply else { throw ValidationError("Say which stretch: --stretch or --frames.") }
        } else if ways != 1 {
            throw ValidationError("Say where to: one of --begins, --later, --earlier and --by-server.")
        }
    }

    func run() async throws {
        let now = Timestamp.wallClock
        let catalog = try Catalog.open(at: common.archive.path)
        let list = TimeStretchList(stretches: try await catalog.timeStretches(at: now), now: now)
        try catalog.close()
        guard stretch != nil || frames != nil else {
            if json {
                try JSONOutput.print(list)
            } else {
                let width = StandardOutput.isTerminal ? TerminalSize.current.columns : 80
                for line in list.lines(width: width) { try StandardOutput.line(line) }
            }
            if list.isWrong { throw ExitStatus.wrong.code }
            return
        }
        let shift = try shift(list)
        let archive = try await FrameArchive.open(at: common.archive.path)
        let result = Result { try archive.shift(shift, at: now, applies: apply) }
        try await archive.close()
        try tell(try result.get())
    }

    private struct Report: Encodable {
        let applied: Bool
        let moved: TimeShiftReport
    }

    private func tell(_ report: TimeShiftReport) throws {
        if json { return try JSONOutput.print(Report(applied: apply, moved: report)) }
        for line in report.lines { try StandardOutput.line(line) }
        if !apply { try StandardOutput.line("Nothing was moved; --apply moves them.") }
    }

    private func shift(_ list: TimeStretchList) throws -> TimeShift {
        let chosen = try chosen(list)
        if let later { return TimeShift(frames: chosen.frames, by: later) }
        if let earlier { return TimeShift(frames: chosen.frames, by: .zero - earlier) }
        guard let stretch = chosen.stretch else {
            throw CommandError("frames by number have no beginning of their own", hint: "Give --later or --earlier.")
        }
        if let begins { return TimeShift(frames: chosen.frames, by: begins - stretch.from) }
        guard let lead = stretch.aheadOfServer else {
            throw CommandError(
                "none of its pictures says when it was taken", hint: "Give --begins, --later or --earlier.")
        }
        return TimeShift(frames: chosen.frames, by: .zero - lead)
    }

    private func chosen(_ list: TimeStretchList) throws -> (frames: ClosedRange<FrameID>, stretch: TimeStretch?) {
        if let frames { return (frames, list.stretches.first { $0.first...$0.last == frames }) }
        guard let stretch, list.stretches.indices.contains(stretch - 1) else {
            throw CommandError(
                "there is no stretch \(stretch ?? 0)", hint: "“printlapse times” lists \(list.stretches.count) of them."
            )
        }
        let known = list.stretches[stretch - 1]
        return (known.first...known.last, known)
    }

    private static func frameRange(_ text: String) throws -> ClosedRange<FrameID> {
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard let first = numbers.first ?? nil, let last = numbers.last ?? nil, numbers.count <= 2, 0 < first,
            first <= last
        else { throw ValidationError("it must be the first number and the last, as 501-612.") }
        return FrameID(first)...FrameID(last)
    }
}
