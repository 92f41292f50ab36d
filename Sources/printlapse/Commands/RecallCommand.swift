import Archive
import ArgumentParser
import Catalog
import FoundationEssentials
import Packs
import Storage
import Vocabulary

struct RecallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Bring pictures back from packs.",
        usage: "printlapse recall [--camera <name>] [--since <time>] [--until <time>] [<options>]",
        discussion: """
            Pictures that “offload” moved away come back into the archive's file, each hashed on its way; without --camera, \
            --since and --until all of them. The packs stay where they are until “printlapse offload --clean”.

            On a hub those of followed cameras stay where they are: their machines alone move them, and here they are read out of \
            the packs.

            It may run beside a capture, and be interrupted: run it again to go on. Exit code 1 where a picture in a pack is \
            not what was stored; it stays there.
            """)

    @OptionGroup var selection: SelectionOptions

    @Option(
        help: ArgumentHelp("The most that is read from the store in a second, such as 2MB.", valueName: "size"),
        transform: Word.size)
    var bandwidth: ByteCount?

    @Flag(help: "Print what was done as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let bandwidth, bandwidth < ByteCount(1000) { throw ValidationError("--bandwidth is 1kB or more.") }
    }

    func run() async throws {
        // Only a capture makes an archive.
        let catalog = try Catalog.open(at: common.archive.path)
        try await catalog.require(selection.camera)
        try catalog.close()
        let wanted = RecallSelection(camera: selection.camera, since: selection.since, until: selection.until)
        let archive = try await FrameArchive.open(
            at: common.archive.path, application: "printlapse recall", role: .care)
        let line = ProgressLine("pictures", isQuiet: common.messages.quiet)
        let packs = PackReader(environment: ProcessInfo.processInfo.environment, atMost: bandwidth)
        let result: Result<RecallReport, any Error>
        do {
            result = .success(
                try await interruptible {
                    try await archive.recall(wanted, from: packs) { line.update(done: $0, total: $1) }
                })
        } catch {
            result = .failure(error)
        }
        line.finish()
        try await archive.close()
        let report = try result.get()
        if json {
            try JSONOutput.print(report)
        } else if !common.messages.quiet {
            try StandardOutput.line(
                report.pictures == 0
                    ? "No picture came back."
                    : "\(report.pictures.counted("picture")) came back, \(report.bytes).")
            if report.ofOthers > 0 {
                try StandardOutput.line(
                    "\(report.ofOthers.counted("picture")) of other machines stay in their packs, and are read from there."
                )
            }
        }
        if !json { for problem in report.problems { try StandardOutput.sentence("Left there: \(problem)") } }
        if report.leftThere > 0 { throw ExitStatus.wrong.code }
    }
}
