package import Archive
internal import GRDB
package import Vocabulary

/// Something that the owner was told and that is not over yet.
public struct OpenAlert: Hashable, Sendable {
    /// A short constant from a fixed set.
    package let kind: String
    /// The camera that it is about; `nil` where it is about the archive.
    package let camera: CameraName?
    package let since: Timestamp

    package init(kind: String, camera: CameraName?, since: Timestamp) {
        (self.kind, self.camera, self.since) = (kind, camera, since)
    }
}

/// The open alerts, kept so that a restart tells nobody twice.
enum AlertTable {
    static func all(in database: Database) throws -> [OpenAlert] {
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

    static func insert(_ alert: OpenAlert, into database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO alert (kind, subject, since_at) VALUES (?, ?, ?)")
            .execute(arguments: [alert.kind, alert.camera?.text ?? "", alert.since.milliseconds])
    }

    static func delete(kind: String, camera: CameraName?, from database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM alert WHERE kind = ? AND subject = ?")
            .execute(arguments: [kind, camera?.text ?? ""])
    }
}

extension FrameArchive {
    /// What the owner was told and is not over yet.
    package func openAlerts() throws(ArchiveError) -> [OpenAlert] {
        try read { try AlertTable.all(in: $0) }
    }

    /// Notes that the owner is being told. An alert that is open already stays as it is.
    package func open(_ alert: OpenAlert) async throws(ArchiveError) {
        try await changes.commit { try AlertTable.insert(alert, into: $0) }
    }

    /// Notes that it is over.
    package func closeAlert(kind: String, camera: CameraName?) async throws(ArchiveError) {
        try await changes.commit { try AlertTable.delete(kind: kind, camera: camera, from: $0) }
    }
}
