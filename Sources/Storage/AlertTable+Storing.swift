package import Archive
internal import GRDB
package import Vocabulary

extension AlertTable {
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

    /// What the log of alerts has as not over yet.
    package func openInLog() throws(ArchiveError) -> [OpenAlert] {
        try read { try AlertLogTable.open(in: $0) }
    }

    /// Enters what became of an alert into the log.
    package func log(_ alert: LoggedAlert) async throws(ArchiveError) {
        try await changes.commit { try AlertLogTable.insert(alert, into: $0) }
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
