import ArgumentParser
import Catalog
import Export
import Gallery
import Vocabulary

/// Makes timelapses as the command `export` does: what a visitor chose becomes the very command line that would do it, which is
/// read and run here, and shown to be copied.
struct TimelapseMaker: Sendable {
    let catalog: Catalog
    let archive: ArchiveOptions

    func plan(_ options: TimelapseOptions, sizing: SizeEstimation) async throws -> TimelapsePlan {
        let name = try await name(of: options)
        let request = try await request(options, output: name + "." + options.ending)
        let plan = try await Self.explained { try await Exporter(catalog: catalog).plan(request, sizing: sizing) }
        return TimelapsePlan(
            plan: PlannedOutput(plan), last: plan.last.frame, command: command(options, name: name))
    }

    func make(
        _ options: TimelapseOptions, at path: String, progress: @escaping ExportProgressReport
    ) async throws -> ExportResult {
        let request = try await request(options, output: path)
        return try await Self.explained { try await Exporter(catalog: catalog).export(request, progress: progress) }
    }

    /// What the file is called, without its ending: what is on it, and when that was.
    func name(of options: TimelapseOptions) async throws -> String {
        var words: [String] = []
        if let number = options.print {
            guard let print = try await catalog.print(number) else { throw GalleryFailure.noSuchPrint(number) }
            words = [print.name ?? "print \(number)", print.startedAt.localDay]
        } else if let camera = options.camera {
            guard try await catalog.cameraNames().contains(camera) else {
                throw GalleryFailure.noSuchCamera(camera.text)
            }
            words = [camera.text] + [options.since?.localDay].compactMap(\.self)
        }
        return PortableName(readable: words.joined(separator: " ")).text
    }

    private func request(_ options: TimelapseOptions, output: String) async throws -> ExportRequest {
        let command: ExportCommand
        do {
            command = try await ExportCommand.asyncParse([output] + options.words + ["--archive", archive.path])
        } catch {
            throw GalleryFailure.refused(detail: ExportCommand.message(for: error).asSentence, hint: nil)
        }
        return try await Self.explained { try await command.request(of: catalog) }
    }

    private func command(_ options: TimelapseOptions, name: String) -> String {
        let words = ["printlapse", "export", name + "." + options.ending] + options.words
        let isStandard = archive.path == ArchiveOptions.standardPath
        return (words + (isStandard ? [] : ["--archive", archive.path])).map(\.shellQuoted).joined(separator: " ")
    }

    /// What goes wrong in the command's own words.
    private static func explained<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as CancellationError {
            throw error
        } catch ExportError.interrupted {
            throw CancellationError()
        } catch let error as any ExplainedError {
            throw GalleryFailure.refused(detail: error.description.asSentence, hint: error.hint.asSentence)
        } catch let error as ValidationError {
            throw GalleryFailure.refused(detail: error.message.asSentence, hint: nil)
        }
    }
}

/// As `export --plan --json` says it, and the command.
struct TimelapsePlan: Encodable, Sendable {
    let plan: PlannedOutput
    /// The last frame that goes in.
    let last: FrameID
    let command: String

    private enum Keys: String, CodingKey { case command }

    func encode(to encoder: any Encoder) throws {
        try plan.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(command, forKey: .command)
    }
}

extension Timestamp {
    /// `2026-11-23`, local.
    fileprivate var localDay: String { String((self + localOffset).description.prefix(10)) }
}

extension TimelapseOptions {
    var ending: String { format?.rawValue ?? (preset == .loop ? "webp" : "mp4") }

    /// As `export` takes them.
    fileprivate var words: [String] {
        func option(_ name: String, _ value: String?) -> [String] { value.map { ["--" + name, $0] } ?? [] }
        func flag(_ name: String, _ isSet: Bool?) -> [String] { isSet == true ? ["--" + name] : [] }
        func seconds(_ value: Double?) -> String? { value.map { "\($0.plain)s" } }
        return [
            option("camera", camera?.text), option("print", print.map { "\($0)" }),
            option("since", since?.description), option("until", until?.description), option("for", preset?.rawValue),
            option("duration", seconds(duration)), option("fps", framesPerSecond.map(\.plain)),
            option("real-time", realTime.map { $0.plain + "x" }), option("squeeze", seconds(squeeze)),
            option("hold-first", seconds(holdFirst)), option("hold-last", seconds(holdLast)), flag("steady", steady),
            flag("deflicker", deflicker), flag("clock", clock), flag("progress", progress),
            option("title", title.flatMap { $0.isEmpty ? nil : $0 }),
        ].flatMap(\.self)
    }
}

extension Double {
    /// `3` or `2.5`
    fileprivate var plain: String {
        let text = formatted(places: 3)
        guard text.contains(".") else { return text }
        let short = text.reversed().drop { $0 == "0" }
        return String((short.first == "." ? short.dropFirst() : short[...]).reversed())
    }
}
