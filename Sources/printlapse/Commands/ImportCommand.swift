import Archive
import ArgumentParser
import Care
import FoundationEssentials
import Import
import Storage
import Vocabulary

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in the pictures that other tools left, or everything that another archive holds.",
        usage: "printlapse import <source> ... [--camera <name>] [--dry-run] [<options>]",
        discussion: """
            A source is a folder (with all folders and ZIPs in it), a ZIP, a JPEG, or another archive: OctoPrint's, Octolapse's \
            and moonraker-timelapse's frames, motion's and motionEye's dated pictures, exports of printlapse, and whatever \
            has Exif. Each picture's time comes from a manifest of ours, a date in its name, Exif, or the file's date, the \
            first of these that there is; how many came which way is told, and which are doubtful: a name that nothing else \
            bears out or that has no year, dates of a copy, a clock that was not set. Times without an offset are local ones. \
            Where you know better, --start gives the first picture's time (the others keep their distance from it), and \
            --every their distance, in the order of their names.

            Pictures are checked and compared as when capturing. Importing the same again adds nothing, and an import that was \
            cut short is completed by running it again. It works beside a running capture.

            Pictures are filed under one camera, or with --camera-by-folder under the names of their folders, the nearest that \
            are more than a date. Cameras of another archive keep their names: where two machines both have a “printer”, give \
            one another name.

            Exit code 3 where something was refused and the rest imported, 1 where nothing could be imported.

            Examples:
              printlapse import ~/timelapse/tmp --camera ender --dry-run
              printlapse import timelapse_benchy_20261123_1405_frames.zip
              printlapse import /var/lib/motioneye --camera-by-folder
              printlapse import frames --start "2026-11-23 14:05" --every 10s
              printlapse import other-machine.sqlite --rename printer=workshop
            """)

    @Argument(help: "Folders, ZIPs, JPEGs and archives.", completion: .file())
    var sources: [String]

    @Option(
        help: ArgumentHelp(
            "File everything under this camera. Default: the one that a manifest or archive names, else “printer”.",
            valueName: "name"), completion: .cameras, transform: Word.camera)
    var camera: CameraName?

    @Flag(help: "File each picture under the name of its folder.")
    var cameraByFolder = false

    @Option(
        help: ArgumentHelp("When each camera's first picture was taken, whatever the files say.", valueName: "time"),
        transform: Word.time)
    var start: Timestamp?

    @Option(
        help: ArgumentHelp("How far apart the pictures were taken, such as 10s.", valueName: "duration"),
        transform: Word.duration)
    var every: Duration?

    @Option(
        help: ArgumentHelp("Give a camera of another archive a new name; may be repeated.", valueName: "old=new"),
        transform: Rename.init(parsing:))
    var rename: [Rename] = []

    @Option(
        help: ArgumentHelp("Of times without an offset, as Europe/Berlin. Default: this machine's.", valueName: "name"))
    var timeZone: String?

    @Flag(help: "Say what would be imported and how times are found; change nothing.")
    var dryRun = false

    @Flag(help: "Print what was imported, and all that was refused, as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard camera == nil || rename.isEmpty else {
            throw ValidationError("--camera and --rename both name cameras; give one.")
        }
        guard camera == nil || !cameraByFolder else {
            throw ValidationError("--camera and --camera-by-folder both name cameras; give one.")
        }
    }

    func run() async throws {
        let sources = try self.sources.map { try ImportSource(at: $0) }
        var settings = ImportSettings(camera: camera)
        settings.isDryRun = dryRun
        (settings.camerasByFolder, settings.start, settings.every) = (cameraByFolder, start, every)
        if let timeZone {
            guard let zone = TimeZone(identifier: timeZone) else { throw ImportError.timeZone(timeZone) }
            settings.timeZone = zone
        }
        let archive = try await openArchive()
        let result = try await self.import(sources, settings, into: archive)
        try await archive?.close()

        if json { try JSONOutput.print(result) } else { try result.printText(isQuiet: common.messages.quiet) }
        if let status = result.status { throw status.code }
    }

    /// `nil` for a dry run where there is no archive yet.
    private func openArchive() async throws -> FrameArchive? {
        let (path, program) = (common.archive.path, "printlapse \(Printlapse.version)")
        guard dryRun else { return try await FrameArchive.open(at: path, application: program, role: .care) }
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try await FrameArchive.open(at: path, application: program, role: .edit)
    }

    private func `import`(
        _ sources: [ImportSource], _ settings: ImportSettings, into archive: FrameArchive?
    ) async throws -> ImportResult {
        var result = ImportResult()
        let archives = sources.compactMap { if case .archive(let path) = $0 { path } else { nil } }
        if archives.count < sources.count {
            let line = ProgressLine("pictures", isQuiet: common.messages.quiet)
            defer { line.finish() }
            result.pictures = try await interruptible {
                try await FrameImporter(into: archive, settings: settings).run(sources) { progress in
                    line.update(done: progress.done, total: progress.total)
                }
            }
        }
        for path in archives {
            let line = ProgressLine("frames", isQuiet: common.messages.quiet)
            defer { line.finish() }
            let source = try MergeSource(at: path, reading: common.archive.packs)
            let names = try names(in: source)
            let report = try await interruptible {
                guard let archive, !dryRun else {
                    return try await source.foresee(into: archive, calling: names) { line.update(done: $0, total: $1) }
                }
                return try await source.merge(into: archive, calling: names) { line.update(done: $0, total: $1) }
            }
            try source.close()
            result.archives.append(MergedArchive(path: path, report: report))
        }
        return result
    }

    private func names(in source: MergeSource) throws -> [CameraName: CameraName] {
        guard let camera else { return Dictionary(rename.map { ($0.old, $0.new) }) { $1 } }
        let cameras = try source.cameras()
        guard cameras.count <= 1 else {
            throw CommandError(
                "\(source.path) has the cameras \(cameras.map(\.text).joined(separator: ", "))",
                hint:
                    "--camera is for an archive with one camera; give each that is to be renamed with --rename old=new."
            )
        }
        return Dictionary(cameras.map { ($0, camera) }) { $1 }
    }
}

/// `old=new`.
struct Rename: Sendable {
    let old: CameraName
    let new: CameraName

    init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw ValidationError("write the old name, = and the new one.") }
        (old, new) = (try Word.camera(parts[0]), try Word.camera(parts[1]))
    }
}
