internal import NIOCore
internal import Vocabulary

/// One file in a ZIP, stored as it is (APPNOTE 6.3.10, sections 4.3.7 and 4.3.12).
struct ZipEntry {
    let name: String
    let size: Int64
    /// CRC-32 of its bytes.
    let checksum: UInt32
    let modified: Timestamp
    /// The same instant by the clock on the wall, in which MS-DOS's date is written.
    let localTime: CivilTime
    /// Where the file's header stands.
    let offset: Int64

    /// What stands before the file's bytes.
    var header: ByteBuffer {
        // Where one of the two sizes is wide, both are.
        var extra = Self.wide(size.isWide ? [size, size] : [])
        extra.writeImmutableBuffer(date)
        var header = ByteBuffer()
        header.writeMultipleIntegers(0x0403_4B50 as UInt32, version, endianness: .little)
        writeProperties(to: &header, extraLength: extra.readableBytes)
        header.writeString(name)
        header.writeBuffer(&extra)
        return header
    }

    /// What stands in the list at the ZIP's end.
    var record: ByteBuffer {
        var extra = Self.wide((size.isWide ? [size, size] : []) + (offset.isWide ? [offset] : []))
        extra.writeImmutableBuffer(date)
        var record = ByteBuffer()
        // Made on Unix, whose file modes the external attributes hold.
        record.writeMultipleIntegers(0x0201_4B50 as UInt32, 3 << 8 | version, version, endianness: .little)
        writeProperties(to: &record, extraLength: extra.readableBytes)
        let (comment, disk, internalAttributes) = (0 as UInt16, 0 as UInt16, 0 as UInt16)
        record.writeMultipleIntegers(
            comment, disk, internalAttributes, 0o100644 << 16 as UInt32, offset.narrowed, endianness: .little)
        record.writeString(name)
        record.writeBuffer(&extra)
        return record
    }

    /// 4.5 where ZIP64 fields are needed, else 1.0.
    private var version: UInt16 { size.isWide || offset.isWide ? 45 : 10 }

    /// The fields that both have, from the flags to the extra fields' length.
    private func writeProperties(to buffer: inout ByteBuffer, extraLength: Int) {
        let (nameIsUTF8, stored) = (1 << 11 as UInt16, 0 as UInt16)
        buffer.writeMultipleIntegers(nameIsUTF8, stored, dosTime, dosDate, endianness: .little)
        buffer.writeMultipleIntegers(checksum, size.narrowed, size.narrowed, endianness: .little)
        buffer.writeMultipleIntegers(UInt16(name.utf8.count), UInt16(extraLength), endianness: .little)
    }

    /// In steps of two seconds.
    private var dosTime: UInt16 {
        UInt16(localTime.hour << 11 | localTime.minute << 5 | localTime.second / 2)
    }

    /// From 1980 to 2107.
    private var dosDate: UInt16 {
        let year = min(max(localTime.year, 1980), 2107) - 1980
        return UInt16(year << 9 | localTime.month << 5 | localTime.day)
    }

    /// Info-ZIP's extended timestamp: Unix seconds in UTC. It ends in 2038, and is left out then.
    private var date: ByteBuffer {
        guard let seconds = Int32(exactly: modified.wholeSeconds.seconds) else { return ByteBuffer() }
        var field = ByteBuffer()
        let (length, modifiedOnly) = (5 as UInt16, 1 as UInt8)
        field.writeMultipleIntegers(0x5455 as UInt16, length, modifiedOnly, seconds, endianness: .little)
        return field
    }

    /// ZIP64's extra field with the numbers that do not fit elsewhere (section 4.5.3).
    private static func wide(_ numbers: [Int64]) -> ByteBuffer {
        guard !numbers.isEmpty else { return ByteBuffer() }
        var field = ByteBuffer()
        field.writeMultipleIntegers(1 as UInt16, UInt16(numbers.count * 8), endianness: .little)
        for number in numbers { field.writeInteger(number, endianness: .little) }
        return field
    }
}

extension Int64 {
    /// Whether a field of 32 bits cannot hold this; its greatest number says that ZIP64's field does.
    var isWide: Bool { self >= Int64(UInt32.max) }

    var narrowed: UInt32 { UInt32(clamping: self) }
}
