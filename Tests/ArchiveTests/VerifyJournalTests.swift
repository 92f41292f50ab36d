import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `A check that is interrupted` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func journal(resuming: Bool, at now: Timestamp = .start) -> VerifyJournal {
        VerifyJournal(archive: folder.archive, resuming: resuming, interval: .zero) { now }
    }

    /// An archive of a hundred frames, of which the 3rd and the 90th are damaged.
    func damagedArchive() async throws -> FrameArchive {
        let archive = try await folder.open()
        for number in 0..<100 { try await archive.store(number) }
        try await archive.pool.writeWithoutTransaction {
            try $0.execute(sql: "UPDATE picture_content SET jpeg = x'00' WHERE id IN (3, 90)")
        }
        return archive
    }

    /// Checks until a few pictures are done, then is cancelled.
    func interrupt(_ archive: FrameArchive, _ request: VerifyRequest = VerifyRequest()) async throws {
        let verifier = ArchiveVerifier(database: archive.pool, path: archive.path)
        let task = Task {
            _ = try await verifier.verify(request, journal: journal(resuming: false)) { _ in
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `goes on where it was, and tells what both parts found`() async throws {
        let archive = try await damagedArchive()
        try await interrupt(archive)
        #expect(try folder.files.contains("frames.printlapse-verify"))
        let read = Mutex<[Int]>([])
        let report = try await ArchiveVerifier(database: archive.pool, path: archive.path)
            .verify(VerifyRequest(), journal: journal(resuming: true)) { step in
                read.withLock { $0.append(step.picturesChecked) }
            }
        // None where all that was left was under way when it was cancelled.
        #expect(read.withLock { $0.first ?? .max } > 16, "it began anew")
        #expect(report.damaged.map(\.frame) == [FrameID(3), FrameID(90)])
        #expect(report.framesChecked == 100)
        #expect(try !folder.files.contains("frames.printlapse-verify"))
        try await archive.close()
    }

    @Test func `does not tell of what is gone in the meantime`() async throws {
        let archive = try await damagedArchive()
        try await interrupt(archive)
        try await archive.changes.commit { try $0.execute(sql: "DELETE FROM frame WHERE id = 3") }
        let report = try await ArchiveVerifier(database: archive.pool, path: archive.path)
            .verify(VerifyRequest(), journal: journal(resuming: true)) { _ in }
        #expect(report.damaged.map(\.frame) == [FrameID(90)])
        try await archive.close()
    }

    @Test func `is not gone on with where there is none, or where it is of another kind`() async throws {
        let archive = try await damagedArchive()
        func error(_ request: VerifyRequest = VerifyRequest(), at now: Timestamp = .start) async -> VerifyJournalError?
        {
            await #expect(throws: VerifyJournalError.self) {
                _ = try await ArchiveVerifier(database: archive.pool, path: archive.path)
                    .verify(request, journal: journal(resuming: true, at: now)) { _ in }
            }
        }
        #expect(await error()?.label == "nothing_to_resume")
        try await interrupt(archive)
        #expect(await error(VerifyRequest(since: .start))?.label == "state_of_another_request")
        #expect(await error(at: .start + .seconds(8 * 86_400))?.label == "state_too_old")
        try Data("{}".utf8).write(to: URL(fileURLWithPath: folder.archive + "-verify"))
        #expect(await error()?.label == "unreadable_state")
        try await interrupt(archive)
        try await archive.close()
        // A copy takes the archive's place.
        try FileManager.default.moveItem(atPath: folder.archive, toPath: folder.archive + ".old")
        try FileManager.default.copyItem(atPath: folder.archive + ".old", toPath: folder.archive)
        let copy = try await folder.open()
        await #expect(throws: VerifyJournalError.ofAnotherArchive(path: copy.path + "-verify")) {
            _ = try await ArchiveVerifier(database: copy.pool, path: copy.path)
                .verify(VerifyRequest(), journal: journal(resuming: true)) { _ in }
        }
        try await copy.close()
    }
}
