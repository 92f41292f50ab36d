import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `A stretch of wrong times` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// So many slots of 10 s are nine years.
    private static let years = 28_401_600
    private static let now = Slot.number(2000).due

    private func stretches(_ archive: FrameArchive, at now: Timestamp = now) throws -> [TimeStretch] {
        try archive.read { try TimeStretches.all(at: now, in: $0) }
    }

    private func isSound(_ archive: FrameArchive) async throws -> Bool {
        let report = try await archive.verify()
        #expect(report.isSound, "\(report.problems)")
        return report.isSound
    }

    /// An archive of before leaps were noted: a start nine years ahead, and all that followed.
    private func poisoned() async throws -> FrameArchive {
        let archive = try await folder.open()
        for number in 1...5 { try await archive.store(number, print: 7) }
        let gap = SlotRun(
            outcome: .missed, detail: SlotReason(.notRunning), first: Slot.number(6).due, slots: Self.years - 6,
            interval: .seconds(10))
        try await archive.record([gap], camera: .printer)
        for number in 6...9 { try await archive.store(number, slot: Self.years + number - 6, print: 8) }
        try await archive.record(
            .timeout, detail: nil, for: .number(Self.years + 4), camera: .printer, received: .zero, seen: nil)
        let read = Slot.number(Self.years).due - .seconds(1)
        try await archive.recordUsage(
            UsageReading(readAt: read, total: .zero, monthlyCap: nil, resetIn: nil), camera: .printer, received: .zero,
            proxied: .zero, captures: 1)
        return archive
    }

    @Test func `is found where it stands ahead of the clock`() async throws {
        let archive = try await poisoned()
        let stretches = try stretches(archive)
        #expect(stretches.map(\.frames) == [5, 4])
        #expect(stretches.map(\.first) == [FrameID(1), FrameID(6)])
        try await archive.close()
    }

    @Test func `is moved with its slots, prints and usage readings, and room is made of time in which nobody captured`()
        async throws
    {
        let archive = try await poisoned()
        let shift = TimeShift(frames: FrameID(6)...FrameID(9), by: .seconds(10) * (100 - Self.years))
        let shown = try archive.shift(shift, at: Self.now, applies: false)
        #expect(try archive.lastRun(of: .printer)?.from == Slot.number(Self.years + 4).due)
        let report = try archive.shift(shift, at: Self.now, applies: true)
        #expect(report == shown)
        #expect(report.frames == 4 && report.slots == 5 && report.prints == 1 && report.usageReadings == 1)
        #expect(report.after.lowerBound == Slot.number(100).due + .milliseconds(500))

        #expect(try await isSound(archive))
        let last = try #require(try archive.lastRun(of: .printer))
        #expect(last.outcome == .timeout && last.from == Slot.number(104).due)
        let (frames, prints, runs) = try await archive.pool.read { database in
            (
                try (1...9).compactMap { try FrameTable.frame(FrameID($0), in: database) },
                try Int64.fetchAll(database, sql: "SELECT started_at FROM print ORDER BY id"),
                try Int.fetchAll(database, sql: "SELECT slots FROM ledger_run ORDER BY from_at")
            )
        }
        #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.capturedAt < $1.capturedAt })
        #expect(prints == [Slot.number(1).due.milliseconds, Slot.number(100).due.milliseconds])
        #expect(runs == [5, 94, 4, 1])
        #expect(try stretches(archive).count == 1)
        #expect(try archive.usageHistory(of: .printer, since: Slot.number(99).due).records.count == 1)
        try await archive.close()
    }

    /// Ahead by two hours once, and set right; when the time came again, right frames met slots that had outcomes.
    @Test func `is moved out from among right times that it had met`() async throws {
        let archive = try await folder.open()
        for number in 1...5 { try await archive.store(number) }
        let downtime = SlotRun(
            outcome: .missed, detail: SlotReason(.notRunning), first: Slot.number(6).due, slots: 720,
            interval: .seconds(10))
        try await archive.record([downtime], camera: .printer)
        for number in 726...735 { try await archive.store(number) }
        try await archive.recordLeap(before: Slot.number(736).due, after: Slot.number(16).due, reason: "set")
        for number in 16...800 { try await archive.store(10_000 + number, slot: number) }
        #expect(try await isSound(archive))
        let found = try stretches(archive)
        #expect(found.map(\.frames) == [15, 785])

        let wrong = FrameID(6)...FrameID(15)
        #expect(throws: TimeShiftError.self) {
            try archive.shift(TimeShift(frames: wrong, by: .seconds(-7000)), at: Self.now, applies: true)
        }
        #expect(try await isSound(archive))
        _ = try archive.shift(TimeShift(frames: wrong, by: .seconds(-7200)), at: Self.now, applies: true)
        #expect(try await isSound(archive))
        #expect(try archive.clockEvents() == [])
        #expect(try stretches(archive).map(\.frames) == [800])
        try await archive.close()
    }

    @Test func `is cut out of a run that it shares with right ones, and goes back into its place`() async throws {
        let archive = try await folder.open()
        for number in 1...12 { try await archive.store(number, print: 3) }
        let frames = FrameID(5)...FrameID(8)
        _ = try archive.shift(TimeShift(frames: frames, by: .seconds(86_400)), at: Self.now, applies: true)
        #expect(try await isSound(archive))
        _ = try archive.shift(TimeShift(frames: frames, by: .seconds(-86_400)), at: Self.now, applies: true)
        #expect(try await isSound(archive))
        let slots = try await archive.pool.read {
            try Int64.fetchAll($0, sql: "SELECT slot_at FROM frame ORDER BY id")
        }
        #expect(slots == (1...12).map { Slot.number($0).due.milliseconds })
        try await archive.close()
    }

    @Test func `is refused where there is none, and where no clock could have been`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        #expect(throws: TimeShiftError.noFrames(FrameID(7)...FrameID(9))) {
            try archive.shift(TimeShift(frames: FrameID(7)...FrameID(9), by: .seconds(1)), at: Self.now, applies: true)
        }
        for years in [-300, -60, 150, 9000] {
            #expect(throws: TimeShiftError.tooFar) {
                let shift = TimeShift(frames: FrameID(1)...FrameID(1), by: .seconds(365 * 86_400) * years * 2)
                return try archive.shift(shift, at: Self.now, applies: true)
            }
        }
        try await archive.close()
    }
}

@Suite struct `A leap of the clock in the archive` {
    @Test func `back takes away the slots that a wrong clock had missed, and explains what is left`() async throws {
        let folder = try TemporaryFolder()
        let archive = try await folder.open()
        for number in 1...5 { try await archive.store(number) }
        let gap = SlotRun(
            outcome: .missed, detail: SlotReason(.notRunning), first: Slot.number(6).due, slots: 145_000_000,
            interval: .seconds(10))
        try await archive.record([gap], camera: .printer)
        let far = 145_000_006
        for number in 6...9 { try await archive.store(number, slot: far + number - 6) }
        try await archive.recordLeap(
            before: Slot.number(far + 5).due, after: Slot.number(20).due, reason: "set")
        #expect(try archive.lastRun(of: .printer, by: Slot.number(20).due)?.slots == 14)
        for number in 20...25 { try await archive.store(number) }
        let report = try await archive.verify()
        #expect(report.isSound, "\(report.problems)")
        // A hole that no leap explains is one still.
        try await archive.pool.write { try $0.execute(sql: "DELETE FROM clock_event") }
        #expect(try await !archive.verify().ledgerIsSound)
        try await archive.close()
    }
}
