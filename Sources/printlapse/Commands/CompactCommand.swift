import Archive
import ArgumentParser
import Care
import Catalog
import Storage
import Vocabulary

struct CompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Make the stored pictures smaller without changing a pixel.",
        usage: "printlapse compact [--dry-run] [--until <time>] [<options>]",
        discussion: """
            Pictures are coded anew with Huffman tables of their own, most of them as progressive JPEGs. Each is decoded beside \
            its original and takes its place only where every sample and all metadata are the same. The original's SHA-256 \
            stays on record, so that the camera's picture is still known when it comes again. Expect 3 to 10 % of the space, \
            which goes back to the file system.

            It may run while a capture writes, and may be interrupted: the next run goes on where it was. --until 1d leaves \
            the newest day as it is.
            """)

    @OptionGroup var selection: SelectionOptions

    @Flag(help: "Try some pictures, say what would be saved, and change nothing.")
    var dryRun = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let frames = CompactionSelection(camera: selection.camera, since: selection.since, until: selection.until)
        let report = try await dryRun ? estimate(frames) : compact(frames)
        if json {
            try JSONOutput.print(report)
        } else if dryRun || !common.messages.quiet || report.leftAloneCount > 0 {
            for line in text(of: report) { try StandardOutput.line(line) }
        }
        if report.leftAloneCount > 0 { throw ExitStatus.wrong.code }
    }

    private func compact(_ frames: CompactionSelection) async throws -> CompactionReport {
        let path = common.archive.path
        // Only a capture makes an archive.
        try Catalog.open(at: path).close()
        let archive = try await FrameArchive.open(
            at: path, application: "printlapse \(Printlapse.version)", role: .care)
        let lines = CompactionLines(isQuiet: common.messages.quiet)
        let result: Result<CompactionReport, any Error>
        do {
            result = .success(try await interruptible { try await archive.compact(frames, progress: lines.update) })
        } catch {
            result = .failure(error)
        }
        lines.finish()
        try await archive.close()
        return try result.get()
    }

    private func estimate(_ frames: CompactionSelection) async throws -> CompactionReport {
        let catalog = try Catalog.open(at: common.archive.path)
        let lines = CompactionLines(isQuiet: common.messages.quiet)
        defer { lines.finish() }
        return try await interruptible { try await catalog.estimateCompaction(frames, progress: lines.update) }
    }

    private func text(of report: CompactionReport) -> [String] {
        let percent = (report.savedShare * 100).formatted(places: 1)
        var lines: [String]
        if let sample = report.sample {
            lines = [
                "About \(report.saved) of \(report.bytesBefore) would be saved (\(percent) %), by a sample of "
                    + "\(sample.counted("picture")) of about \(report.pictures.grouped)."
            ]
        } else if report.pictures == 0 {
            lines = ["Every picture is as small as it gets."]
        } else {
            lines = [
                "\(report.shrunk.grouped) of \(report.pictures.counted("picture")) take less now: "
                    + "\(report.bytesAfter) for \(report.bytesBefore)."
            ]
        }
        if report.sample == nil {
            let share = Double(report.fileSaved.bytes) / Double(max(1, report.fileBefore.bytes))
            let saved =
                report.fileAfter > report.fileBefore
                ? "what was captured meanwhile takes more than was saved"
                : "\(report.fileSaved) saved (\((share * 100).formatted(places: 1)) %)"
            lines.append("The archive's file: \(report.fileBefore) before, \(report.fileAfter) now: \(saved).")
        }
        lines += report.leftAlone.map { "Frame \($0.frame) was left alone: \($0.problem)" }
        let more = report.leftAloneCount - report.leftAlone.count
        if more > 0 { lines.append("And \(more.grouped) more were left alone.") }
        return lines
    }
}

/// The progress lines of a compaction: first the pictures, then the space that goes back.
private final class CompactionLines: Sendable {
    private let pictures: ProgressLine
    private let space: ProgressLine

    init(isQuiet: Bool) {
        pictures = ProgressLine("frames", isQuiet: isQuiet)
        space = ProgressLine("MB returned", isQuiet: isQuiet)
    }

    func update(_ progress: CompactionProgress) {
        switch progress {
        case .pictures(let done, let total): pictures.update(done: done, total: total)
        case .space(let progress): space.update(progress)
        }
    }

    func finish() {
        pictures.finish()
        space.finish()
    }
}
