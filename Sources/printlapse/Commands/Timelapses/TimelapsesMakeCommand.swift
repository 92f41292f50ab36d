import ArgumentParser
import Catalog
import Storage
import Timelapses
import Vocabulary

struct TimelapsesMakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Make one by hand, as a rule says, now or again.",
        usage: "printlapse timelapses make <rule> [--print <n> | --day <day>] [<options>]",
        discussion: """
            What was made before of the same is made anew, under the same name, and nothing that the rule leaves out is left out.

            Examples:
              printlapse timelapses make print --print latest
              printlapse timelapses make day --day yesterday
            """)

    @Argument(help: ArgumentHelp("The rule's name, as in the configuration.", valueName: "rule"))
    var rule: String

    @OptionGroup(title: "Of what") var print: PrintOption

    @Option(
        help: ArgumentHelp("The day, or the week, month or year in which it lies.", valueName: "day"),
        transform: Word.day)
    var day: LocalDay?

    @Option(help: ArgumentHelp("Only of this camera.", valueName: "name"), completion: .cameras, transform: Word.camera)
    var camera: CameraName?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (setups, postRolls, _) = try common.timelapses()
        let setup = try setups.named(rule)
        let catalog = try Catalog.open(at: common.archive.path, reading: common.archive.packs)
        try await catalog.require(camera)
        let wanted = try await wanted(setup.rule, catalog)
        let archive = try await FrameArchive.open(at: common.archive.path, role: .edit)
        var entered: [ArchivedTimelapse] = []
        for timelapse in wanted { entered.append(try await archive.enter(timelapse)) }
        try await archive.close()
        let told = TimelapseTeller(list.chosen, isQuiet: common.messages.quiet)
        let (common, waiting) = (common, entered)
        do {
            try await interruptible {
                try await common.withWorkshop(setups, postRolls: postRolls, tell: told.tell) { workshop in
                    for timelapse in waiting { try await workshop.make(timelapse) }
                }
            }
        } catch ArchiveError.inUse {
            StandardError.sentence("It waits: another process makes timelapses, and will make it.")
            return
        }
        try told.finish()
        if told.failed > 0 { throw ExitStatus.wrong.code }
    }

    private func wanted(_ rule: TimelapseRule, _ catalog: Catalog) async throws -> [ArchivedTimelapse] {
        let now = Timestamp.wallClock
        switch rule.occasion {
        case .afterPrint:
            guard let choice = print.choice, day == nil else {
                throw CommandError(
                    "the rule “\(rule.name)” is for prints", hint: "Say which: --print 3, or --print latest.")
            }
            let number = try await choice.number(in: catalog, camera: camera)
            guard let print = try await catalog.print(number) else { throw ArchiveError.noSuchPrint(number) }
            return [
                ArchivedTimelapse(
                    rule: rule.name, camera: print.camera, subject: .print(number), since: print.startedAt,
                    until: print.endedAt ?? now, dueAt: now)
            ]
        case .every(let period, let time):
            try requireNoPrint(rule)
            let end = period.end(
                after: day.map { time.instant(on: $0.date, in: rule.timeZone) } ?? now, at: time, in: rule.timeZone)
            guard
                let stretch = period.periods(endingAfter: end - .seconds(1), by: end, at: time, in: rule.timeZone).last
            else {
                throw CommandError("there is no such \(period.rawValue)", hint: "Give another --day.")
            }
            return try await ofCameras(rule, catalog).map {
                ArchivedTimelapse(
                    rule: rule.name, camera: $0, subject: .period(stretch.lowerBound), since: stretch.lowerBound,
                    until: min(stretch.upperBound, now), dueAt: now)
            }
        case .rolling(let time, _):
            try requireNoPrint(rule)
            guard day == nil else {
                throw CommandError("the rule “\(rule.name)” is of the time just past", hint: "Leave --day out.")
            }
            return try await ofCameras(rule, catalog).map {
                ArchivedTimelapse(
                    rule: rule.name, camera: $0, subject: .rolling, since: now - time, until: now, dueAt: now)
            }
        }
    }

    private func requireNoPrint(_ rule: TimelapseRule) throws {
        guard print.choice == nil else {
            throw CommandError("the rule “\(rule.name)” is of no print", hint: "Leave --print out.")
        }
    }

    private func ofCameras(_ rule: TimelapseRule, _ catalog: Catalog) async throws -> [CameraName] {
        if let camera { return [camera] }
        return try await catalog.cameraNames().filter(rule.takes)
    }
}
