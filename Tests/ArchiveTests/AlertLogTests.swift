import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The log of alerts` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func alert(
        _ change: LoggedAlert.Change, _ kind: String = "cap_near", at seconds: Int64 = 9, of cameras: [String] = ["mk3"]
    ) throws -> LoggedAlert {
        LoggedAlert(
            at: Timestamp(seconds: seconds), kind: kind, change: change,
            cameras: try cameras.map { try CameraName($0) },
            since: change == .opened ? Timestamp(seconds: 5) : nil, message: "It “happened”", hint: "Look.")
    }

    @Test func `has what was entered, the newest first and by pages, and what did not close`() async throws {
        let archive = try await folder.open()
        let entered = [
            try alert(.opened, of: ["mk3", "Prusa \"left\"", "ぷりんた"]), try alert(.happened, "print_finished"),
            try alert(.opened, "disk_low", of: []), try alert(.closed, "disk_low", of: []),
            try alert(.opened, "disk_low", of: []),
        ]
        for alert in entered { try await archive.log(alert) }
        try await archive.close()
        let again = try await folder.open()
        let (all, page) = try again.read { database in
            (
                try AlertLogTable.newest(limit: 100, in: database),
                try AlertLogTable.newest(before: 4, limit: 2, in: database)
            )
        }
        #expect(all.map(\.alert) == entered.reversed())
        #expect(page.map(\.id) == [3, 2])
        let open = [
            OpenAlert(kind: "cap_near", camera: try CameraName("mk3"), since: Timestamp(seconds: 5)),
            OpenAlert(kind: "disk_low", camera: nil, since: Timestamp(seconds: 5)),
        ]
        #expect(try again.openInLog() == open)
        #expect(try await again.verify().isSound)
        try await again.close()
    }

    @Test func `is bounded, whatever the clock says`() async throws {
        let archive = try await folder.open()
        let (old, new) = (try alert(.happened, at: 1_800_000_000), try alert(.happened, at: 1))
        try await archive.commit { database in
            for _ in 0..<AlertLogTable.longest { try AlertLogTable.insert(old, into: database) }
            for _ in 0..<10 { try AlertLogTable.insert(new, into: database) }
        }
        let rows = try archive.read { try AlertLogTable.newest(limit: 20_000, in: $0) }
        #expect(rows.count == AlertLogTable.longest)
        #expect(rows.prefix(11).map(\.alert) == Array(repeating: new, count: 10) + [old])
        try await archive.close()
    }
}

/// An archive as the fifth version of the schema left it.
@Suite struct `An archive of the fifth version` {
    @Test func `is brought up to date, with the alerts that are open`() async throws {
        let folder = try TemporaryFolder()
        let old = try DatabaseQueue(path: folder.archive)
        try await old.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            for script in [schemaVersion1, schemaVersion2, schemaVersion3, schemaVersion4, schemaVersion5] {
                try database.execute(sql: script)
            }
            try database.execute(
                sql: """
                    PRAGMA user_version = 5;
                    INSERT INTO archive_info (id, created_at, created_by, last_removed_frame) VALUES (1, 0, 'test', 0);
                    INSERT INTO alert (kind, subject, since_at) VALUES ('camera_stopped', 'mk3', 7000);
                    PRAGMA journal_mode = WAL
                    """)
        }
        try old.close()
        let archive = try await folder.open()
        let open = OpenAlert(kind: "camera_stopped", camera: try CameraName("mk3"), since: Timestamp(seconds: 7))
        #expect(try archive.openAlerts() == [open])
        #expect(try archive.openInLog().isEmpty)
        #expect(try archive.read { try Schema.version(of: $0) } == Schema.version)
        #expect(try await archive.verify(quick: true).isSound)
        try await archive.close()
    }
}
