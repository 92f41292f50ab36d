import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `What earlier runs left of usage readings` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func reading(_ minute: Int, cap: ByteCount? = nil) -> UsageReading {
        UsageReading(
            readAt: .start + .seconds(60 * minute), total: ByteCount(minute), monthlyCap: cap, resetIn: nil)
    }

    @Test func `is the newest records, oldest first, and the sum of those before them`() async throws {
        let archive = try await folder.open()
        for minute in 0..<5 {
            try await archive.recordUsage(
                reading(minute, cap: minute.isMultiple(of: 2) ? nil : ByteCount(314_572_800)), camera: .printer,
                received: ByteCount(10), proxied: ByteCount(minute), captures: 2)
        }
        let history = try archive.usageHistory(of: .printer, since: .start, limit: 2)
        #expect(history.records.map(\.reading) == [reading(3, cap: ByteCount(314_572_800)), reading(4)])
        #expect(history.records.map(\.proxied) == [ByteCount(3), ByteCount(4)])
        #expect(history.receivedEarlier == ByteCount(30))
        #expect(history.proxiedEarlier == ByteCount(0 + 1 + 2))
        #expect(history.capturesEarlier == 6)
        let later = try archive.usageHistory(of: .printer, since: .start + .seconds(150), limit: 9)
        #expect(later.records.count == 2)
        #expect(later.receivedEarlier == .zero)
        try await archive.close()
    }

    @Test func `tells by the ledger what came after the newest one, of the run that was open then its part`()
        async throws
    {
        let archive = try await folder.open()
        for slot in 0..<10 {
            try await archive.record(
                .rejected, detail: SlotReason(.truncated), for: .number(slot), camera: .printer,
                received: ByteCount(100),
                seen: nil)
        }
        for slot in 10..<12 {
            try await archive.record(
                .duplicate, detail: nil, for: .number(slot), camera: .printer, received: ByteCount(7), seen: nil)
        }
        let halfway = UsageReading(readAt: Slot.number(5).due, total: .zero, monthlyCap: nil, resetIn: nil)
        try await archive.recordUsage(halfway, camera: .printer, received: .zero, proxied: .zero, captures: 0)
        let history = try archive.usageHistory(of: .printer, since: .start - .seconds(1000))
        #expect(history.receivedSince == ByteCount(500 + 14))
        try await archive.close()
    }

    /// As at a job's end, which falls on the instant of a reading.
    @Test func `has the later of two readings within a millisecond, and what came before either`() async throws {
        let archive = try await folder.open()
        let end = reading(9)
        try await archive.recordUsage(
            end, camera: .printer, received: ByteCount(70), proxied: ByteCount(50), captures: 3)
        let again = UsageReading(
            readAt: end.readAt, total: ByteCount(99), monthlyCap: ByteCount(314_572_800), resetIn: nil)
        try await archive.recordUsage(
            again, camera: .printer, received: ByteCount(7), proxied: ByteCount(5), captures: 1)
        let records = try archive.usageHistory(of: .printer, since: .start).records
        #expect(records.map(\.reading) == [again])
        #expect(records.map(\.received) == [ByteCount(77)])
        #expect(records.map(\.proxied) == [ByteCount(55)])
        #expect(records.map(\.captures) == [4])
        try await archive.close()
    }

    @Test func `is nothing of a camera that was never heard of`() async throws {
        let archive = try await folder.open()
        let history = try archive.usageHistory(of: .printer, since: .start)
        #expect(history.records.isEmpty)
        #expect(history.receivedSince == .zero)
        try await archive.close()
    }
}
