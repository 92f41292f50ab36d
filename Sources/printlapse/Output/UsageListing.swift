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
            ],
            csv: ["camera", "read_at", "total", "monthly_cap", "reset_at", "received", "proxied", "captures"],
            values: { record in
                [
                    record.camera.text, "\(record.reading.readAt)", "\(record.reading.total.bytes)",
                    record.reading.monthlyCap.map { "\($0.bytes)" }, "\(record.reading.resetAt)",
                    "\(record.received.bytes)", "\(record.proxied.bytes)", "\(record.captures)",
                ]
            })
    }
}
