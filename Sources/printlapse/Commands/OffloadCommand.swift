import Archive
import ArgumentParser
import Care
import Catalog
import FoundationEssentials
import Packs
import Storage
import Stores
import Vocabulary

struct OffloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offload",
        abstract: "Move older pictures into packs on another disk or in a bucket, where they stay readable.",
        usage: """
            printlapse offload --to <store> [--older-than <age>] [--keep-free <size>] [--dry-run]
            printlapse offload --clean [--only-copy]
            printlapse offload --moved <old store> <new store>
            """,
        discussion: """
            A store is a folder, as one that a NAS has mounted here, or a bucket: s3://BUCKET/PREFIX. A pack holds up to 64 MiB \
            of one camera's pictures in the order of time: a plain ZIP that any unzip opens. Each is written, read back and \
            hashed before its pictures leave the archive; records, marks and the ledger stay here.

            Exports, “frame”, “serve” and “verify” read on as before, from the store where they have to; “recall” brings a \
            stretch back. A camera's newest picture always stays, and captures never wait for a store. “prune” by age and \
            density goes for offloaded frames as for others; where it makes room, it leaves them.

            It may run beside a capture, and be interrupted or killed: every picture is here or in a pack that was read back. What \
            is left of a pack that was not finished --clean removes, and packs whose pictures were all removed or recalled: \
            a backup from before needs those still. What is needed of packs that are mostly dead it moves into new ones. Where \
            another copy of this archive writes to the store, nothing is removed that it may need.

            “offload:” in the configuration has a capture do it by itself. Where a store is somewhere else, as a NAS that is \
            mounted elsewhere, --moved looks for its packs there and notes the place.

            Exit codes: 0 done, 3 less room was made than asked for, 11 another process moves pictures, \
            12 the store refuses the credentials.

            Examples:
              printlapse offload --to /mnt/nas/printlapse --older-than 30d
              printlapse offload --to /mnt/nas/printlapse --keep-free 20GB
              printlapse offload --moved /mnt/nas/printlapse /srv/nas/printlapse
            """)

    @Option(
        help: ArgumentHelp("Where the packs go: a folder that is there, or s3://BUCKET/PREFIX.", valueName: "store"))
    var to: String?

    @Option(
        help: ArgumentHelp("Pictures older than this go, such as 30d.", valueName: "age"), transform: Word.duration)
    var olderThan: Duration?

    @Option(
        help: ArgumentHelp(
            "The oldest go until so much is free beside the archive, such as 20GB; the newest day stays.",
            valueName: "size"), transform: Word.size)
    var keepFree: ByteCount?

    @Option(
        help: ArgumentHelp(
            "The most that goes to the store in a second, and that is read back from it, such as 2MB.",
            valueName: "size"), transform: Word.size)
    var bandwidth: ByteCount?

    @Flag(help: "Say what would go, and move nothing.")
    var dryRun = false

    @Flag(help: "Remove packs from their stores that nothing here needs, and rewrite those that are mostly dead.")
    var clean = false

    @Flag(
        help:
            "The store of the first place is at the second one now: two places follow. Its packs are looked for before."
    )
    var moved = false

    @Argument(help: ArgumentHelp("With --moved: where the store was, and where it is.", valueName: "store"))
    var places: [String] = []

    @Flag(help: "With --clean: no other copy of this archive goes on, whatever is found in the store.")
    var onlyCopy = false

    @Flag(help: "Print what was done as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !clean || (to == nil && olderThan == nil && keepFree == nil && !dryRun) else {
            throw ValidationError("--clean goes by itself.")
        }
        guard moved == (places.count == 2), moved || places.isEmpty else {
            throw ValidationError(
                moved ? "--moved wants two places: --moved OLD NEW." : "“\(places[0])” is not expected here.")
        }
        guard !moved || !(clean || to != nil || olderThan != nil || keepFree != nil || dryRun) else {
            throw ValidationError("--moved goes by itself.")
        }
        if moved { return }
        guard clean || !onlyCopy else { throw ValidationError("--only-copy goes with --clean.") }
        if let bandwidth, bandwidth < ByteCount(1000) { throw ValidationError("--bandwidth is 1kB or more.") }
        guard clean || to != nil else { throw ValidationError("Say where the packs go: --to FOLDER.") }
        guard clean || olderThan != nil || keepFree != nil else {
            throw ValidationError("Say which pictures go: --older-than 30d, or --keep-free 20GB.")
        }
    }

    func run() async throws {
        // Only a capture makes an archive.
        try Catalog.open(at: common.archive.path).close()
        if moved { return try await noteMove() }
        guard !clean, let to else { return try await cleanStores() }
        let location = try StoreLocation(to)
        let request = try OffloadRequest(olderThan: olderThan, keepFree: keepFree)
        let now = Timestamp.wallClock
        let catalog = try Catalog.open(at: common.archive.path)
        let plan = try await interruptible { try await catalog.offloadPlan(request, to: location, at: now) }
        try catalog.close()
        let report = dryRun ? plan : try await move(request, plan, location, now)
        if json {
            try JSONOutput.print(report)
        } else if dryRun || !common.messages.quiet {
            for line in report.lines { try StandardOutput.line(line) }
        }
        for place in report.unmarked {
            StandardError.sentence(
                "\(place.printablePath) did not answer: who cleans it with another copy does not see that this one goes on"
            )
        }
        if report.shortfall > .zero { throw ExitStatus.doneInPart.code }
    }

    private func move(
        _ request: OffloadRequest, _ plan: OffloadReport, _ location: StoreLocation, _ now: Timestamp
    ) async throws -> OffloadReport {
        let store = try opening(location.description)
        let line = OffloadLines(isQuiet: common.messages.quiet)
        return try await caring { archive in
            try await archive.offload(request, to: store, beside: opening, at: now, total: plan.pictures) { progress in
                line.update(progress)
            }
        } ending: {
            line.finish()
        }
    }

    private func noteMove() async throws {
        let (old, new) = (try StoreLocation(places[0]), try StoreLocation(places[1]))
        let store = try new.open(in: ProcessInfo.processInfo.environment)
        let report = try await caring {
            try await $0.noteMove(of: old.description, to: store)
        } ending: {
        }
        if json {
            try JSONOutput.print(report)
        } else if report.missing.isEmpty {
            try StandardOutput.line("\(report.packs.counted("pack")), \(report.bytes), are at \(new) from now on.")
        } else {
            for name in report.missing.prefix(10) { try StandardOutput.sentence("\(name) is not at \(new)") }
            try StandardOutput.line(
                "\(report.missing.count.grouped) of \(report.packs.counted("pack")) are missing: nothing was noted.")
        }
        if !report.missing.isEmpty { throw ExitStatus.wrong.code }
    }

    private func cleanStores() async throws {
        let report = try await caring { archive in
            try await archive.cleanPacks(isOnlyCopy: onlyCopy, at: .wallClock, open: opening)
        } ending: {
        }
        if json {
            try JSONOutput.print(report)
        } else if !common.messages.quiet {
            for line in report.lines { try StandardOutput.line(line) }
        }
        if let failure = report.failure { throw failure }
    }

    private var opening: StoreOpening {
        { [bandwidth] location throws(StoreError) in
            try StoreLocation(location).open(in: ProcessInfo.processInfo.environment, atMost: bandwidth)
        }
    }

    private func caring<Value: Sendable>(
        _ work: @escaping @Sendable (FrameArchive) async throws -> Value, ending: () -> Void
    ) async throws -> Value {
        // Others take care of the archive while a pack is on its way.
        try await interruptible(as: "offload", in: .edit, common, work, ending: ending)
    }
}

