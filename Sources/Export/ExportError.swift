package import Vocabulary

/// Why there is no export. Nothing stands under the output's name then but what stood there before.
package enum ExportError: ExplainedError {
    /// No format has this ending.
    case unsupportedEnding(String)
    /// The output cannot be a file's or folder's name.
    case unusableOutput(String, reason: String)
    /// Something stands there already.
    case outputExists(String)
    /// Something stands there that is not replaced, whatever is asked for.
    case notReplaced(String, reason: String)
    /// The folder that is to hold the output is absent or no folder.
    case noSuchFolder(String)
    /// A pace, a rate or a length out of its range.
    case unusablePace(String)
    /// A step or a number of frames out of its range.
    case unusableSelection(String)
    /// A template for names cannot be used, or not for these frames.
    case unusableName(String, reason: String)
    /// An option that would do nothing for what is to be made.
    case notForOutput(ExportOption, [OutputKind])
    /// What is to go to standard output cannot be told (`nil`), or cannot be written in one pass.
    case notStreamed(ExportFormat?)
    /// A video's settings that do not fit together, to its format or to this ffmpeg.
    case unusableVideo(String, hint: String)
    /// One output was asked for twice.
    case outputTwice(String)
    /// No encoding of the video is as small as it has to be.
    case tooLarge(String, size: ByteCount, most: ByteCount)
    /// No font was found to write with.
    case fontMissing
    /// A sheet that cannot be made, or is larger than a JPEG can be.
    case unusableSheet(String)
    /// Nothing matches the query.
    case noFrames
    /// Frames match, and all of them are left out.
    case allLeftOut(LeftOutFrames)
    /// Frames match, and the picture of none of them can be read.
    case nothingReadable(Int)
    /// There is no ffmpeg along the search path.
    case ffmpegMissing
    case ffmpegTooOld(version: String, needed: String)
    /// This build of ffmpeg lacks an encoder or filter that is needed.
    case ffmpegLacksEncoder(String)
    /// ffmpeg ended early or badly; with the last lines it wrote.
    case ffmpegFailed(status: String, lastLines: [String])
    /// ffmpeg took no frame and wrote no byte for this long, and was ended; with the last lines it wrote.
    case ffmpegStalled(Duration, lastLines: [String])
    /// It was asked what it is or can, and said nothing.
    case ffmpegSilent(Duration, question: String)
    /// The output has more bytes, as far as that is known before it is written, than there is room.
    case noRoom(String, needed: ByteCount, free: ByteCount)
    case diskFull(String)
    /// Whoever read standard output ended before the export did.
    case readerGone
    /// A system call failed.
    case fileSystem(String, path: String, reason: String)
    /// The archive could not be read.
    case archive(description: String, hint: String)
    /// The task was cancelled.
    case interrupted

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .unsupportedEnding: "unsupported_ending"
        case .unusableOutput: "unusable_output"
        case .outputExists: "output_exists"
        case .notReplaced: "not_replaced"
        case .noSuchFolder: "no_such_folder"
        case .unusablePace: "unusable_pace"
        case .unusableSelection: "unusable_selection"
        case .unusableName: "unusable_name"
        case .notForOutput: "not_for_format"
        case .notStreamed: "not_streamed"
        case .unusableVideo: "unusable_video"
        case .outputTwice: "output_twice"
        case .tooLarge: "too_large"
        case .fontMissing: "font_missing"
        case .unusableSheet: "unusable_sheet"
        case .noFrames: "no_frames"
        case .allLeftOut: "all_left_out"
        case .nothingReadable: "nothing_readable"
        case .ffmpegMissing: "ffmpeg_missing"
        case .ffmpegTooOld: "ffmpeg_too_old"
        case .ffmpegLacksEncoder: "ffmpeg_lacks_encoder"
        case .ffmpegFailed: "ffmpeg_failed"
        case .ffmpegStalled: "ffmpeg_stalled"
        case .ffmpegSilent: "ffmpeg_silent"
        case .noRoom: "no_room"
        case .diskFull: "disk_full"
        case .readerGone: "reader_gone"
        case .fileSystem: "file_system"
        case .archive: "archive"
        case .interrupted: "interrupted"
        }
    }

    package var description: String {
        switch self {
        case .unsupportedEnding(let ending): "there is no export to “\(ending.printable)”"
        case .unusableOutput(let output, let reason): "“\(output.printable)” cannot be exported to: \(reason)"
        case .outputExists(let output): "“\(output.printable)” exists already"
        case .notReplaced(let output, let reason): "“\(output.printable)” is not replaced: \(reason)"
        case .noSuchFolder(let folder): "there is no folder “\(folder.printable)”"
        case .unusablePace(let reason), .unusableSelection(let reason), .unusableSheet(let reason): reason
        case .unusableName(let template, let reason): "“\(template.printable)” cannot name pictures: \(reason)"
        case .unusableVideo(let reason, _): reason
        case .outputTwice(let output): "“\(output.printable)” is asked for twice"
        case .tooLarge(let output, let size, let most):
            "“\(output.printable)” would have \(size), and is to have \(most) at most"
        case .fontMissing: "texts need a font, and none is installed"
        case .notForOutput(let option, let kinds):
            "“\(option.rawValue)” does nothing for \(kinds.map(\.phrase).joined(separator: " or "))"
        case .notStreamed(nil): "standard output has no ending that chooses a format"
        case .notStreamed(let format?): "\(format.phrase) cannot be written to standard output"
        case .noFrames: "no frames match, so there is nothing to export"
        case .allLeftOut(let leftOut):
            "every one of the \(leftOut.count) matching frames is left out: \(leftOut.phrase)"
        case .nothingReadable(let count): "none of the \(count) matching frames has a readable picture"
        case .ffmpegMissing: "videos need the program ffmpeg, and it is not installed"
        case .ffmpegTooOld(let version, let needed):
            "ffmpeg \(version.printable) is too old: \(needed) or newer is needed"
        case .ffmpegLacksEncoder(let encoder): "this ffmpeg was built without \(encoder)"
        case .ffmpegFailed(let status, let lines): "ffmpeg \(status)" + Self.quotation(of: lines)
        case .ffmpegStalled(let duration, let lines):
            "ffmpeg did nothing for \(duration.shortText) and was ended" + Self.quotation(of: lines)
        case .ffmpegSilent(let duration, let question):
            "“ffmpeg \(question)” said nothing for \(duration.shortText) and was ended"
        case .noRoom(let path, let needed, let free):
            "“\(path.printable)” takes \(needed) at least, and there is room for \(free)"
        case .readerGone: "standard output was closed before the export was whole"
        case .diskFull(let path): "the disk is full: no room for “\(path.printable)”"
        case .fileSystem(let call, let path, let reason): "cannot \(call) “\(path.printable)”: \(reason)"
        case .archive(let description, _): description
        case .interrupted: "the export was interrupted; nothing of it is left"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .unsupportedEnding: "Supported endings: \(ExportFormat.supported)."
        case .unusableOutput: "Name a file or a new folder, such as lapse.mp4 or frames/."
        case .outputExists: "Choose another name, or have it replaced."
        case .notReplaced: "Choose another name, or move it away first."
        case .noSuchFolder: "Make the folder first, or export to another place."
        case .unusableSheet: "Use fewer frames, or another number of columns."
        case .unusablePace: "Use 1 to 120 frames a second, a length such as 30s, or a speed such as 60."
        case .unusableSelection: "Take every second frame, say, or 500 of them."
        case .unusableName:
            "Fields: {camera}, {n:06}, {id}, {utc:%Y%m%dT%H%M%SZ}, {local:%H%M%S}, {print}, {sha256:8}."
        case .unusableVideo(_, let hint): hint
        case .outputTwice: "Give every output a name of its own."
        case .tooLarge:
            "Use fewer frames, a smaller picture such as 480p, or let it have more bytes."
        case .fontMissing: "Install one with “apt install fonts-dejavu-core”."
        case .notForOutput(let option, _):
            "Leave it out: it is for \(option.outputs)."
        case .notStreamed: "Say that it is to be a tar or a ZIP, or name a file."
        case .noFrames: "See what there is with “printlapse frames”, and ask for more of it."
        case .allLeftOut:
            "Leave out fewer, or take suspect ones in, or excluded ones by “printlapse exclude --undo”."
        case .nothingReadable:
            "Run “printlapse verify” to see what is damaged; another machine's pictures are to be had once it has offloaded and published them."
        case .ffmpegMissing, .ffmpegTooOld:
            "Install it with “apt install ffmpeg”, or export to a folder, which needs no ffmpeg."
        case .ffmpegLacksEncoder:
            "Install a build of ffmpeg that has it (Debian's and Ubuntu's have), or use another format or codec."
        case .ffmpegFailed: "If its last lines do not help, run “printlapse doctor”, or export to a folder."
        case .ffmpegStalled: "Try again, on a slow machine with fewer frames."
        case .ffmpegSilent:
            "Run it by hand (“type -a ffmpeg” says which one it is): it should answer at once. Mend or replace it, and try again."
        case .readerGone: "Let the program that reads it read to its end."
        case .noRoom, .diskFull: "Make room, or export to another disk, and run the same command again."
        case .fileSystem: "Check that the folder can be written to, and run the same command again."
        case .archive(_, let hint): hint
        case .interrupted: "Run the same command again."
        }
    }

    private static func quotation(of lines: [String]) -> String {
        lines.isEmpty ? "; it gave no reason" : ":\n" + lines.map { "    " + $0 }.joined(separator: "\n")
    }
}
