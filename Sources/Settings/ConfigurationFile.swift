import Capture
import HTTP
import Monitoring
import Vocabulary
import Yams

/// Reads a configuration file: YAML with settings for all cameras, a list of `cameras`, and what else a job does.
package struct ConfigurationFile {
    private let reader: YAMLReader

    /// Reads the file at `path`.
    ///
    /// - Throws: ``ConfigurationError`` with line and column: unreadable, not YAML, a key that does not exist, or a value that
    ///   does not fit.
    package static func read(at path: String) throws(ConfigurationError) -> JobConfiguration {
        guard let text = try text(at: path) else { throw unreadable(path, "it is not there") }
        return try parse(text, file: path)
    }

    /// - Returns: `nil` where there is no file.
    static func text(at path: String) throws(ConfigurationError) -> String? {
        do throws(PlainFileProblem) {
            return try PlainFile(at: path, atMost: longest).map { String(decoding: $0.bytes, as: UTF8.self) }
        } catch {
            throw unreadable(path, error.description)
        }
    }

    /// A hundred thousand cameras.
    private static let longest = 16 << 20

    private static func unreadable(_ path: String, _ reason: String) -> ConfigurationError {
        ConfigurationError(
            file: path, place: nil, problem: "the configuration cannot be read: \(reason)",
            hint: "Check the path and its permissions; Samples/config.yaml is a configuration to start from.")
    }

    /// Reads configuration text; `file` is named in errors, and its folder is what relative paths are relative to.
    package static func parse(_ text: String, file: String) throws(ConfigurationError) -> JobConfiguration {
        let configuration = ConfigurationFile(reader: YAMLReader(file: file))
        guard let root = try configuration.reader.root(of: text) else {
            throw configuration.reader.problem(
                "the file is empty", at: nil, hint: "Name a camera; see Samples/config.yaml.")
        }
        return try configuration.read(root)
    }

    private static let jobKeys =
        ["cameras", "on_event", "metrics", "gallery", "timelapses", "offload", "publish"] + RoomKeys.names
    private static let addressKeys = AddressKey.allCases.map(\.rawValue)

    private func read(_ root: Node) throws(ConfigurationError) -> JobConfiguration {
        let keys = try reader.mapping(root, allowed: CameraKeys.names + Self.jobKeys, of: "the configuration")
        let common = try CameraKeys(reader).reading(keys)
        guard let list = keys["cameras"], let nodes = list.sequence, !nodes.isEmpty else {
            throw reader.problem(
                "“cameras” is missing or not a list", at: keys["cameras"] ?? root,
                hint: "Write “cameras:” and under it “- name: printer” with its source.")
        }

        var configuration = JobConfiguration()
        var names: Set<CameraName> = []
        for node in nodes {
            let camera = try camera(node, common)
            guard names.insert(camera.name).inserted else {
                throw reader.problem(
                    "two cameras are called “\(camera.name)”", at: node, hint: "Give each its own name.")
            }
            configuration.cameras.append(camera)
        }
        if let node = keys["on_event"] { configuration.eventHandlers = try eventHandlers(node) }
        if let node = keys["metrics"] {
            configuration.metrics = try reader.value(node) { text throws(MetricsAddressError) in
                try MetricsAddress(parsing: text)
            }
        }
        if let node = keys["gallery"] {
            configuration.gallery = JobConfiguration.Gallery(
                rules: try GalleryKeys(reader).rules(node), place: reader.place(of: node))
        }
        configuration.timelapses = try keys["timelapses"].map(TimelapseKeys(reader, cameras: names).timelapses) ?? []
        configuration.offloading = try keys["offload"].map(OffloadKeys(reader).offloading)
        let packs = configuration.offloading?.location
        configuration.publishing = try keys["publish"].map { node throws(ConfigurationError) in
            try PublishKeys(reader).publishing(node, beside: packs)
        }
        let room = try RoomKeys(reader).reading(keys)
        (configuration.room, configuration.retention) = (room.rules, room.retention)
        return configuration
    }

    private func camera(_ node: Node, _ common: CameraKeys) throws(ConfigurationError) -> JobConfiguration.Camera {
        let keys = try reader.mapping(
            node, allowed: ["name", "account", "octoprint_key_file", "old_tls"] + Self.addressKeys + CameraKeys.names,
            of: "a camera")
        guard let nameNode = keys["name"] else {
            throw reader.problem("a camera has no “name”", at: node, hint: "Add “name: printer”.")
        }
        let name = try reader.value(nameNode) { text throws(VocabularyError) in try CameraName(text) }
        let settings = try common.reading(keys)
        var policy = settings.policy
        policy.account = try keys["account"].map(reader.scalar)

        let sources = AddressKey.allCases.compactMap { key in keys[key.rawValue].map { (key, $0) } }
        guard sources.count <= 1 else {
            throw reader.problem(
                "camera “\(name)” has more than one address", at: node,
                hint: "Give it one of \(Self.addressKeys.joined(separator: ", ")), or none for its authorized tunnel.")
        }
        var address = JobConfiguration.Address.authorized
        if let (key, node) = sources.first { address = key.address(try reader.scalar(node), reader) }
        var camera = JobConfiguration.Camera(name: name, address: address, pictures: settings.pictures, policy: policy)
        if let node = keys["old_tls"] {
            guard case .url = address else {
                throw reader.problem(
                    "old_tls is for cameras with a “url” alone", at: node,
                    hint: "A tunnel's server has to speak TLS 1.2 or newer.")
            }
            camera.allowsOldTLS = try reader.truth(node)
        }
        camera.octoPrintKeyFile = try keys["octoprint_key_file"].map(reader.scalar).map(reader.besideFile)
        camera.place = reader.place(of: node)
        return camera
    }

    /// One handler, or a list of them.
    private func eventHandlers(_ node: Node) throws(ConfigurationError) -> [EventHandler] {
        var handlers: [EventHandler] = []
        for node in reader.nodes(node) { handlers.append(try eventHandler(node)) }
        return handlers
    }

    private func eventHandler(_ node: Node) throws(ConfigurationError) -> EventHandler {
        let keys = try reader.mapping(
            node, allowed: ["command", "webhook", "kind", "max_size", "events"], of: "on_event")
        let kind: EventHandler.Kind
        if keys["webhook"] == nil, let node = keys["kind"] ?? keys["max_size"] {
            throw reader.problem("this is for a “webhook” alone", at: node, hint: "Leave it out.")
        }
        switch (keys["command"], keys["webhook"]) {
        case (let command?, nil):
            kind = .command(try reader.texts(command))
        case (nil, let webhook?):
            let service = try keys["kind"].map { node throws(ConfigurationError) in
                try reader.choice(node, of: WebhookKind.allCases.map { ($0.rawValue, $0) })
            }
            let largest = try keys["max_size"].map(reader.size)
            kind = .webhook(
                try reader.value(webhook) { text throws(HTTPError) in
                    try Webhook(parsing: text, kind: service ?? .json, largestFile: largest)
                })
        default:
            throw reader.problem(
                "on_event has to name either a “command” or a “webhook”", at: node,
                hint: "Write “command: [notify-send, Printlapse]” or “webhook: https://…”.")
        }
        let names = try keys["events"].map(reader.texts) ?? []
        do {
            return try EventHandler(kind, events: names)
        } catch {
            throw reader.problem(error.description, at: keys["events"] ?? node, hint: error.hint)
        }
    }
}
