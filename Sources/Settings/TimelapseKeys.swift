import Foundation
import Timelapses
import Vocabulary
import Yams

/// The settings of timelapses that make themselves. What is none of them is an option of an export, under its own name: whether
/// there is such a one is for those to say who export.
struct TimelapseKeys {
    private let reader: YAMLReader
    private let cameras: Set<CameraName>

    private static let what = "a timelapse"

    /// - Parameter cameras: those of the configuration.
    init(_ reader: YAMLReader, cameras: Set<CameraName>) { (self.reader, self.cameras) = (reader, cameras) }

    /// One, or a list of them.
    func timelapses(_ node: Node) throws(ConfigurationError) -> [JobConfiguration.Timelapse] {
        var timelapses: [JobConfiguration.Timelapse] = []
        for node in reader.nodes(node) {
            let timelapse = try timelapse(node)
            guard !timelapses.contains(where: { $0.rule.name == timelapse.rule.name }) else {
                throw reader.problem(
                    "two timelapses are called “\(timelapse.rule.name.printable)”", at: node,
                    hint: "Give each its own name, as “rule: evenings”: by that it is known later.")
            }
            timelapses.append(timelapse)
        }
        return timelapses
    }

    private func timelapse(_ node: Node) throws(ConfigurationError) -> JobConfiguration.Timelapse {
        var (keys, options): ([String: Node], [(name: String, key: Node, value: Node)]) = ([:], [])
        for pair in try reader.pairs(node, of: Self.what) {
            // “every: 5” is every fifth frame, “every: day” is when.
            let isOption = pair.name == "every" && pair.value.scalar.flatMap { Int($0.string) } != nil
            if !isOption, Self.names.contains(pair.name) {
                keys[pair.name] = pair.value
            } else {
                options.append((pair.name.replacing("_", with: "-"), pair.key, pair.value))
            }
        }
        let occasion = try occasion(keys, of: node)
        guard let into = keys["into"] else {
            throw reader.problem(
                "it is not said where timelapses go", at: node, hint: "Add “into: ~/Timelapses”, or another folder.")
        }
        var rule = TimelapseRule(
            name: try keys["rule"].map(name) ?? occasion.name, occasion: occasion,
            folder: reader.folder(try reader.scalar(into)))
        if let zone = keys["time_zone"] { rule.timeZone = try timeZone(zone) }
        if let files = keys["file"] { rule.names = try names(of: files, for: occasion) }
        try choose(keys, for: &rule)
        if let keep = keys["keep"] { rule.keeping = try keeping(keep) }
        var timelapse = JobConfiguration.Timelapse(rule: rule, place: reader.place(of: node))
        timelapse.filePlace = keys["file"].flatMap(reader.place)
        for (name, key, value) in options {
            timelapse.rule.options.append(ExportSetting(name: name, value: try reader.scalar(value)))
            timelapse.optionPlaces[name] = reader.place(of: key)
        }
        return timelapse
    }

    /// The keys that are no options of an export.
    static let names = [
        "rule", "after", "wait", "every", "at", "time_zone", "rolling", "renew", "cameras", "prints", "least_frames",
        "least_length", "failed", "into", "file", "keep",
    ]

    /// It stands on command lines and in files' names, as a camera's does.
    private func name(_ node: Node) throws(ConfigurationError) -> String {
        let text = try reader.scalar(node)
        do throws(VocabularyError) { return try CameraName(text).text } catch {
            guard case .cameraName(_, let reason) = error else { return text }
            throw reader.problem(
                "“\(text.printable)” cannot name a rule: \(reason)", at: node, hint: "Write a word, as “evenings”.")
        }
    }

    // MARK: - When

