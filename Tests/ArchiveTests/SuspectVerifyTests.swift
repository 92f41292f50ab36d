import Deduplication
import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Archive

@Suite struct `Verifying pictures that were stored before they were judged so` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func odd(_ seed: UInt64) -> TestJPEG {
        let picture = TestJPEG.picture(seed: seed)
        return picture.cut(to: picture.bytes.count - 2) + (0..<651).map { UInt8($0 % 251) } + TestJPEG.endOfImage
    }

    /// An archive of ten frames, some of which show other pictures, as an older program would have stored them.
    private func verify(showing pictures: [Int: TestJPEG]) async throws -> VerifyReport {
        let archive = try await folder.open()
        for slot in 1...10 { try await archive.store(slot) }
        try await archive.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            for trigger in try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \(trigger)")
            }
            for (frame, picture) in pictures {
                let digest = SHA256Digest(hashing: ByteBuffer(bytes: picture.bytes)).data
                let old = try #require(
                    try Row.fetchOne(database, sql: "SELECT sha256 FROM frame WHERE id = ?", arguments: [frame]))
                let change: StatementArguments = [digest, picture.bytes.count, old["sha256"]]
                try database.execute(
                    sql: "UPDATE picture SET sha256 = ?, bytes = ? WHERE sha256 = ?", arguments: change)
                try database.execute(
                    sql: "UPDATE picture_content SET sha256 = ?, jpeg = ? WHERE sha256 = ?",
                    arguments: [digest, Data(picture.bytes), old["sha256"]])
                try database.execute(sql: "UPDATE frame SET sha256 = ?, bytes = ? WHERE sha256 = ?", arguments: change)
            }
        }
        let report = try await archive.verify()
        try await archive.close()
        return report
    }

    @Test func `names torn ones as damaged`() async throws {
        let report = try await verify(showing: [3: odd(3), 7: odd(7)])
        #expect(report.damaged.map(\.frame.number) == [3, 7])
        #expect(report.damaged.allSatisfy { $0.problem.contains("left over") })
        #expect(report.suspect.isEmpty)
        #expect(!report.isSound)
    }

    @Test func `lists those that look torn as suspect, and is content`() async throws {
        var scene = TestScene(width: 160, height: 120)
        scene.greyRows = 60
        let report = try await verify(showing: [4: TestEncoding.baseline.encode(scene)])
        #expect(report.damaged.isEmpty)
        #expect(report.suspect.map(\.frame.number) == [4])
        #expect(report.suspect.first?.suspicion.kind == .greyFoot)
    }

    @Test func `takes bytes left over for the camera's way where every picture has them`() async throws {
        let report = try await verify(
            showing: Dictionary(uniqueKeysWithValues: (1...10).map { ($0, odd(UInt64($0))) }))
        #expect(report.damaged.isEmpty)
        #expect(report.suspect.map(\.frame.number) == Array(1...10))
        #expect(report.suspect.allSatisfy { $0.suspicion.kind == .oddScan })
    }
}
