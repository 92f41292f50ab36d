package import NIOCore

/// A TIFF file in memory (TIFF 6.0, section 2), which Exif data are.
///
/// It is read in place and a directory at a time, so that offsets which lead in circles or past the end cost nothing.
package struct TIFFBlock: Sendable {
    /// Offsets are indices in here.
    package var bytes: ByteBuffer
    package let endianness: Endianness

    /// A block without tags.
    package static var empty: TIFFBlock {
        TIFFBlock(bytes: ByteBuffer(bytes: [0x4D, 0x4D, 0, 42, 0, 0, 0, 0]), endianness: .big)
    }

    private init(bytes: ByteBuffer, endianness: Endianness) {
        (self.bytes, self.endianness) = (bytes, endianness)
    }

    /// `nil` where this does not begin as a TIFF file.
    package init?(_ content: ByteBuffer) {
        let bytes = content.slice()
        switch bytes.getInteger(at: 0, as: UInt16.self) {
        case 0x4949: endianness = .little
        case 0x4D4D: endianness = .big
        default: return nil
        }
        guard bytes.getInteger(at: 2, endianness: endianness, as: UInt16.self) == 42, bytes.readableBytes >= 8 else {
            return nil
        }
        self.bytes = bytes
    }

    /// Where the first directory is; 0: there is none.
    package var firstDirectory: UInt32 {
        get { bytes.getInteger(at: 4, endianness: endianness) ?? 0 }
        set { bytes.setInteger(newValue, at: 4, endianness: endianness) }
    }

    /// The directory at an offset, with those of its tags that the block has whole; one without tags where there is none.
    package func directory(at offset: UInt32) -> TIFFDirectory { readDirectory(at: offset).directory }

    /// The directory at an offset; `nil` where some of it is missing, or a tag is there twice, of which one would be lost.
    package func soundDirectory(at offset: UInt32) -> TIFFDirectory? {
        let (directory, isWhole) = readDirectory(at: offset)
        return isWhole && Set(directory.entries.map(\.tag)).count == directory.entries.count ? directory : nil
    }

    private func readDirectory(at offset: UInt32) -> (directory: TIFFDirectory, isWhole: Bool) {
        var directory = TIFFDirectory()
        var rest = bytes
        guard offset >= 8, Int(offset) <= rest.readableBytes else { return (directory, false) }
        rest.moveReaderIndex(to: Int(offset))
        guard let count = rest.readInteger(endianness: endianness, as: UInt16.self) else { return (directory, false) }
        for _ in 0..<count {
            guard
                let (tag, type, values) = rest.readMultipleIntegers(
                    endianness: endianness, as: (UInt16, UInt16, UInt32).self),
                let value = rest.readSlice(length: 4)
            else { return (directory, false) }
            directory.entries.append(.init(TIFFTag(rawValue: tag), type: type, count: values, value: value))
        }
        // Some writers leave the last one's end out.
        directory.next = rest.readInteger(endianness: endianness) ?? 0
        return (directory, true)
    }

    // MARK: - Values

    /// A number of 16 bits (SHORT), whatever type its writer gave it.
    package func short(_ entry: TIFFDirectory.Entry) -> UInt16? {
        entry.value.getInteger(at: entry.value.readerIndex, endianness: endianness)
    }

    /// A number of 32 bits, or an offset; `nil` where the entry is of another type than LONG.
    package func long(_ entry: TIFFDirectory.Entry) -> UInt32? { entry.type == 4 ? offset(in: entry) : nil }

    /// A text (ASCII) up to its NUL; `nil` for one longer than any time is.
    package func text(_ entry: TIFFDirectory.Entry) -> [UInt8]? {
        let count = Int(entry.count)
        guard entry.type == 2, (1...64).contains(count) else { return nil }
        let text =
            count <= 4
            ? Array(entry.value.readableBytesView.prefix(count))
            : offset(in: entry).flatMap { bytes.getBytes(at: Int($0), length: count) }
        return text?.prefix { $0 != 0 }.map(\.self)
    }

    private func offset(in entry: TIFFDirectory.Entry) -> UInt32? {
        entry.value.getInteger(at: entry.value.readerIndex, endianness: endianness)
    }
}
