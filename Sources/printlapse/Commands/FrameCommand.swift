import Archive
import ArgumentParser
import Catalog
import FoundationEssentials
import NIOCore
import Vocabulary

struct FrameCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frame",
        abstract: "Show one frame's record, or write its JPEG.",
        usage: "printlapse frame <id> [-o <file|->] [<options>]",
        discussion: """
            Examples:
              printlapse frame 12
              printlapse frame 12 -o first-layer.jpg
              printlapse frame 12 -o - | feh -
            """)

    @Argument(help: "The frame's number, as “frames” lists it.", transform: Word.frame)
    var id: FrameID

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write the JPEG here, or - for standard output.", valueName: "file|-"))
    var output: String?

    @Flag(help: "Overwrite an existing file.")
    var force = false

    @Flag(help: "Print the record as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path, reading: common.archive.packs)
        guard let frame = try await catalog.frame(id) else {
            throw CommandError(
                "there is no frame \(id) in \(common.archive.path)", hint: "“printlapse frames” lists them.",
                label: "no_frame",
                status: .wrong)
        }
        if let output {
            let picture = try await catalog.picture(of: frame)
            let bytes = Array(picture.readableBytesView)
            if output == "-" {
                try StandardOutput.write(bytes: bytes)
            } else {
                try write(bytes, to: output)
            }
        }
        let compacted = try await catalog.compactedPicture(of: frame.sha256)
        let place = try await catalog.whereabouts(of: frame)
        if json { return try JSONOutput.print(FrameRecord(frame: frame, compacted: compacted, place: place)) }
        guard output == nil else { return }
        for (name, value) in frame.lines(compacted, place) { try StandardOutput.line(name.padding(to: 11) + value) }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do {
            var options = Data.WritingOptions.atomic
            if !force { options = .withoutOverwriting }
            try Data(bytes).write(to: URL(filePath: path), options: options)
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw CommandError(
                "\(path.printable) \(exists && !force ? "exists" : "cannot be written")",
                hint: exists && !force
                    ? "Choose another name, or add --force." : "Check the folder and its permissions.",
                label: "output", status: .wrong)
        }
    }
}

/// A frame as JSON, with what is stored of its picture.
private struct FrameRecord: KeyedRecord {
    let frame: ArchivedFrame
    let compacted: CompactedPicture?
    let place: PictureWhereabouts?

    private var pack: (name: String, store: String)? {
        if case .pack(let name, let store) = place { (name, store) } else { nil }
    }
    private var machine: String? { if case .machine(let name) = place { name } else { nil } }

    static let fields: [Field<Self>] =
        ArchivedFrame.fields.map { $0.of(\.frame) } + [
            Field("stored_bytes", \.compacted?.bytes), Field("stored_sha256", \.compacted?.sha256),
            Field("store", \.pack?.store), Field("pack", \.pack?.name), Field("machine", \.machine),
        ]
}

extension ArchivedFrame {
    /// What a person is shown: a name and a value each.
    fileprivate func lines(_ compacted: CompactedPicture?, _ place: PictureWhereabouts?) -> [(String, String)] {
        var lines = [
            ("frame", "\(id)"), ("camera", camera.text), ("captured", capturedAt.localText),
            ("last seen", "\(lastSeenAt.localText), \(seen.counted("time"))"), ("picture", "\(size), \(bytes)"),
            ("print", print.map(String.init) ?? "–"),
            ("source", [source.rawValue, variant?.rawValue].compactMap(\.self).joined(separator: ", ")),
            ("sha256", "\(sha256)"), ("hash", "\(perceptualHash)"),
        ]
        if let takenAt { lines.append(("taken", takenAt.localText)) }
        if let printerState {
            let done = progress.map { ", \(Int($0 * 100)) % done" } ?? ""
            lines.append(("printer", printerState.rawValue + done))
        }
        if let prediction { lines.append(("failing", "\(Int(prediction * 100)) % by the server's detection")) }
        if let brightness { lines.append(("brightness", "\(brightness) of 255")) }
        if let sharpness { lines.append(("sharpness", "\(sharpness) of 255")) }
        if let change, let changedPercent {
            lines.append(("changed", "\(changedPercent) % of the picture, by \(change) of 510 at most"))
        }
        if let compacted {
            lines.append(("compacted", "to \(compacted.bytes), sha256 \(compacted.sha256)"))
        }
        switch place {
        case .pack(let name, let store):
            lines += [("pack", name.printablePath), ("store", store.printablePath)]
        case .machine(let name): lines.append(("lies at", "“\(name.printable)”, which has not offloaded it yet"))
        case nil: break
        }
        let marks = [(excluded, "left out of exports"), (pinned, "kept from being pruned")].filter(\.0).map(\.1)
        if !marks.isEmpty { lines.append(("marks", marks.joined(separator: ", "))) }
        if let note { lines.append(("note", note)) }
        if let damagedAt { lines.append(("damaged", "found \(damagedAt.localText); exports leave it out")) }
        if let suspicion {
            let exports = suspicion.kind.isDoubtful ? "exports leave it out" : "exports take it"
            lines.append(("suspect", "\(suspicion.kind.rawValue), \(suspicion.place); \(exports)"))
        }
        return lines
    }
}

extension String {
    /// This text with blanks behind it up to `width`.
    func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - columns))
    }
}
