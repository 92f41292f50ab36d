import ArgumentParser
import Care
import Catalog
import Vocabulary

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Make a consistent, verified copy of the archive, also while a capture writes.",
        usage: "printlapse backup <destination> [--force] [<options>]",
        discussion: """
            The destination is a file or a folder; in a folder the backup gets the archive's name with the time. Every picture \
            of the copy is hashed again before it gets its name, in one step: there is a whole backup or the one before, never \
            half of one. Nothing but an earlier backup of the same archive is replaced without --force.

            Where the file system can share blocks (xfs, btrfs; source and destination on the same one) a backup is made in \
            an instant, and takes room only for what changes later. Elsewhere it is a full copy.

            A backup is an archive like any other: “printlapse verify --archive BACKUP” checks it, “frames” lists it. To \
            restore it, stop captures, remove ARCHIVE-wal and ARCHIVE-shm, and copy it over the archive.
            """)

    @Argument(help: "A file, or a folder that is there.")
    var destination: String

    @Flag(help: "Replace the file there, whatever it is.")
    var force = false

    @Flag(help: "Print what was done as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        let copying = ProgressLine("pages", isQuiet: common.messages.quiet)
        let verifying = ProgressLine("pictures", isQuiet: common.messages.quiet)
        let report = try await interruptible {
            try await catalog.backup(to: destination, force: force) { progress in
                switch progress {
                case .copying(let done, let total): copying.update(done: done, total: total)
                case .verifying(let done, let total): verifying.update(done: done, total: total)
                }
            }
        }
        verifying.finish()
        copying.finish()
        if !json, !report.isDurable {
            StandardError.sentence(
                "\(report.path): this file system does not say whether it would survive a loss of power.")
        }
        if json {
            try JSONOutput.print(report)
        } else if !common.messages.quiet {
            let how = report.method == .clone ? "sharing blocks with the archive" : report.bytes.description
            try StandardOutput.sentence(
                "\(report.path): \(report.frames.counted("frame")), \(how); every picture is whole.")
            if report.offloaded > 0 {
                try StandardOutput.sentence(
                    "\(report.offloaded.counted("picture")) in packs: the backup knows where they lie and has no bytes of them."
                )
            }
            if report.quarantined > 0 {
                try StandardOutput.sentence(
                    "\(report.quarantined.counted("frame")) in quarantine: known to be damaged, in the archive as well."
                )
            }
            for line in report.restoring.split(separator: "\n") {
                // A command is to be copied as it is.
                if line.hasPrefix(" ") {
                    try StandardOutput.line(String(line))
                } else {
                    try StandardOutput.sentence(String(line))
                }
            }
        }
    }
}
