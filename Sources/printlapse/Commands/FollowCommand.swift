import Archive
import ArgumentParser
import Catalog
import FoundationEssentials
import Machines
import Storage
import Stores
import Vocabulary

struct FollowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Take in what other machines tell of their archives, so that this one is the catalog of all.",
        usage: """
            printlapse follow [<store> ...] [--rename <machine/camera=name>] [--every <duration>] [<options>]
            printlapse follow --retire <machine> [--remove-records]
            printlapse follow [<store> ...] --reinstate <machine>
            """,
        discussion: """
            Each store is a folder or bucket that machines “publish” to. What they told since the last time is taken in, in order; \
            then “frames”, “timeline”, “export”, “serve” and all others that read span all machines. Pictures come out of the packs in \
            the stores, with credentials of this machine's. Those that a machine has not offloaded yet are not to be had: an export \
            leaves their frames out and says so.

            A followed camera belongs to its machine: nothing is captured or imported into it here, it is not pruned, offloaded or \
            marked here. A camera whose name is taken here wants another one: --rename.

            What is wrong with one machine, a missing or damaged segment, two archives that publish as one machine, a newer format, \
            is said by its name, and the others go on. Interrupted or killed it goes on where it was.

            A machine that is no more is let go by --retire: it is not looked for and not told as behind any more, and what it told \
            stays, its pictures readable as before. With --remove-records that goes as well, and its cameras' names are free again; \
            nothing in a store is touched. Whatever it publishes later, it is followed again only by --reinstate, and then from \
            where it was; all of it, where its records were removed.

            Exit codes: 0 everything is here, 3 something is wrong with a machine or a store, 11 another process publishes or follows \
            with this archive.

            Examples:
              printlapse follow /mnt/nas/printlapse
              printlapse follow s3://farm/printlapse --every 30s
              printlapse follow --rename "rack 7/printer=rack 7 printer"
              printlapse follow --retire "rack 7"
            """)

    @Argument(help: "Folders, or s3://BUCKET/PREFIX (default: those of the last time).")
    var stores: [String] = []

    @Option(
        help: ArgumentHelp(
            "What a machine's camera is called here when it is first heard of; may be repeated.",
            valueName: "machine/camera=name"), transform: FollowedRename.init(parsing:))
    var rename: [FollowedRename] = []

    @Option(
        help: ArgumentHelp("Go on, and look for news so often, such as 30s.", valueName: "duration"),
        transform: Word.duration)
    var every: Duration?

    @Option(
        help: ArgumentHelp("Look no more for this machine; what it told stays.", valueName: "machine"))
    var retire: String?

    @Flag(help: "With --retire: remove what it told from this archive. Nothing in a store is touched.")
    var removeRecords = false

    @Option(help: ArgumentHelp("Follow a retired machine again.", valueName: "machine"))
    var reinstate: String?

    @Flag(help: "Print what was taken in, and how each machine stands, as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let every, every < .seconds(1) { throw ValidationError("--every wants a second at least.") }
        guard retire == nil || (stores.isEmpty && rename.isEmpty && every == nil && reinstate == nil) else {
            throw ValidationError("--retire goes by itself.")
        }
        guard retire != nil || !removeRecords else { throw ValidationError("--remove-records goes with --retire.") }
    }

    private var width: Int { StandardOutput.isTerminal ? TerminalSize.current.columns : 80 }

    func run() async throws {
        if let retire { return try await letGo(retire) }
        if let reinstate { try await sharing(common, as: "follow") { try await $0.reinstate(reinstate) } }
        let names = Dictionary(rename.map { ($0.camera, $0.name) }) { $1 }
        var isFirst = true
        try await repeating(every) {
            let report = try await follow(calling: names, isFirst: isFirst)
            isFirst = false
            if json {
                try JSONOutput.print(report)
            } else if !report.isWhole || !common.messages.quiet && (every == nil || report.segments > 0) {
                for line in report.lines(width: width) { try StandardOutput.line(line) }
            }
            for problem in report.problems { StandardError.sentence("printlapse: \(problem)") }
            if every == nil, !report.isWhole { throw ExitStatus.doneInPart.code }
        }
    }

    private func letGo(_ name: String) async throws {
        // Only a capture, or following, makes an archive.
        try Catalog.open(at: common.archive.path).close()
        let (removes, isQuiet) = (removeRecords, common.messages.quiet)
        let report = try await sharing(common, as: "follow") { archive in
            let line = ProgressLine("frames removed", isQuiet: isQuiet)
            defer { line.finish() }
            return try await archive.retire(name, removingRecords: removes, at: .wallClock) {
                line.update(done: $0.removed, total: $0.removed)
            }
        }
        if json { return try JSONOutput.print(report) }
        guard let machine = report.machines.first(where: { $0.machine == name || $0.name == name }) else { return }
        let rest =
            removes
            ? "\(report.removed.counted("frame")) removed here; what lies in \(machine.store) stays there."
            : "What it told stays, of \(machine.cameras.count.counted("camera"))."
        let told = [
            "“\(machine.name)” is not followed any more.", rest,
            "“printlapse follow --reinstate '\(name)'” follows it again.",
        ]
        for line in told.joined(separator: " ").wrapped(to: width) { try StandardOutput.line(line) }
    }

    private func follow(calling names: [FollowedCameraName: CameraName], isFirst: Bool) async throws -> FollowReport {
        let environment = ProcessInfo.processInfo.environment
        let (stores, isQuiet) = (stores, common.messages.quiet)
        return try await sharing(common, as: "follow") { archive in
            let all = stores.isEmpty ? try archive.followedStores() : stores
            guard !all.isEmpty else {
                throw CommandError(
                    "No store is followed.",
                    hint: "Say which: printlapse follow STORE. One whose machines are all retired is to be named.")
            }
            let line = ProgressLine("segments", isQuiet: isQuiet)
            defer { line.finish() }
            var report = FollowReport()
            for location in all {
                do {
                    let store = try StoreLocation(location).open(in: environment)
                    report.add(
                        try await archive.follow(store, calling: names, at: .wallClock) {
                            line.update(done: $0.segments, total: $0.segments)
                        })
                } catch let error as StoreError {
                    if case .cancelled = error { throw CancellationError() }
                    report.add(error)
                    let known = (try? StoreLocation(location))?.description ?? location
                    try await archive.note(error, ofStore: known)
                }
            }
            // Said once: a machine may publish for the first time later.
            for (camera, name) in names.sorted(by: { $0.value.text < $1.value.text }) where isFirst {
                if let refusal = try archive.refusal(of: name, for: camera) { report.add(refusal) }
            }
            return report
        }
    }
}

