import Deduplication
import Foundation
import GRDB
import TestSupport
import Testing
import Validation
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Pruning` {
    private let later = Timestamp.start + .seconds(90 * 86_400)
    private let minutes: RetentionPolicy

    init() throws {
        minutes = try RetentionPolicy(tiers: [.each(.seconds(60), for: .seconds(1))])
    }

    @Test func `shows what would go and removes nothing`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        try await archive.film([0, 0, 40, 40, 40, 40] + [0, 0, 0, 0, 0, 0] + [1])
        let plan = try await archive.retentionPlan(minutes, at: later)
        #expect(plan.frames == 10)
        let entry = try #require(plan.entries.first)
        #expect(entry.reason == .tier(.seconds(60)))
        // A camera's first frame is all new.
        #expect(entry.from == .start + .seconds(10))
        #expect(plan.entries.count == 1)
        let frames = try await archive.frames()
        #expect(frames.count == 13)
        try await archive.close()
    }

    @Test func `leaves in each minute the frame that shows most that is new, and a sound archive`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        let filmed = try await archive.film([0, 0, 60, 60, 60, 60] + [60, 60, 60, 60, 0, 0] + [1])
        let result = try await archive.prune(minutes, at: later)
        #expect(result.frames == 10)
        let left = try await archive.frames()
        #expect(left.map(\.id) == [filmed[0].id, filmed[10].id, filmed[12].id])
        let report = try await archive.verify()
        #expect(report.isSound, "\(report)")
        let run = try #require(try archive.lastRun(of: .printer))
        #expect(run.slots == 13)
        #expect(run.removed == 10)
        // A second time there is nothing to do.
        let again = try await archive.prune(minutes, at: later)
        #expect(again.frames == 0)
        try await archive.close()
    }

    @Test func `measures anew what is new in a frame whose neighbour went`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        try await archive.film([0, 10, 20, 30, 40, 50] + [60, 60, 60, 90, 90, 90] + [60])
        _ = try await archive.prune(minutes, at: later)
        let left = try await archive.frames()
        var earlier: LumaPicture?
        for frame in left {
            let origin = SnapshotOrigin(camera: .printer, source: .url, receivedAt: frame.capturedAt)
            let luma = try FrameValidator().validate(
                Snapshot(bytes: try archive.picture(of: frame.id), origin: origin)
            ).luma
            let change = earlier.flatMap { LumaChange(to: luma, from: $0) }
            #expect(frame.change == change?.greatest)
            #expect(frame.changedPercent == change?.percent)
            earlier = luma
        }
        #expect(left.count == 3)
        try await archive.close()
    }

    @Test func `never touches what is pinned, noted, of such a print, damaged or the newest`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        let plain = try await archive.film([0, 50, 0, 50, 0, 50])
        let kept = try await archive.film([0, 50, 0], from: .start + .seconds(3600), print: 7)
        try await archive.film([0], from: .start + .seconds(7200), camera: .other)
        try await archive.execute(
            """
            UPDATE frame SET pinned = 1 WHERE id = \(plain[0].id); UPDATE frame SET note = 'look' WHERE id = \(plain[2].id);
            UPDATE frame SET damaged_at = 1 WHERE id = \(plain[4].id); UPDATE print SET note = 'the best';
            """)
        let policy = try RetentionPolicy(maximumAge: .seconds(60), maximumSize: ByteCount(1))
        let plan = try await archive.retentionPlan(policy, at: later)
        #expect(plan.spared == [.pinned: 1, .noted: 4, .damaged: 1, .newest: 1])
        #expect(plan.shortfall > .zero)
        let result = try await archive.prune(policy, at: later, plan: plan)
        #expect(result.frames == 3)
        #expect(result.shortfall > .zero)
        let left = try await archive.frames().map(\.id)
        #expect(left == [plain[0].id, plain[2].id, plain[4].id] + kept.map(\.id))
        try await archive.close()
    }

    @Test func `leaves alone what was pinned after the plan was made`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        let filmed = try await archive.film([0, 50, 0, 50])
        let policy = try RetentionPolicy(maximumAge: .seconds(60))
        let plan = try await archive.retentionPlan(policy, at: later)
        #expect(plan.frames == 3)
        try await archive.execute("UPDATE frame SET pinned = 1 WHERE id = \(filmed[1].id)")
        let result = try await archive.prune(policy, at: later, plan: plan)
        #expect(result.frames == 2)
        let left = try await archive.frames().map(\.id)
        #expect(left == [filmed[1].id, filmed[3].id])
        try await archive.close()
    }

    @Test func `measures frames of an older program, of which nothing is stored`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        let filmed = try await archive.film([0, 0, 0, 60, 60, 60] + [60])
        try await archive.execute("UPDATE frame SET change = NULL, changed_percent = NULL")
        _ = try await archive.prune(minutes, at: later)
        // The first frame of all is all new; of the others the fourth is.
        let left = try await archive.frames().map(\.id)
        #expect(left == [filmed[0].id, filmed[6].id] || left == [filmed[3].id, filmed[6].id])
        try await archive.close()
    }

    @Test func `brings the archive down to a size, idle pictures first, and the file shrinks`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        let print = try await archive.film((0..<10).map { $0 % 2 * 60 }, padding: 130_000)
        let idle = try await archive.film(
            Array(repeating: 3, count: 30), from: .start + .seconds(100), padding: 130_000)
        #expect(await archive.shortenLog())
        let before = try archive.fileSize()
        let policy = try RetentionPolicy(maximumSize: before - ByteCount(20 * 130_000))
        let result = try await archive.prune(policy, at: later)
        #expect(result.fileAfter <= policy.maximumSize ?? .zero)
        #expect(try archive.fileSize() == result.fileAfter)
        let left = try await archive.frames().map(\.id)
        #expect(left.starts(with: print.map(\.id)))
        #expect(left.last == idle.last?.id)
        let report = try await archive.verify()
        #expect(report.isSound, "\(report)")
        try await archive.close()
    }

    @Test func `goes on where it was interrupted, whenever that is`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        try await archive.film((0..<60).map { $0 % 5 * 10 })
        let plan = try await archive.retentionPlan(minutes, at: later)
        let task = Task {
            try await archive.prune(minutes, at: later, plan: plan) { progress in
                if progress.framesDone > 10 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        let report = try await archive.verify()
        #expect(report.isSound, "\(report)")
        let half = try await archive.frames().count
        #expect(half < 60 && half > 10)
        let rest = try await archive.prune(minutes, at: later)
        #expect(rest.frames == half - 10)
        try await archive.close()
    }

    @Test func `lets a capture beside it store between its steps`() async throws {
        let folder = try TemporaryFolder()
        let capture = try await folder.open()
        try await capture.film((0..<300).map { $0 % 3 * 30 })
        let caretaker = try await FrameArchive.open(at: folder.archive, role: .care)
        let plan = try await caretaker.retentionPlan(minutes, at: later)
        let commitsBefore = caretaker.commits
        let pruning = Task { try await caretaker.prune(minutes, at: later, plan: plan) }
        var stored = 0
        while caretaker.commits - commitsBefore < 4 {
            try await capture.store(10_000 + stored, camera: .other)
            stored += 1
        }
        let result = try await pruning.value
        #expect(result.frames == 250)
        #expect(stored > 0)
        // No step removed more than a few.
        #expect(caretaker.commits - commitsBefore >= 250 / 256 + 2)
        try await caretaker.close()
        let report = try await capture.verify()
        #expect(report.isSound, "\(report)")
        let others = try await capture.frames(of: .other).count
        #expect(others == stored)
        try await capture.close()
    }

    @Test func `lets one take care at a time`() async throws {
        let folder = try TemporaryFolder()
        let capture = try await folder.open()
        try await capture.film([0, 60])
        let caretaker = try await FrameArchive.open(at: folder.archive, role: .care)
        let error = await #expect(throws: ArchiveError.self) { try await capture.prune(minutes, at: later) }
        #expect(error?.label == "in_use")
        try await caretaker.close()
        let result = try await capture.prune(minutes, at: later)
        #expect(result.frames == 1)
        try await capture.close()
    }
}
