import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The archive's timelapses` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func due(
        _ subject: ArchivedTimelapse.Subject, camera: CameraName = .printer, until: Timestamp = .start + .seconds(60)
    ) -> ArchivedTimelapse {
        ArchivedTimelapse(
            rule: "print", camera: camera, subject: subject, since: .start, until: until, dueAt: .start + .seconds(120))
    }

    @Test func `are there as they were entered and changed, also after a restart`() async throws {
        let archive = try await folder.open()
        var timelapse = try await archive.enter(due(.print(7)))
        #expect(timelapse.id == 1)
        #expect(try archive.unfinishedTimelapses() == [timelapse])
        (timelapse.state, timelapse.attempts) = (.made, 2)
        timelapse.files = [.init(path: "/t/ぷりんた “a”.mp4", bytes: 9), .init(path: "/t/a.jpg", bytes: 4)]
        (timelapse.poster, timelapse.frames, timelapse.length) = ("/t/a-poster.jpg", 300, .milliseconds(10_033))
        (timelapse.madeAt, timelapse.isPinned) = (.start + .seconds(130), true)
        try await archive.update(timelapse)
        try await archive.close()
        let again = try await folder.open()
        #expect(try again.timelapse(1) == timelapse)
        #expect(timelapse.bytes == ByteCount(13))
        #expect(try again.unfinishedTimelapses().isEmpty)
        #expect(try await again.verify().isSound)
        try await again.close()
    }

    @Test func `are one of each subject for each rule and camera`() async throws {
        let archive = try await folder.open()
        for subject in [ArchivedTimelapse.Subject.print(7), .print(8), .period(.start), .rolling] {
            _ = try await archive.enter(due(subject))
            _ = try await archive.enter(due(subject, camera: .other))
        }
        #expect(try archive.unfinishedTimelapses().map(\.subject).count == 8)
        let longer = try await archive.enter(due(.print(7), until: .start + .seconds(600)))
        #expect(longer.id == 1)
        #expect(longer.until == .start + .seconds(600))
        #expect(try archive.unfinishedTimelapses().count == 8)
        try await archive.close()
    }

    @Test func `are planned together with the note of it`() async throws {
        let archive = try await folder.open()
        #expect(try archive.standing(ofRule: "day") == nil)
        let standing = RuleStanding(since: .start, plannedUntil: .start + .seconds(86_400))
        try await archive.plan([due(.period(.start))], rule: "day", standing: standing)
        #expect(try archive.standing(ofRule: "day") == standing)
        #expect(try archive.unfinishedTimelapses().count == 1)
        try await archive.close()
    }

    @Test func `are made by one process at a time, beside a capture and a caretaker`() async throws {
        let capture = try await folder.open()
        let maker = try await FrameArchive.open(at: folder.archive, role: .timelapses)
        await #expect {
            try await FrameArchive.open(at: folder.archive, role: .timelapses)
        } throws: {
            if case .inUse = $0 as? ArchiveError { true } else { false }
        }
        try await maker.close()
        try await FrameArchive.open(at: folder.archive, role: .timelapses).close()
        try await capture.close()
    }
}

/// An archive as the sixth version of the schema left it.
@Suite struct `An archive of the sixth version` {
    @Test func `is brought up to date, with its prints and its log of alerts`() async throws {
        let folder = try TemporaryFolder()
        let old = try DatabaseQueue(path: folder.archive)
        try await old.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            for script in [
                schemaVersion1, schemaVersion2, schemaVersion3, schemaVersion4, schemaVersion5, schemaVersion6,
            ] {
                try database.execute(sql: script)
            }
            try database.execute(
                sql: """
                    PRAGMA user_version = 6;
                    INSERT INTO archive_info (id, created_at, created_by, last_removed_frame) VALUES (1, 0, 'test', 0);
                    INSERT INTO camera (id, name) VALUES (1, 'mk3');
                    INSERT INTO print (id, camera_id, told_by, name, state, started_at, ended_at)
                        VALUES (5, 1, 'octoprint', 'benchy', 'finished', 1000, 9000);
                    INSERT INTO alert_log (at, kind, change, subject, cameras, message)
                        VALUES (9000, 'print_finished', 'happened', 'mk3', '["mk3"]', 'over');
                    PRAGMA journal_mode = WAL
                    """)
        }
        try old.close()
        let archive = try await folder.open()
        #expect(try archive.read { try Schema.version(of: $0) } == Schema.version)
        #expect(try archive.unfinishedTimelapses().isEmpty)
        let (prints, alerts) = try archive.read { database in
            (
                try Int.fetchAll(database, sql: "SELECT id FROM print"),
                try AlertLogTable.newest(limit: 9, in: database).count
            )
        }
        #expect(prints == [5])
        #expect(alerts == 1)
        #expect(try await archive.verify(quick: true).isSound)
        try await archive.close()
    }
}
