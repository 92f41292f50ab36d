import ArgumentParser
import Catalog
import Export
import Settings
import Timelapses
import Vocabulary

/// A rule whose options an export takes.
struct TimelapseSetup: Hashable, Sendable {
    let rule: TimelapseRule
    /// The options, as a command line has them.
    let words: [String]

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
        let since = Timestamp(milliseconds: 0)
        let outputs = rule.names.map {
            $0.name(rule: rule.name, camera: .any, since: since, print: (number: 1, name: nil), in: rule.timeZone)
        }
        do {
            try ExportArguments.parse(words).request(for: FrameQuery(), output: outputs[0]).checkOptions(for: outputs)
        } catch {
            let (problem, hint) = Self.explained(error)
            // The parser names options as a command line has them.
            let named = rule.options.map(\.name).first { problem.contains("--" + $0) }
            throw ConfigurationError(
                file: file, place: named.flatMap { timelapse.optionPlaces[$0] } ?? timelapse.place,
                problem: problem.split(separator: "\n").first.map(String.init) ?? problem, hint: hint)
        }
    }

    private init(_ rule: TimelapseRule, words: [String]) { (self.rule, self.words) = (rule, words) }

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
