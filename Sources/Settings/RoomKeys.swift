import Capture
import Care
import Vocabulary
import Yams

/// The settings that say how much room the archive takes and leaves, and what it keeps.
struct RoomKeys {
    static let names = ["min_free", "max_size", "retention"]
    private static let retentionNames = ["max_age", "max_size", "min_free", "keep"]

    private let reader: YAMLReader
    private(set) var rules = RoomRules()
    private(set) var retention: RetentionPolicy?

    init(_ reader: YAMLReader) {
        self.reader = reader
    }

    /// What the keys say.
    func reading(_ keys: [String: Node]) throws(ConfigurationError) -> RoomKeys {
        var settings = self
        if let node = keys["min_free"] { settings.rules.minimumFree = try reader.size(node) }
        settings.rules.maximumSize = try keys["max_size"].map(reader.size)
        settings.retention = try keys["retention"].map(retention)
        return settings
    }

    private func retention(_ node: Node) throws(ConfigurationError) -> RetentionPolicy {
        let keys = try reader.mapping(node, allowed: Self.retentionNames, of: "retention")
        var tiers: [RetentionTier] = []
        for node in keys["keep"].map(reader.nodes) ?? [] {
            tiers.append(
                try reader.value(node) { text throws(RetentionPolicyError) in try RetentionTier(parsing: text) })
        }
        let age = try keys["max_age"].map(reader.duration)
        let size = try keys["max_size"].map(reader.size)
        let free = try keys["min_free"].map(reader.size)
        do throws(RetentionPolicyError) {
            return try RetentionPolicy(maximumAge: age, maximumSize: size, minimumFree: free, tiers: tiers)
        } catch {
            let place = if case .noAge = error { keys["max_age"] } else { keys["keep"] }
            throw reader.problem(error.description, at: place ?? node, hint: error.hint)
        }
    }
}
