import ArgumentParser
import Catalog
import Export
import Foundation
import Timelapses
import Vocabulary

/// What was made.
struct RenderedTimelapse: Sendable {
    var files: [ArchivedTimelapse.File]
    var poster: String?
    var frames: Int
    var length: Duration?
}

/// Why one was not made.
enum TimelapseFailure: Error {
    /// It may be another time.
    case failed(reason: String, hint: String?)
    /// There is nothing that it could be made of.
    case nothing(reason: String)
    case interrupted
}

/// Makes a timelapse as the command `export` does.
struct TimelapseRenderer: Sendable {
    let catalog: Catalog

    /// - Parameter replaces: whether what stands under the names is of an attempt before.
    func render(
        _ timelapse: ArchivedTimelapse, by setup: TimelapseSetup, to paths: [String], replaces: Bool
    ) async throws(TimelapseFailure) -> RenderedTimelapse {
        do {
            try FileManager.default.createDirectory(atPath: setup.rule.folder, withIntermediateDirectories: true)
        } catch {
            throw .failed(
                reason: "the folder \(setup.rule.folder) cannot be made: \(error.localizedDescription)",
                hint: "Make it, or name another one by “into”.")
        }
        do {
            var request = try ExportArguments.parse(setup.words).request(for: query(timelapse), output: paths[0])
            request.force = replaces
            let results = try await Exporter(catalog: catalog).export(request, to: paths)
            return RenderedTimelapse(
                files: results.map { ArchivedTimelapse.File(path: $0.output, bytes: $0.bytes.bytes) },
                poster: results.compactMap(\.poster).first, frames: results.first?.frames ?? 0,
                length: results.compactMap { $0.video?.duration }.first)
        } catch {
            throw TimelapseFailure(error)
        }
    }

    private func query(_ timelapse: ArchivedTimelapse) -> FrameQuery {
        var query = FrameQuery()
        query.camera = timelapse.camera
        if let print = timelapse.print {
            query.print = print
        } else {
            (query.since, query.until) = (timelapse.since, timelapse.until)
        }
        return query
    }
}

extension TimelapseFailure {
    fileprivate init(_ error: any Error) {
        switch error {
        case is CancellationError, ExportError.interrupted: self = .interrupted
        case let error as ExportError:
            switch error {
            case .noFrames, .allLeftOut, .nothingReadable: self = .nothing(reason: error.description)
            default: self = .failed(reason: error.description, hint: error.hint)
            }
        case let error as any ExplainedError: self = .failed(reason: error.description, hint: error.hint)
        default: self = .failed(reason: ExportArguments.message(for: error), hint: nil)
        }
    }
}
