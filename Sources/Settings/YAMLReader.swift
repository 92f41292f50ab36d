import FoundationEssentials
import Vocabulary
import Yams

/// Reads the parts of a YAML file, and names the place of what does not fit.
struct YAMLReader {
    /// The file's path, for errors and as what relative paths are relative to.
    let file: String

    /// - Returns: `nil` for an empty text.
    func root(of text: String) throws(ConfigurationError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch {
            throw notYAML(error)
        }
    }

    func mapping(_ node: Node, allowed: [String], of what: String) throws(ConfigurationError) -> [String: Node] {
        var keys: [String: Node] = [:]
        for (key, keyNode, value) in try pairs(node, of: what) {
            guard allowed.contains(key) else {
                throw problem(
                    "“\(key.printable)” is no setting of \(what)", at: keyNode,
                    hint: "The settings here are \(allowed.joined(separator: ", ")).")
            }
            keys[key] = value
        }
        return keys
    }

    /// The keys of a mapping and their values, in the file's order.
    func pairs(
        _ node: Node, of what: String
    ) throws(ConfigurationError) -> [(name: String, key: Node, value: Node)] {
        guard let mapping = node.mapping else {
            throw problem("\(what) is not a list of “key: value” lines", at: node, hint: "See Samples/config.yaml.")
        }
        var pairs: [(name: String, key: Node, value: Node)] = []
        for (key, value) in mapping { pairs.append((try scalar(key), key, value)) }
        return pairs
    }

    func scalar(_ node: Node) throws(ConfigurationError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw problem("a value is missing here", at: node, hint: "Write it behind the colon.")
        }
        return text
    }

    /// A list of texts; a single text is a list of one.
    func texts(_ node: Node) throws(ConfigurationError) -> [String] {
        var texts: [String] = []
        for node in nodes(node) { texts.append(try scalar(node)) }
        return texts
    }

    /// The members of a list; anything else is a list of one.
    func nodes(_ node: Node) -> [Node] {
        node.sequence.map(Array.init) ?? [node]
    }

    func value<Value, Failure: ExplainedError>(
        _ node: Node, _ parse: (String) throws(Failure) -> Value
    ) throws(ConfigurationError) -> Value {
        let text = try scalar(node)
        do {
            return try parse(text)
        } catch {
            throw problem(error.description, at: node, hint: error.hint)
        }
    }

    func duration(_ node: Node) throws(ConfigurationError) -> Duration {
        try value(node) { text throws(VocabularyError) in try Duration(parsing: text) }
    }

    func size(_ node: Node) throws(ConfigurationError) -> ByteCount {
        try value(node) { text throws(VocabularyError) in try ByteCount(parsing: text) }
    }

    /// One of a few words.
    func choice<Choice>(_ node: Node, of choices: [(String, Choice)]) throws(ConfigurationError) -> Choice {
        let text = try scalar(node)
        if let choice = choices.first(where: { $0.0 == text }) { return choice.1 }
        let words = choices.map(\.0).joined(separator: ", ")
        throw problem("“\(text.printable)” is none of \(words)", at: node, hint: "Write one of \(words).")
    }

    func truth(_ node: Node) throws(ConfigurationError) -> Bool {
        try choice(node, of: [("yes", true), ("no", false), ("true", true), ("false", false)])
    }

    func besideFile(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        return URL(filePath: file).deletingLastPathComponent().appending(path: path).path
    }

    /// The same, where `~/` is the home of whoever runs the program.
    func folder(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/") else { return besideFile(path) }
        let home = ProcessInfo.processInfo.environment["HOME"] ?? "/"
        return home + path.dropFirst()
    }

    func problem(_ problem: String, at node: Node?, hint: String) -> ConfigurationError {
        ConfigurationError(file: file, place: node.flatMap(place), problem: problem, hint: hint)
    }

    func place(of node: Node) -> ConfigurationError.Place? {
        node.mark.map { ConfigurationError.Place(line: $0.line, column: $0.column) }
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