    private func occasion(_ keys: [String: Node], of node: Node) throws(ConfigurationError) -> TimelapseOccasion {
        let occasions = ["after", "every", "rolling"]
        let given = occasions.filter { keys[$0] != nil }
        guard given.count == 1, let word = given.first, let value = keys[word] else {
            let problem =
                given.isEmpty ? "it is not said when" : "\(given.joined(separator: " and ")) contradict each other"
            throw reader.problem(
                problem, at: given.dropFirst().first.flatMap { keys[$0] } ?? node,
                hint: "Write one of “after: print”, “every: day” (week, month, year) and “rolling: 24h”.")
        }
        let fitting = ["after": ["wait", "prints", "least_length", "failed"], "every": ["at"], "rolling": ["renew"]]
        for (other, names) in fitting where other != word {
            for name in names {
                guard let node = keys[name] else { continue }
                throw reader.problem(
                    "“\(name)” goes with “\(other)”, and here it is “\(word)”", at: node, hint: "Leave it out.")
            }
        }
        switch word {
        case "after":
            _ = try reader.choice(value, of: [("print", ())])
            return .afterPrint(patience: try keys["wait"].map(reader.duration) ?? TimelapseOccasion.standardPatience)
        case "every":
            let period = try reader.choice(value, of: CalendarPeriod.allCases.map { ($0.rawValue, $0) })
            let time = try keys["at"].map { node throws(ConfigurationError) in
                try reader.value(node) { text throws(TimelapseRuleError) in try TimeOfDay(parsing: text) }
            }
            return .every(period, at: time ?? .midnight)
        default:
            let renewal = try keys["renew"].map { node throws(ConfigurationError) in try atLeastAMinute(node) }
            return .rolling(try atLeastAMinute(value), renewed: renewal ?? TimelapseOccasion.standardRenewal)
        }
    }

    private func atLeastAMinute(_ node: Node) throws(ConfigurationError) -> Duration {
        let duration = try reader.duration(node)
        guard duration >= .seconds(60) else {
            throw reader.problem("it is less than a minute", at: node, hint: "Write 1m or more, as 24h.")
        }
        return duration
    }

    private func timeZone(_ node: Node) throws(ConfigurationError) -> TimeZone {
        let text = try reader.scalar(node)
        guard let zone = TimeZone(identifier: text) else {
            throw reader.problem(
                "“\(text.printable)” is no time zone", at: node, hint: "Write one as “Europe/Berlin” or “UTC”.")
        }
        return zone
    }

    // MARK: - Of what

    private func choose(_ keys: [String: Node], for rule: inout TimelapseRule) throws(ConfigurationError) {
        for node in keys["cameras"].map(reader.nodes) ?? [] {
            let camera = try reader.value(node) { text throws(VocabularyError) in try CameraName(text) }
            guard cameras.contains(camera) else {
                throw reader.problem(
                    "there is no camera “\(camera)” here", at: node,
                    hint: "The cameras are \(cameras.map(\.text).sorted().joined(separator: ", ")).")
            }
            rule.cameras.insert(camera)
        }
        rule.prints.names = try keys["prints"].map(reader.texts)?.map(NamePattern.init) ?? []
        if let node = keys["least_length"] { rule.prints.leastLength = try reader.duration(node) }
        if let node = keys["failed"] { rule.prints.takesFailed = try reader.truth(node) }
        if let node = keys["least_frames"] { rule.leastFrames = try count(node) }
    }

    private func count(_ node: Node) throws(ConfigurationError) -> Int {
        let text = try reader.scalar(node)
        guard let count = Int(text), (1...1_000_000).contains(count) else {
            throw reader.problem("“\(text.printable)” is no number from 1 on", at: node, hint: "Write one, as 30.")
        }
        return count
    }

    // MARK: - Where, and what then

    private func names(of node: Node, for occasion: TimelapseOccasion) throws(ConfigurationError) -> [TimelapseName] {
        var names: [TimelapseName] = []
        for node in reader.nodes(node) {
            let name = try reader.value(node) { text throws(TimelapseRuleError) in try TimelapseName(text) }
            guard !name.mixes(occasion) else {
                throw reader.problem(
                    "“\(name.text.printable)” calls them all the same", at: node,
                    hint: "Add what tells them apart: {local:%Y-%m-%d %H%M}, or {number} of a print.")
            }
            guard !names.contains(name) else {
                throw reader.problem("“\(name.text.printable)” stands here twice", at: node, hint: "Leave one out.")
            }
            names.append(name)
        }
        return names
    }

    /// A number of the newest, or more of it as a mapping.
    private func keeping(_ node: Node) throws(ConfigurationError) -> TimelapseKeeping {
        guard node.mapping != nil else { return TimelapseKeeping(count: try count(node)) }
        let keys = try reader.mapping(node, allowed: ["newest", "max_age", "max_size"], of: "what is kept")
        return TimelapseKeeping(
            count: try keys["newest"].map(count), age: try keys["max_age"].map(reader.duration),
            size: try keys["max_size"].map(reader.size))
    }
}
