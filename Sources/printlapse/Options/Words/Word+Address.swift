import Monitoring

/// Whom a job tells of itself, and where.
extension Word {
    /// A URL to post to, or a command with its arguments, apart by spaces.
    static func eventHandler(_ text: String) throws -> EventHandler {
        try explained {
            let kind: EventHandler.Kind =
                text.contains("://")
                ? .webhook(try Webhook(parsing: text)) : .command(text.split(separator: " ").map(String.init))
            return try EventHandler(kind)
        }
    }

    static func metricsAddress(_ text: String) throws -> MetricsAddress {
        try explained { try MetricsAddress(parsing: text) }
    }
}
