import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Catalog
@testable import Storage

@Suite struct `What a check found` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Frames 3 and 9 are damaged.
    private func damagedArchive() async throws -> Catalog {
        let archive = try await folder.open()
        for number in 0..<12 { try await archive.store(number) }
        try await archive.pool.writeWithoutTransaction {
            try $0.execute(sql: "UPDATE picture_content SET jpeg = x'00' WHERE id IN (3, 9)")
        }
        try await archive.close()
        return try Catalog.open(at: folder.archive)
    }

    private func noted() async throws -> LastCheck? { try await Catalog.open(at: folder.archive).lastCheck() }

    @Test func `is there for who looks later, and the archive is untouched`() async throws {
        let catalog = try await damagedArchive()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.archive))
        #expect(await catalog.lastCheck() == nil)
        let report = try await catalog.verify()
        #expect(await catalog.keep(report, of: VerifyRequest(), at: .start) == nil)
        let note = try #require(try await noted())
        #expect(note.at == .start && note.options.isEmpty)
        #expect(note.report == report)
        #expect(note.report.damaged.map(\.frame) == [FrameID(3), FrameID(9)])
        #expect(note.damaged == 2 && note.suspect == report.suspect.count)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.archive)) == before)
    }

    @Test func `is that of the last check that read pictures, with what it covered`() async throws {
        let catalog = try await damagedArchive()
        let part = VerifyRequest(since: .start)
        let partly = try await catalog.verify(part)
        #expect(await catalog.keep(partly, of: part, at: .start) == nil)
        #expect(await catalog.lastCheck()?.options == part.options)
        let quick = VerifyRequest(quick: true)
        let structure = try await catalog.verify(quick)
        #expect(await catalog.keep(structure, of: quick, at: .start + .seconds(9)) == nil)
        #expect(await catalog.lastCheck()?.at == .start)
    }

    @Test func `names so many frames and counts them all`() throws {
        var report = VerifyReport()
        let digest = try #require(SHA256Digest(bytes: [UInt8](repeating: 7, count: 32)))
        report.damaged = (1...2500).map { DamagedFrame(frame: FrameID($0), sha256: digest, problem: "it is torn") }
        report.suspect = (1...1200).map {
            SuspectFrame(frame: FrameID($0), suspicion: Suspicion(.seam, at: "row 3"), isNoted: $0 % 2 == 0)
        }
        let note = LastCheck(report, of: VerifyRequest(), at: .start)
        try note.write(besideArchive: folder.archive, identity: "this")
        let read = try #require(LastCheck.read(ofArchive: folder.archive, identity: "this"))
        #expect(read == note)
        #expect(read.report.damaged.count == 1000 && read.damaged == 2500)
        #expect(read.report.suspect.count == 1000 && read.suspect == 1200)
        #expect(LastCheck.read(ofArchive: folder.archive, identity: "that") == nil)
    }

    @Test func `is nothing about another archive in its place`() async throws {
        let catalog = try await damagedArchive()
        let report = try await catalog.verify()
        #expect(await catalog.keep(report, of: VerifyRequest(), at: .start) == nil)
        try catalog.close()
        try FileManager.default.moveItem(atPath: folder.archive, toPath: folder.archive + ".old")
        try FileManager.default.copyItem(atPath: folder.archive + ".old", toPath: folder.archive)
        #expect(try await noted() == nil)
        // Neither is what no program wrote.
        for text in ["", "{}", "[1]"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.archive + "-verified"))
            #expect(try await noted() == nil)
        }
    }

    @Test func `is told to who ran the check alone, where nothing can be written beside the archive`() async throws {
        let catalog = try await damagedArchive()
        // A folder in the file's place is in its way, also for who may write everywhere.
        try FileManager.default.createDirectory(
            atPath: folder.archive + "-verified/full", withIntermediateDirectories: true)
        let report = try await catalog.verify()
        let failure = await catalog.keep(report, of: VerifyRequest(), at: .start)
        #expect(failure == "\(catalog.path)-verified cannot be written")
        #expect(await catalog.lastCheck() == nil)
    }
}

extension `A check that is interrupted` {
    @Test func `tells how far it is while it runs, and no longer`() async throws {
        let archive = try await damagedArchive()
        let path = archive.path
        #expect(VerifyJournal.progress(ofArchive: path, at: .start) == nil)
        let seen = Seen()
        _ = try await ArchiveVerifier(database: archive.pool, path: path)
            .verify(VerifyRequest(), journal: journal(resuming: false)) { step in
                seen.add(step, VerifyJournal.progress(ofArchive: path, at: .start + .seconds(3)))
            }
        #expect(seen.all.count > 2)
        for (told, noted) in seen.all { #expect(noted == told) }
        #expect(VerifyJournal.progress(ofArchive: path, at: .start) == nil)
        try await interrupt(archive)
        #expect(VerifyJournal.progress(ofArchive: path, at: .start + .seconds(3)) != nil)
        #expect(VerifyJournal.progress(ofArchive: path, at: .start + .seconds(30)) == nil)
        try await archive.close()
    }
}

private final class Seen: Sendable {
    private let state = Mutex<[(VerifyProgress, VerifyProgress?)]>([])

    var all: [(VerifyProgress, VerifyProgress?)] { state.withLock(\.self) }

    func add(_ told: VerifyProgress, _ noted: VerifyProgress?) { state.withLock { $0.append((told, noted)) } }
}
