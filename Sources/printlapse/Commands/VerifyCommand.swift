import Archive
import ArgumentParser
import Care
import Catalog
import Storage
import Vocabulary

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that every frame is there, whole, and what it was when it was stored.",
        usage: """
            printlapse verify [--quick | --subset <n/t> | --since <time> | --resume]
            printlapse verify --repair [--from <backup> ...]
            """,
        discussion: """
            Every picture is read, hashed again and decoded, and the ledger is checked for holes and overlaps. It may run \
            while a capture writes. Exit code 1 where anything is damaged; the report names it. Pictures in packs are fetched for it; \
            where their store is away, that is told, and the rest is checked.

            A check that is interrupted notes in ARCHIVE-verify how far it came: --resume goes on there. To spread the \
            check of a big archive over a week, let --subset 1/7 to 7/7 take turns. What the last check found stands in \
            ARCHIVE-verified, and in the gallery under “Health”.

            Pictures that decode and still may not be what the camera saw are listed as suspect: each is looked at as a \
            capture does, beside the one before. A check writes nothing; --repair marks those that are not marked yet, and \
            exports then leave them out (“printlapse frames --suspect”).

            With --repair, damaged pictures are replaced by good copies from the backups given with --from. Where there is \
            none the frames are marked: exports leave them out, and a later repair with a better backup takes the mark away. \
            Values that cannot be, such as a time of another age, are replaced by what the rest of the archive says, and told. \
            What cannot be repaired is named.
            """)

    @Flag(help: "The database's structure and the ledger only; no picture is read.")
    var quick = false

    @Option(
        help: ArgumentHelp("One part of t of the pictures; each is in one part, and stays there.", valueName: "n/t"),
        transform: { text in
            guard let subset = PictureSubset(parsing: text) else {
                throw ValidationError("“\(text)” is no part of a whole, such as 1/7.")
            }
            return subset
        })
    var subset: PictureSubset?

    @Option(help: ArgumentHelp("Only pictures of frames from this time on.", valueName: "time"), transform: Word.time)
    var since: Timestamp?

    @Flag(help: "Go on where the last check was interrupted.")
    var resume = false

    @Flag(help: "Put right what can be put right without guessing.")
    var repair = false

    @Option(help: ArgumentHelp("With --repair: an archive to take good copies from.", valueName: "backup"))
    var from: [String] = []

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard repair || from.isEmpty else { throw ValidationError("--from goes with --repair.") }
        guard !repair || !(quick || resume || subset != nil || since != nil) else {
            throw ValidationError("--repair looks at everything.")
        }
        guard !quick || !(resume || subset != nil || since != nil) else {
            throw ValidationError("--quick reads no pictures that could be chosen.")
        }
    }

    func run() async throws {
        let line = ProgressLine("pictures", isQuiet: common.messages.quiet)
        let isSound = try await repair ? repair(line) : check(line)
        if !isSound { throw ExitStatus.wrong.code }
    }

    private func check(_ line: ProgressLine) async throws -> Bool {
        let catalog = try Catalog.open(at: common.archive.path, reading: common.archive.packs)
        let journal = VerifyJournal(archive: catalog.path, resuming: resume)
        let request = VerifyRequest(quick: quick, subset: subset, since: since)
        let report: VerifyReport
        do {
            report = try await interruptible {
                try await catalog.verify(request, journal: journal) {
                    line.update(done: $0.picturesChecked, total: $0.pictures)
                }
            }
        } catch let code as ExitCode {
            guard journal.isResumable else { throw code }
            let options = [request.options, "--resume"].filter { !$0.isEmpty }.joined(separator: " ")
            StandardError.write("Go on with it: printlapse verify \(options)")
            throw code
        }
        line.finish()
        if let failure = journal.failure {
            StandardError.write("How far the check had come could not be noted: \(failure).")
        }
        await keep(report, of: request, in: catalog)
        if json {
            try JSONOutput.print(report)
        } else if !common.messages.quiet || !report.findings.isEmpty || !report.isSound {
            try StandardOutput.line(
                quick
                    ? "The structure and the ledger were checked; no picture was read."
                    : "\(report.framesChecked.counted("frame")) read, hashed and decoded, \(report.bytesChecked).")
            for finding in report.findings { try StandardOutput.line(finding) }
            try StandardOutput.sentence(
                report.isSound
                    ? "All is well."
                    : report.isSoundHere
                        ? "What could be read is well. Have the stores answer and run it again; a pack that is lost comes back from a copy "
                            + "of the store, or its pictures from a backup: printlapse verify --repair --from BACKUP"
                        : "The archive is damaged. “printlapse verify --repair --from BACKUP” puts right what can be.")
        }
        return report.isSound
    }

    /// For who looks at it later.
    private func keep(_ report: VerifyReport, of request: VerifyRequest, in catalog: Catalog) async {
        guard let failure = await catalog.keep(report, of: request, at: .wallClock), !common.messages.quiet else {
            return
        }
        StandardError.write("What the check found could not be noted: \(failure).")
    }

    private func repair(_ line: ProgressLine) async throws -> Bool {
        let header = try FrameArchive.mendHeader(at: common.archive.path)
        try Catalog.open(at: common.archive.path).close()  // opening it to write would make one
        var report = try await interruptible {
            let archive = try await FrameArchive.open(
                at: common.archive.path, application: "printlapse verify --repair", role: .care)
            let report = try await archive.repair(from: from, packs: common.archive.packs) {
                line.update(done: $0.picturesChecked, total: $0.pictures)
            }
            try await archive.close()
            return report
        }
        line.finish()
        report.add(values: header)
        // It has read everything, too; what could not be put right is not all in what is found now.
        if report.failures.isEmpty {
            let catalog = try Catalog.open(at: common.archive.path)
            await keep(report.after, of: VerifyRequest(), in: catalog)
            try catalog.close()
        }
        if json {
            try JSONOutput.print(report)
        } else if !common.messages.quiet || !report.isSound {
            for text in report.lines { try StandardOutput.line(text) }
        }
        return report.isSound
    }
}
