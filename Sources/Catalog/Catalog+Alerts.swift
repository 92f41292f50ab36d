public import Archive

extension Catalog {
    /// The alerts that are not over yet, the oldest first.
    public func openAlerts() async throws -> [OpenAlert] { try await read { try AlertLogTable.open(in: $0) } }

    /// The alerts that opened, closed or happened, the newest first, each with its number in the log.
    ///
    /// - Parameters:
    ///   - end: those before this one, by its number.
    ///   - limit: at most this many.
    public func alertLog(before end: Int64? = nil, limit: Int) async throws -> [(id: Int64, alert: LoggedAlert)] {
        try await read { try AlertLogTable.newest(before: end, limit: limit, in: $0) }
    }
}
