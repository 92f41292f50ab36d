import Stores
import Vocabulary
import Yams

/// The settings of a hub that is told of the archive beside a capture: those of “printlapse publish”, under its options' names.
struct PublishKeys {
    static let names = ["to", "name", "every"]

    private let reader: YAMLReader

    init(_ reader: YAMLReader) { self.reader = reader }

    /// - Parameter packs: where older pictures go, which is where the hub is told unless another place is named.
    func publishing(
        _ node: Node, beside packs: StoreLocation?
    ) throws(ConfigurationError) -> JobConfiguration.Publishing {
        // “publish:” alone is enough where older pictures have a place.
        let isBare = node.scalar?.string.isEmpty == true
        let keys = isBare ? [:] : try reader.mapping(node, allowed: Self.names, of: "publish")
        guard let location = try keys["to"].map(reader.store) ?? packs else {
            throw reader.problem(
                "it is not said where a hub is told", at: node,
                hint:
                    "Add “to: /mnt/nas/printlapse”, or a bucket as s3://BUCKET/PREFIX; or “offload:”, whose place is taken."
            )
        }
        var publishing = JobConfiguration.Publishing(location: location, place: reader.place(of: node))
        publishing.name = try keys["name"].map { node throws(ConfigurationError) in
            try reader.value(node) { text throws(VocabularyError) in try MachineName(text) }
        }
        if let node = keys["every"] { publishing.interval = try interval(node) }
        return publishing
    }

    private func interval(_ node: Node) throws(ConfigurationError) -> Duration {
        let interval = try reader.duration(node)
        guard interval >= .seconds(1) else {
            throw reader.problem("it is less than a second", at: node, hint: "Write 1s or more, as 1m.")
        }
        return interval
    }
}

extension YAMLReader {
    /// A store's place; as other paths a folder's counts from the file.
    func store(_ node: Node) throws(ConfigurationError) -> StoreLocation {
        try value(node) { text throws(StoreError) in
            try StoreLocation(text.contains("://") ? text : folder(text))
        }
    }
}
