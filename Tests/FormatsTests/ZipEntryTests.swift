import Formats
import NIOCore
import Testing
import Vocabulary

@Suite struct `A file in a ZIP's list` {
    private static let instant = Timestamp(seconds: 1_795_442_710)

    private func entry(
        _ name: String = "frames/täst 1.jpg", size: Int64 = 5000, offset: Int64 = 99, at instant: Timestamp = instant
    ) -> ZipEntry {
        ZipEntry(
            storing: name, size: size, checksum: 0xDEAD_BEEF, modified: instant, localTime: CivilTime(instant),
            headerOffset: offset)
    }

    private func read(_ record: ByteBuffer) throws -> ZipEntry {
        var record = record
        let entry = try ZipEntry(readingFrom: &record)
        #expect(record.readableBytes == 0)
        return entry
    }

    /// 2³² − 1 is what the field says that a number of 64 bits stands elsewhere.
    @Test(arguments: [0, 5000, 1 << 32 - 2, 1 << 32 - 1, 5 << 32] as [Int64], [0, 1 << 32 - 1, 7 << 32] as [Int64])
    func `is read as it was written, however large it is and wherever it stands`(size: Int64, offset: Int64) throws {
        let written = entry(size: size, offset: offset)
        #expect(try read(written.record) == written)
        #expect(written.isWide == (max(size, offset) >= 1 << 32 - 1))
    }

    @Test(arguments: [Timestamp(seconds: -86_400), Timestamp(seconds: 2_200_000_000)])
    func `tells no instant where its field cannot hold one, and its date on the wall all the same`(
        instant: Timestamp
    ) throws {
        let found = try read(entry(at: instant).record)
        #expect(found.modified == nil)
        #expect(found.localTime == DOSTime(CivilTime(instant)))
    }

    @Test func `is refused wherever it is cut short`() {
        let record = entry(size: 5 << 32).record
        for count in 0..<record.readableBytes {
            var cut = record.getSlice(at: 0, length: count) ?? ByteBuffer()
            #expect(throws: ZipEntry.Fault.damaged) { try ZipEntry(readingFrom: &cut) }
        }
    }

    @Test func `is refused where a number of 64 bits is missing, or where the ZIP is one of several parts`() {
        var narrow = entry().record
        narrow.setInteger(UInt32.max, at: 24, endianness: .little)
        #expect(throws: ZipEntry.Fault.numberMissing) { try ZipEntry(readingFrom: &narrow) }
        var split = entry().record
        split.setInteger(UInt16(1), at: 34, endianness: .little)
        #expect(throws: ZipEntry.Fault.severalDisks) { try ZipEntry(readingFrom: &split) }
    }

    @Test func `has a date on the wall in steps of two seconds, from 1980 to 2107`() {
        var civil = CivilTime(year: 2026, month: 11, day: 23)
        (civil.hour, civil.minute, civil.second) = (14, 5, 11)
        var even = civil
        even.second = 10
        #expect(DOSTime(civil).civil == even)
        #expect(DOSTime(CivilTime(year: 1971, month: 2, day: 3)).civil == CivilTime(year: 1980, month: 2, day: 3))
        #expect(DOSTime(CivilTime(year: 2200, month: 2, day: 3)).civil == CivilTime(year: 2107, month: 2, day: 3))
    }
}