/// `machine/camera=name`.
struct FollowedRename: Sendable {
    let camera: FollowedCameraName
    let name: CameraName

    init(parsing text: String) throws {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let parts = sides[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, parts.count == 2, !parts[0].isEmpty else {
            throw ValidationError("write the machine, / and its camera, = and the new name.")
        }
        camera = FollowedCameraName(machine: parts[0], camera: try Word.camera(parts[1]))
        name = try Word.camera(sides[1])
    }
}

extension FollowReport {
    /// A line a machine, and below what there is to do.
    fileprivate func lines(width: Int) -> [String] {
        var lines = FollowedMachine.lines(machines, at: .wallClock, width: width)
        if lines.isEmpty, problems.isEmpty { lines = ["No machine publishes there yet."] }
        let news =
            segments == 0
            ? "Nothing was new."
            : "\(segments.counted("segment")) taken in: \(frames.counted("new frame")), \(removed.grouped) removed."
        return lines + [news]
    }
}

extension FollowedMachine {
    /// A line a machine, and below what stands in the way.
    static func lines(_ machines: [FollowedMachine], at now: Timestamp, width: Int) -> [String] {
        guard !machines.isEmpty else { return [] }
        var table = TextTable([
            TextTable.Column(title: "  machine", isFlexible: true), .right("cameras"), .right("segment"),
            .right("told"),
            .right("behind"),
        ])
        let alike = Dictionary(grouping: machines, by: \.name)
        for machine in machines {
            // Of one name: what each is known by tells them apart, and names them to --retire.
            let id = alike[machine.name, default: []].count > 1 ? " (\(machine.machine))" : ""
            table.add([
                "\(machine.mark) \(machine.name)\(id)", machine.cameras.count.grouped,
                machine.segment.grouped, machine.segmentAt.map { "\((now - $0).wholeText) ago" } ?? "–",
                machine.retiredAt == nil ? machine.behind.grouped : "retired",
            ])
        }
        var lines = table.lines(width: width)
        for (reason, hint) in machines.troubles {
            lines += "\(reason.asSentence) \(hint ?? "")".wrapped(to: width)
        }
        return lines
    }

    /// One that is retired is neither well nor unwell.
    private var mark: String { retiredAt != nil ? "–" : problem == nil ? "✓" : "✗" }
}
