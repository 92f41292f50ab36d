package import GRDB
public import Vocabulary

/// Something that the owner was told and that is not over yet.
public struct OpenAlert: Hashable, Sendable {
    /// A short constant from a fixed set.
    public let kind: String
    /// The camera that it is about; `nil` where it is about the archive.
    public let camera: CameraName?
    public let since: Timestamp

    public init(kind: String, camera: CameraName?, since: Timestamp) {
        (self.kind, self.camera, self.since) = (kind, camera, since)
    }
}

/// The open alerts, kept so that a restart tells nobody twice.
package enum AlertTable {
    package static func all(in database: Database) throws -> [OpenAlert] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT kind, subject, since_at FROM alert ORDER BY since_at, kind, subject"))
        return try Array(
            rows.map { row in
                let subject: String = try row.value(at: 1)
                return OpenAlert(
                    kind: try row.value(at: 0), camera: subject.isEmpty ? nil : try row.cameraName(at: 1),
                    since: try row.timestamp(at: 2))
            })
    }
}
