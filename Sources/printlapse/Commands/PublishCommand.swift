import Archive
import ArgumentParser
import Catalog
import FoundationEssentials
import Machines
import Settings
import Storage
import Stores
import Vocabulary

struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Tell a hub what is in this archive: put its records into a store, as they change.",
        usage: """
            printlapse publish <store> [--name <name>] [--every <duration>]
            printlapse publish [<store>] --restored
            printlapse publish [<store>] --separate
            """,
        discussion: """
            The store is the folder or bucket that “offload” moves pictures to, or another: s3://BUCKET/PREFIX. Records alone go \
            there: cameras, prints, frames with where their pictures lie, the slot ledger, marks and notes; what changed since the last \
            time, in small files that are never changed again. “printlapse follow” takes them in elsewhere. A frame whose picture \
            was not offloaded yet is known there, and its picture is not to be had.

            It runs beside a capture and beside everything else. Interrupted or killed it goes on where it was. “publish:” in the \
            configuration has a capture do it by itself.

            Where the store has what this archive did not write, as after a backup was restored, nothing is written: --restored \
            lets this archive take the other's place, --separate makes it a machine of its own; both tell everything from the \
            beginning.

            Exit codes: 0 done, 1 the store did not take it or another archive publishes as this one, 10 there is no archive, 11 \
            another process publishes or follows with this archive.

            Examples:
              printlapse publish /mnt/nas/printlapse --name "hall 2, rack 7"
              printlapse publish --every 1m
            """)

    @Argument(
        help:
            "A folder that is there, or s3://BUCKET/PREFIX (default: that of “publish:” in the configuration, else of the last time)."
    )
    var store: String?

    @Option(
        help: ArgumentHelp("What people call this machine (default: its host name).", valueName: "name"),
        transform: Word.machine)
    var name: MachineName?

    @Option(
        help: ArgumentHelp("Go on, and look for news so often, such as 1m.", valueName: "duration"),
        transform: Word.duration)
    var every: Duration?

    @Flag(help: "Tell everything anew: this archive takes the place of the one that told before.")
    var restored = false

    @Flag(help: "Tell everything anew, as a machine of its own.")
    var separate = false

    @Flag(help: "Print what was told as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !restored || !separate else { throw ValidationError("--restored and --separate exclude each other.") }
        if let every, every < .seconds(1) { throw ValidationError("--every wants a second at least.") }
    }

    func run() async throws {
        // Only a capture makes an archive.
        try Catalog.open(at: common.archive.path).close()
        var mode: PublishMode = restored ? .restored : separate ? .separate : .onwards
        try await repeating(every) {
            let report = try await publish(mode)
            // Once is enough, however often is looked.
            mode = .onwards
            guard !json else { return try JSONOutput.print(report) }
            guard !common.messages.quiet, every == nil || report.segments > 0 else { return }
            for line in report.lines { try StandardOutput.line(line) }
        }
    }

    private func publish(_ mode: PublishMode) async throws -> PublishReport {
        let (environment, host) = (ProcessInfo.processInfo.environment, ProcessInfo.processInfo.hostName)
        let configured = try store == nil ? common.configuration.read()?.publishing?.location.description : nil
        let (store, name) = (store ?? configured, name)
        return try await sharing(common, as: "publish") { archive in
            guard let location = try store ?? archive.publishedStore() else { throw MachineError.neverPublished }
            return try await archive.publish(
                to: StoreLocation(location).open(in: environment), as: name,
                host: host, mode: mode, at: .wallClock,
                program: "printlapse \(Printlapse.version)")
        }
    }
}

extension PublishReport {
    fileprivate var lines: [String] {
        let told =
            segments == 0
            ? "There was nothing new to tell."
            : "\(records.counted("record")) told in \(segments.counted("segment")), \(bytes)."
        return [told, "“\(name)” is in \(store) up to segment \(lastSegment)."]
    }
}

/// Runs work with the archive opened for telling others of it, or taking in what they tell. A capture that publishes by itself does
/// so for moments: it is waited for.
func sharing<Value: Sendable>(
    _ common: CommonOptions, as command: String, _ work: @escaping @Sendable (FrameArchive) async throws -> Value
) async throws -> Value {
    let patience = ContinuousClock.now + .seconds(10)
    while true {
        do {
            return try await interruptible(as: command, in: .sharing, common, work)
        } catch ArchiveError.inUse(_, let holder) where !holder.isByAnotherName && ContinuousClock.now < patience {
            try await interruptible { try await Task.sleep(for: .milliseconds(250)) }
        }
    }
}

/// Does work once, or again and again until it is ended by a signal. What then goes wrong is said, and may go well the next time.
func repeating(_ every: Duration?, _ work: () async throws -> Void) async throws {
    guard let every else { return try await work() }
    while true {
        do {
            try await work()
        } catch let error as any ExplainedError {
            // As MachineError's fork, it goes away by a person's doing alone; then it goes on by itself.
            StandardError.sentence("printlapse: \(error.message)")
        }
        // Whoever looks on, such as the system's journal, sees it now.
        try StandardOutput.flush()
        do {
            try await interruptible { try await Task.sleep(for: every) }
        } catch let code as ExitCode where code == ExitStatus.interrupted.code {
            // A job that has no end of its own ended well.
            return
        }
    }
}
