public import Archive

extension Catalog {
    /// The alerts that are not over yet, the oldest first.
    public func openAlerts() async throws -> [OpenAlert] { try await read { try AlertLogTable.open(in: $0) } }

    /// The alerts that opened, closed or happened, the newest first, each with its number in the log.
    ///
    /// - Parameters:
    ///   - begin: those behind this one, by its number.
    ///   - end: those before this one.
    ///   - limit: at most this many.
    public func alertLog(
        behind begin: Int64? = nil, before end: Int64? = nil, limit: Int
    ) async throws -> [(id: Int64, alert: LoggedAlert)] {
        try await read { try AlertLogTable.newest(behind: begin, before: end, limit: limit, in: $0) }
    }
}
