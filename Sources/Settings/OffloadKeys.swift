import Stores
import Vocabulary
import Yams

/// The settings of older pictures that are moved elsewhere beside a capture: those of “printlapse offload”, under its options' names.
struct OffloadKeys {
    static let names = ["to", "older_than", "keep_free", "bandwidth", "clean"]

    private let reader: YAMLReader

    init(_ reader: YAMLReader) { self.reader = reader }

    func offloading(_ node: Node) throws(ConfigurationError) -> JobConfiguration.Offloading {
        let keys = try reader.mapping(node, allowed: Self.names, of: "offload")
        guard let to = keys["to"] else {
            throw reader.problem(
                "it is not said where older pictures go", at: node,
                hint: "Add “to: /mnt/nas/printlapse”, or a bucket as s3://BUCKET/PREFIX.")
        }
        let location = try reader.store(to)
        guard keys["older_than"] != nil || keys["keep_free"] != nil else {
            throw reader.problem(
                "it is not said which pictures go", at: node, hint: "Add “older_than: 30d”, or “keep_free: 20GB”.")
        }
        var offloading = JobConfiguration.Offloading(location: location, place: reader.place(of: node))
        offloading.olderThan = try keys["older_than"].map(reader.duration)
        offloading.keepFree = try keys["keep_free"].map(reader.size)
        offloading.bandwidth = try keys["bandwidth"].map(bandwidth)
        if let node = keys["clean"] { offloading.cleans = try reader.truth(node) }
        return offloading
    }

    private func bandwidth(_ node: Node) throws(ConfigurationError) -> ByteCount {
        let rate = try reader.size(node)
        guard rate >= ByteCount(1000) else {
            throw reader.problem("it is less than 1kB a second", at: node, hint: "Write 1kB or more, as 2MB.")
        }
        return rate
    }
}
