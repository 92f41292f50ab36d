import ArgumentParser
import Catalog
import Vocabulary

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that every frame is there, whole, and what it was when it was stored.",
        usage: "printlapse verify [--quick] [<options>]",
        discussion: """
            Every picture is read, hashed again and decoded, and the ledger is checked for holes and overlaps. It may run \
            while a capture writes. Exit code 1 where anything is damaged; the report names it.
            """)

    @Flag(help: "The database's structure and the ledger only; no picture is read.")
    var quick = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup(title: "Common") var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        let line = ProgressLine("pictures", isQuiet: common.messages.quiet)
        let report = try await interruptible {
            try await catalog.verify(quick: quick) { line.update(done: $0.picturesChecked, total: $0.pictures) }
        }
        line.finish()

        if json {
            try JSONOutput.print(report)
        } else {
            try StandardOutput.line(
                quick
                    ? "The structure and the ledger were checked; no picture was read."
                    : "\(report.framesChecked.counted("frame")) read, hashed and decoded, \(report.bytesChecked).")
            for damage in report.damaged {
                try StandardOutput.line("Frame \(damage.frame) is damaged: \(damage.problem) (sha256 \(damage.sha256))")
            }
            for problem in report.problems { try StandardOutput.line("Problem: \(problem)") }
            try StandardOutput.line(
                report.isSound ? "All is well." : "The archive is damaged. Restore what is named from a backup.")
        }
        if !report.isSound { throw ExitStatus.wrong.code }
    }
}
