import Deduplication
import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage
@testable import Validation

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

@Suite struct `An archive of the first version with pictures that slipped in` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func scene(_ number: Int) -> TestScene {
        var scene = TestScene(width: 320, height: 240, seed: UInt64(number))
        scene.patches = [.init(x: number * 31 % 240, y: number * 17 % 180, width: 60, height: 40, contrast: 35)]
        return scene
    }

    /// Writes the frames as the first version did: each camera's one every ten seconds, in the order that is given.
    private func write(_ frames: [(camera: Int, picture: TestJPEG)]) throws {
        let old = try DatabaseQueue(path: folder.archive)
        try old.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try database.execute(sql: schemaVersion1)
            try database.execute(
                sql: """
                    PRAGMA user_version = 1;
                    INSERT INTO archive_info VALUES (1, 0, 'test', 0);
                    INSERT INTO camera VALUES (1, 'one'), (2, 'two');
                    """)
            for (index, frame) in frames.enumerated() {
                let (number, bytes) = (index + 1, Data(frame.picture.bytes))
                let digest = SHA256Digest(hashing: ByteBuffer(bytes: frame.picture.bytes)).data
                try database.execute(
                    sql: "INSERT INTO picture VALUES (?, ?, ?, 0)", arguments: [digest, bytes.count, number])
                try database.execute(
                    sql: "INSERT INTO picture_content VALUES (?, ?, ?)", arguments: [number, digest, bytes])
                try database.execute(
                    sql: """
                        INSERT INTO frame (id, camera_id, captured_at, last_seen_at, seen, width, height, bytes, sha256,
                            perceptual_hash, source)
                        VALUES (?1, ?2, ?3, ?3, 1, 320, 240, ?4, ?5, 0, 'url')
                        """, arguments: [number, frame.camera, number * 10_000, bytes.count, digest])
            }
        }
        try old.close()
    }

    private func encoded(_ scene: TestScene) -> TestJPEG { TestEncoding.baseline.encode(scene) }

    @Test func `is judged anew: proven damage as damaged, the rest as suspect, and nothing is removed`() async throws {
        let spliced = encoded(scene(3))
        var grey = scene(6)
        grey.greyRows = 100
        let pictures = [
            encoded(scene(1)), encoded(scene(2)),
            spliced.cut(to: spliced.bytes.count - 2) + (0..<800).map { UInt8($0 % 251) } + TestJPEG.endOfImage,
            encoded(scene(4)), encoded(scene(5).torn(fromRow: 8, column: 11, by: 18)), encoded(grey),
            encoded(scene(7)), encoded(scene(8)),
        ]
        try write(pictures.map { (1, $0) })
        let archive = try await folder.open()
        let report = try await archive.verify()
        #expect(report.framesChecked == 8)
        #expect(report.damaged.map(\.frame.number) == [3])
        #expect(report.suspect.map(\.frame.number) == [5, 6])
        #expect(report.suspect.map(\.suspicion.kind) == [.seam, .greyFoot])
        #expect(report.suspect.allSatisfy { !$0.isNoted })
        let marked = try await archive.pool.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM frame WHERE suspect IS NOT NULL")
        }
        #expect(marked == 0)  // a check writes nothing

        let repair = try await archive.repair()
        #expect(repair.noted.map(\.number) == [5, 6])
        #expect(repair.quarantined.map(\.number) == [3])
        let noted = try await archive.pool.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT printf('%d %s %s', id, suspect, suspect_place) FROM frame WHERE suspect IS NOT NULL ORDER BY id
                    """)
        }
        #expect(noted.first == "5 seam from block row 9, column 12 on")
        #expect(noted.count == 2)
        let again = try await archive.verify()
        #expect(again.suspect.map(\.isNoted) == [true, true])
        #expect(again.framesChecked == 8)
        try await archive.close()
    }

    @Test func `has each picture judged beside the one before of its own camera`() async throws {
        // A seam in the last row shows beside another picture of the camera only; the other's stand in between in the file.
        let other = TestEncoding(sampling: (2, 2), quality: 60)
        var frames: [(camera: Int, picture: TestJPEG)] = []
        for number in 1...6 {
            let scene = TestScene(width: 320, height: 240, seed: UInt64(number))
            frames.append((1, encoded(number == 4 ? scene.torn(fromRow: 14, column: 9, by: 30) : scene)))
            frames.append((2, other.encode(self.scene(number + 20))))
        }
        try write(frames)
        let archive = try await folder.open()
        let report = try await archive.verify()
        #expect(report.suspect.map(\.frame.number) == [7])
        #expect(report.suspect.first?.suspicion.kind == .seam)
        try await archive.close()
    }

    @Test func `has no doubt of what its camera sees in one picture after the other`() async throws {
        try write((1...6).map { (1, encoded(scene($0).torn(fromRow: 8, column: 11, by: 18))) })
        let archive = try await folder.open()
        let report = try await archive.verify()
        #expect(report.suspect.isEmpty)
        #expect(report.isSound)
        try await archive.close()
    }

    @Test func `has each picture's one before known, and of a camera's first the one after`() async throws {
        try write((1...6).map { ($0 % 2 + 1, encoded(scene($0))) })
        let archive = try await folder.open()
        let order = try await archive.pool.read { try PictureOrder.all(in: $0) }
        #expect((1...6).map { order.picture(before: $0) } == [3, 4, 1, 2, 3, 4])
        try await archive.close()
    }

    /// Exports take those that lack their end alone, and so may the next ones be compared with them.
    @Test func `has none judged by a doubtful or damaged one, but by one that lacks its end alone`() async throws {
        try write((1...6).map { (1, encoded(scene($0))) })
        let archive = try await folder.open()
        let order = try await archive.pool.write { database in
            try database.execute(
                sql: """
                    UPDATE frame SET suspect = 'no_eoi' WHERE id = 2;
                    UPDATE frame SET suspect = 'seam' WHERE id = 3;
                    UPDATE frame SET damaged_at = 1 WHERE id = 5;
                    """)
            return try PictureOrder.all(in: database)
        }
        #expect((1...6).map { order.picture(before: $0) } == [2, 1, 2, 2, 4, 4])
        try await archive.close()
    }

    @Test func `has none judged by one with a grey foot, whichever of them is looked at first`() async throws {
        var grey = scene(1)
        grey.greyRows = 100
        try write([(1, encoded(grey)), (1, encoded(scene(2)))])
        let archive = try await folder.open()
        let order = try await archive.pool.read { try PictureOrder.all(in: $0) }
        #expect(order.picture(before: 2) == 1)
        let first = try FrameValidator.ofStoredPictures.examine(ByteBuffer(bytes: encoded(grey).bytes))
        #expect(first.suspicion?.kind == .greyFoot)
        for isLookedAt in [false, true] {
            let before = PicturesBefore(order, in: ArchivePictures(ofArchive: folder.archive))
            if isLookedAt { before.keep(first, of: 1) }
            // The second time all has been read once.
            for _ in 0..<2 { #expect(try await before.trace(before: 2, in: archive.pool) == nil) }
            #expect(try await before.trace(before: 1, in: archive.pool) != nil)
        }
        try await archive.close()
    }
}
