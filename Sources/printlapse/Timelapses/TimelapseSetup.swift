import ArgumentParser
import Catalog
import Export
import FoundationEssentials
import Settings
import Timelapses
import Vocabulary

/// A rule whose options an export takes.
struct TimelapseSetup: Hashable, Sendable {
    let rule: TimelapseRule
    /// The options, as a command line has them.
    let words: [String]
    /// Whether a picture goes with each video.
    let hasPoster: Bool

    /// - Throws: ``ConfigurationError`` with the place of what an export would refuse.
    init(_ timelapse: JobConfiguration.Timelapse, file: String) throws(ConfigurationError) {
        rule = timelapse.rule
        do throws(ExportWords.Problem) {
            words = try ExportWords.words(for: rule.options)
        } catch {
            throw ConfigurationError(
                file: file, place: timelapse.optionPlaces[error.option] ?? timelapse.place, problem: error.description,
                hint: error.hint)
        }
        let outputs = Self.sampleNames(of: rule)
        let request: ExportRequest
        do {
            request = try ExportArguments.parse(words).request(for: FrameQuery(), output: outputs[0])
            try request.checkOptions(for: outputs)
        } catch {
            let (problem, hint) = Self.explained(error)
            // The parser names options as a command line has them, an export as it is.
            let named = rule.options.map(\.name).first { problem.contains("--" + $0) || problem.contains("“\($0)”") }
            throw ConfigurationError(
                file: file, place: named.flatMap { timelapse.optionPlaces[$0] } ?? timelapse.place,
                problem: problem.split(separator: "\n").first.map(String.init) ?? problem, hint: hint)
        }
        hasPoster = request.video.hasPoster
        guard let twice = repeated(among: outputs) else { return }
        throw ConfigurationError(
            file: file, place: timelapse.filePlace ?? timelapse.place,
            problem: "two of its files would be one, such as “\(twice)”",
            hint: "Leave one out of “file”, or add what tells them apart.")
    }

    /// The picture that goes with a video.
    func poster(beside path: String) -> String? { hasPoster ? ExportFormat.posterPath(beside: path) : nil }

    /// What two of its files would be called alike. Videos share a poster.
    private func repeated(among outputs: [String]) -> String? {
        let posters = Set(outputs.compactMap(poster))
        var names: Set<String> = []
        return outputs.first { !names.insert($0).inserted || posters.contains($0) }
    }

    /// What files may be called, by an instant and a print of which every part is written in another way.
    private static func sampleNames(of rule: TimelapseRule) -> [String] {
        let since = Timestamp(milliseconds: 1_795_442_736_000)
        let ahead = TimeZone(secondsFromGMT: 3600) ?? rule.timeZone
        return rule.names.map {
            $0.name(rule: rule.name, camera: .any, since: since, print: (number: 7, name: "part"), in: ahead)
        }
    }

    private init(_ rule: TimelapseRule, words: [String]) { (self.rule, self.words, hasPoster) = (rule, words, false) }

    /// The same, as large as that at most.
    func fitting(into size: ByteCount) -> TimelapseSetup {
        let others = ["--max-size", "--crf", "--quality", "--lossless", "--poster"]
        let kept = words.filter { word in !others.contains { word == $0 || word.hasPrefix($0 + "=") } }
        return TimelapseSetup(rule, words: kept + ["--max-size=\(size.bytes)"])
    }

    static func all(_ configuration: JobConfiguration, file: String) throws(ConfigurationError) -> [TimelapseSetup] {
        var setups: [TimelapseSetup] = []
        for timelapse in configuration.timelapses { setups.append(try TimelapseSetup(timelapse, file: file)) }
        return setups
    }

    private static func explained(_ error: any Error) -> (problem: String, hint: String) {
        if let error = error as? any ExplainedError { return (error.description, error.hint) }
        return (ExportArguments.message(for: error), "“printlapse help export” says what its options take.")
    }
}

extension CameraName {
    /// For a name that is made to see whether it can be.
    fileprivate static let any: CameraName = {
        do { return try CameraName("camera") } catch { preconditionFailure("\(error)") }
    }()
}
