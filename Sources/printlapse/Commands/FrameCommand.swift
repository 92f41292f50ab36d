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

    @OptionGroup(title: "Common") var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
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
        if json { return try JSONOutput.print(frame) }
        guard output == nil else { return }
        for (name, value) in [
            ("frame", "\(frame.id)"), ("camera", frame.camera.text), ("captured", frame.capturedAt.localText),
            ("last seen", "\(frame.lastSeenAt.localText), \(frame.seen.counted("time"))"),
            ("picture", "\(frame.size), \(frame.bytes)"), ("print", frame.print.map(String.init) ?? "–"),
            ("source", [frame.source.rawValue, frame.variant?.rawValue].compactMap(\.self).joined(separator: ", ")),
            ("sha256", "\(frame.sha256)"), ("hash", "\(frame.perceptualHash)"),
        ] {
            try StandardOutput.line(name.padding(to: 10) + value)
        }
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

extension String {
    /// This text with blanks behind it up to `width`.
    func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