/// The progress lines of an offload: pictures, and in between the space that goes back.
private final class OffloadLines: Sendable {
    private let pictures: ProgressLine
    private let space: ProgressLine

    init(isQuiet: Bool) {
        pictures = ProgressLine("pictures", isQuiet: isQuiet)
        space = ProgressLine("MB returned", isQuiet: isQuiet)
    }

    func update(_ progress: OffloadProgress) {
        switch progress {
        case .pictures(let done, let total):
            space.finish()
            pictures.update(done: done, total: max(total ?? 0, done))
        case .space(let progress): space.update(progress)
        }
    }

    func finish() {
        pictures.finish()
        space.finish()
    }
}

extension OffloadReport {
    /// What was done, or would be, a line each.
    fileprivate var lines: [String] {
        var lines: [String] = []
        let packs = "\(packs.counted("pack")) in \(store)"
        if pictures == 0 {
            lines.append("No picture is to go.")
        } else if isDryRun {
            lines.append(
                "\(pictures.counted("picture")) would go, \(bytes), into about \(packs). Nothing was moved.")
        } else {
            lines.append("\(pictures.counted("picture")) moved, \(bytes), into \(packs).")
            lines.append("The archive's file: \(fileBefore) before, \(fileAfter) now.")
        }
        if isBesideAnother {
            lines.append(
                "Another copy of this archive writes there: from now on this one does in a folder of its own.")
        }
        if sharesRoom {
            lines.append("The store is on the archive's own disk: what is moved there makes no room.")
        }
        if shortfall > .zero { lines.append("\(shortfall) are still wanting to the room that was asked for.") }
        return lines
    }
}

extension CleaningReport {
    /// What was done, a line each.
    fileprivate var lines: [String] {
        var lines: [String] = []
        if rewritten > 0 {
            lines.append("\(rewritten.counted("picture")) moved into new packs, out of some that were mostly dead.")
        }
        if isWithheld {
            return lines + [
                "Nothing was removed from any store, as one does not answer: another copy of this archive may have left a sign there.",
                "Where you know that no other goes on, “printlapse offload --clean --only-copy” cleans those that answer.",
            ]
        }
        lines.append(
            removed.isEmpty ? "There was nothing to remove." : "\(removed.count.counted("pack")) removed, \(bytes).")
        lines += unknown.prefix(10).map { "\($0.printable) is not this archive's.".asSentence }
        if unknown.count > 10 { lines.append("And \((unknown.count - 10).grouped) more are not.") }
        for folder in shared {
            lines.append(
                "Nothing was removed from \(folder): another copy of this archive needs what is there, or did.")
        }
        if !shared.isEmpty {
            lines.append(
                "Where you know that no other goes on, “printlapse offload --clean --only-copy” removes it all the same."
            )
        }
        return lines
    }
}
