import Catalog
import Vocabulary

extension Listing<UsageRecord> {
    /// Usage readings as `usage --history` lists them.
    static func usage(_ format: ListFormat) -> Self {
        Listing(
            format,
            columns: [
                Column(title: "camera", isFlexible: true) { $0.camera.text },
                Column(title: "read") { $0.reading.readAt.localText },
                Column(title: "total", alignment: .right) { "\($0.reading.total)" },
                Column(title: "cap", alignment: .right) { $0.reading.monthlyCap.map { "\($0)" } ?? "–" },
                Column(title: "captures", alignment: .right) { $0.captures.grouped },
                Column(title: "received", alignment: .right) { "\($0.received)" },
                Column(title: "live", alignment: .right) { "\($0.proxied)" },
            ])
    }
}
