import Budget
import Deduplication
import FoundationEssentials
import Vocabulary
import Yams

/// Reads a configuration file: YAML with `interval`, `cap_stop`, `near_duplicates`, `longest_gap`, and a list of `cameras`.
public struct ConfigurationFile {
    private let file: String

    /// Reads the file at `path`.
    ///
    /// - Throws: ``ConfigurationError`` with line and column: unreadable, not YAML, a key that does not exist, or a value that
    ///   does not fit.
    public static func read(at path: String) throws(ConfigurationError) -> JobConfiguration {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw ConfigurationError(
                file: path, place: nil, problem: "the configuration cannot be read",
                hint: "Check the path and its permissions; Samples/config.yaml is a configuration to start from.")
        }
        return try parse(String(decoding: data, as: UTF8.self), file: path)
    }

    /// Reads configuration text; `file` is named in errors, and its folder is what relative paths are relative to.
    public static func parse(_ text: String, file: String) throws(ConfigurationError) -> JobConfiguration {
        let reader = ConfigurationFile(file: file)
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw reader.notYAML(error)
        }
        guard let root else {
            throw reader.problem("the file is empty", at: nil, hint: "Name a camera; see Samples/config.yaml.")
        }
        return try reader.configuration(root)
    }

    // MARK: Parts of the file

    private func configuration(_ root: Node) throws(ConfigurationError) -> JobConfiguration {
        let keys = try mapping(root, allowed: Self.commonKeys + ["cameras"], of: "the configuration")
        let common = try settings(keys, over: Settings())
        guard let list = keys["cameras"], let nodes = list.sequence, !nodes.isEmpty else {
            throw problem(
                "“cameras” is missing or not a list", at: keys["cameras"] ?? root,
                hint: "Write “cameras:” and under it “- name: printer” with its source.")
        }

        var configuration = JobConfiguration()
        for node in nodes {
            let camera = try camera(node, common)
            guard !configuration.cameras.contains(where: { $0.name == camera.name }) else {
                throw problem("two cameras are called “\(camera.name)”", at: node, hint: "Give each its own name.")
            }
            configuration.cameras.append(camera)
        }
        return configuration
    }

    private func camera(_ node: Node, _ common: Settings) throws(ConfigurationError) -> JobConfiguration.Camera {
        let keys = try mapping(node, allowed: ["name"] + Self.sourceKeys + Self.commonKeys, of: "a camera")
        guard let nameNode = keys["name"] else {
            throw problem("a camera has no “name”", at: node, hint: "Add “name: printer”.")
        }
        let name = try value(nameNode) { text throws(VocabularyError) in try CameraName(text) }
        let settings = try settings(keys, over: common)

        let sources = Self.sourceKeys.compactMap { key in keys[key].map { (key, $0) } }
        guard sources.count <= 1 else {
            throw problem(
                "camera “\(name)” has more than one source", at: node,
                hint: "Give it one of \(Self.sourceKeys.joined(separator: ", ")), or none for its authorized tunnel.")
        }
        var source = JobConfiguration.Source.authorized
        if let (key, node) = sources.first { source = try self.source(key, node) }
        return JobConfiguration.Camera(
            name: name, source: source, interval: settings.interval, capStop: settings.capStop,
            nearDuplicates: settings.dropsNearDuplicates ? .drop(longestGap: settings.longestGap) : .keep)
    }

    private func source(_ key: String, _ node: Node) throws(ConfigurationError) -> JobConfiguration.Source {
        let text = try scalar(node)
        return switch key {
        case "endpoint_file": .endpointFile(besideFile(text))
        case "endpoint_variable": .endpointVariable(text)
        default: .url(text)
        }
    }

    private static let sourceKeys = ["endpoint_file", "endpoint_variable", "url"]
    private static let commonKeys = ["interval", "cap_stop", "near_duplicates", "longest_gap"]

    private struct Settings {
        var interval = CameraSetup.standardInterval
        var capStop = CapStop.standard
        var dropsNearDuplicates = false
        var longestGap = NearDuplicates.standardLongestGap
    }

    private func settings(_ keys: [String: Node], over common: Settings) throws(ConfigurationError) -> Settings {
        var settings = common
        if let node = keys["interval"] {
            settings.interval = try value(node) { text throws(VocabularyError) in try Duration(parsing: text) }
            guard settings.interval >= .milliseconds(10) else {
                throw problem("the interval is too short", at: node, hint: "Use 10ms or more; 10s is the standard.")
            }
        }
        if let node = keys["cap_stop"] {
            settings.capStop = try value(node) { text throws(BudgetError) in try CapStop(parsing: text) }
        }
        if let node = keys["longest_gap"] {
            settings.longestGap = try value(node) { text throws(VocabularyError) in try Duration(parsing: text) }
        }
        if let node = keys["near_duplicates"] {
            let text = try scalar(node)
            guard text == "keep" || text == "drop" else {
                throw problem("“\(text.printable)” is neither keep nor drop", at: node, hint: "Write keep or drop.")
            }
            settings.dropsNearDuplicates = text == "drop"
        }
        return settings
    }

    // MARK: YAML

    private func mapping(
        _ node: Node, allowed: [String], of what: String
    ) throws(ConfigurationError) -> [String: Node] {
        guard let mapping = node.mapping else {
            throw problem("\(what) is not a list of “key: value” lines", at: node, hint: "See Samples/config.yaml.")
        }
        var keys: [String: Node] = [:]
        for (keyNode, value) in mapping {
            let key = try scalar(keyNode)
            guard allowed.contains(key) else {
                throw problem(
                    "“\(key.printable)” is no setting of \(what)", at: keyNode,
                    hint: "The settings here are \(allowed.joined(separator: ", ")).")
            }
            keys[key] = value
        }
        return keys
    }

    private func scalar(_ node: Node) throws(ConfigurationError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw problem("a value is missing here", at: node, hint: "Write it behind the colon.")
        }
        return text
    }

    private func value<Value, Failure: ExplainedError>(
        _ node: Node, _ parse: (String) throws(Failure) -> Value
    ) throws(ConfigurationError) -> Value {
        let text = try scalar(node)
        do {
            return try parse(text)
        } catch {
            throw problem(error.description, at: node, hint: error.hint)
        }
    }

    private func besideFile(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        return URL(filePath: file).deletingLastPathComponent().appending(path: path).path
    }

    private func problem(_ problem: String, at node: Node?, hint: String) -> ConfigurationError {
        let place = node?.mark.map { ConfigurationError.Place(line: $0.line, column: $0.column) }
        return ConfigurationError(file: file, place: place, problem: problem, hint: hint)
    }

    private func notYAML(_ error: any Error) -> ConfigurationError {
        var place: ConfigurationError.Place?
        var what = "it is not YAML"
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            place = ConfigurationError.Place(line: mark.line, column: mark.column)
            what = "it is not YAML: \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            place = ConfigurationError.Place(line: context.mark.line, column: context.mark.column)
            what = "a key stands here twice: \(keys.map { "\($0)" }.joined(separator: ", "))"
        default:
            break
        }
        return ConfigurationError(
            file: file, place: place, problem: what, hint: "Check the indentation and colons; see Samples/config.yaml.")
    }
}
