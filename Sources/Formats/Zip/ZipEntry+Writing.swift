package import NIOCore
package import Vocabulary

extension ZipEntry {
    /// A file that is stored as it is.
    ///
    /// - Parameters:
    ///   - checksum: CRC-32 of its bytes.
    ///   - localTime: when it was changed last by the clock on the wall.
    package init(
        storing name: String, size: Int64, checksum: UInt32, modified: Timestamp, localTime: CivilTime,
        headerOffset: Int64
    ) {
        (self.name, unicodeName, isFromUnix) = (Array(name.utf8), nil, true)
        (method, isEncrypted, self.checksum) = (0, false, checksum)
        (packedSize, self.size, self.headerOffset) = (size, size, headerOffset)
        isWide = size.isWide || headerOffset.isWide
        // Info-ZIP's field ends in 2038.
        self.modified = Int32(exactly: modified.wholeSeconds.seconds).map { Timestamp(seconds: $0) }
        self.localTime = DOSTime(localTime)
    }

    /// What stands before the file's bytes.
    package var header: ByteBuffer {
        // Where one of the two sizes is wide, both are.
        var extra = Self.wide(sizes)
        extra.writeImmutableBuffer(date)
        var header = ByteBuffer()
        header.writeMultipleIntegers(ZipSignature.header, version, endianness: .little)
        writeProperties(to: &header, extraLength: extra.readableBytes)
        header.writeBytes(name)
        header.writeBuffer(&extra)
        return header
    }

    /// What stands in the list at the ZIP's end.
    package var record: ByteBuffer {
        var extra = Self.wide(sizes + (headerOffset.isWide ? [headerOffset] : []))
        extra.writeImmutableBuffer(date)
        var record = ByteBuffer()
        // Made on Unix, whose file modes the external attributes hold.
        record.writeMultipleIntegers(ZipSignature.entry, Self.unix << 8 | version, version, endianness: .little)
        writeProperties(to: &record, extraLength: extra.readableBytes)
        let (comment, disk, internalAttributes) = (0 as UInt16, 0 as UInt16, 0 as UInt16)
        record.writeMultipleIntegers(
            comment, disk, internalAttributes, 0o100644 << 16 as UInt32, headerOffset.narrowed, endianness: .little)
        record.writeBytes(name)
        record.writeBuffer(&extra)
        return record
    }

    /// 4.5 where ZIP64 fields are needed, else 1.0.
    private var version: UInt16 { isWide ? 45 : 10 }

    /// Those that do not fit.
    private var sizes: [Int64] { size.isWide ? [size, packedSize] : [] }

    /// The fields that both have, from the flags to the extra fields' length.
    private func writeProperties(to buffer: inout ByteBuffer, extraLength: Int) {
        buffer.writeMultipleIntegers(
            Self.nameIsUTF8Flag, method, localTime.time, localTime.date, endianness: .little)
        buffer.writeMultipleIntegers(checksum, packedSize.narrowed, size.narrowed, endianness: .little)
        buffer.writeMultipleIntegers(UInt16(name.count), UInt16(extraLength), endianness: .little)
    }

    /// Info-ZIP's extended timestamp.
    private var date: ByteBuffer {
        guard let seconds = modified.flatMap({ Int32(exactly: $0.wholeSeconds.seconds) }) else { return ByteBuffer() }
        var field = ByteBuffer()
        field.writeMultipleIntegers(
            ZipExtraField.timestamp, 5 as UInt16, ZipExtraField.isModified, seconds, endianness: .little)
        return field
    }

    private static func wide(_ numbers: [Int64]) -> ByteBuffer {
        guard !numbers.isEmpty else { return ByteBuffer() }
        var field = ByteBuffer()
        field.writeMultipleIntegers(ZipExtraField.wide, UInt16(numbers.count * 8), endianness: .little)
        for number in numbers { field.writeInteger(number, endianness: .little) }
        return field
    }
}

extension Int64 {
    /// Whether a field of 32 bits cannot hold this; its greatest number says that ZIP64's field does.
    package var isWide: Bool { self >= Int64(UInt32.max) }

    package var narrowed: UInt32 { UInt32(clamping: self) }
}
