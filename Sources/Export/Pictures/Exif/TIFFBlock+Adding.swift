internal import Formats
internal import NIOCore

/// How tags are added to a TIFF file.
///
/// Nothing in it is moved: offsets lead to where they led, also those that only a camera's maker knows of. What is new is
/// appended, changed directories as a whole, and what led to the old ones leads to the new.
extension TIFFBlock {
    /// Appends a directory, its tags in ascending order, and returns where it is.
    mutating func append(_ directory: TIFFDirectory) -> UInt32 {
        let offset = align()
        bytes.writeInteger(UInt16(clamping: directory.entries.count), endianness: endianness)
        for entry in directory.entries.sorted(by: { $0.tag.rawValue < $1.tag.rawValue }) {
            bytes.writeMultipleIntegers(entry.tag.rawValue, entry.type, entry.count, endianness: endianness)
            bytes.writeImmutableBuffer(entry.value)
        }
        bytes.writeInteger(directory.next, endianness: endianness)
        return offset
    }

    /// An entry for text, which is appended unless it fits in four bytes with its NUL.
    mutating func text(_ text: String, for tag: TIFFTag) -> TIFFDirectory.Entry {
        let (ascii, text) = (2 as UInt16, Array(text.utf8) + [0])
        var value = ByteBuffer()
        if text.count <= 4 {
            value.writeBytes(text + repeatElement(0, count: 4 - text.count))
        } else {
            value.writeInteger(align(), endianness: endianness)
            bytes.writeBytes(text)
        }
        return .init(tag, type: ascii, count: UInt32(text.count), value: value)
    }

    /// An entry for four bytes of no type.
    func undefined(_ text: String, for tag: TIFFTag) -> TIFFDirectory.Entry {
        .init(tag, type: 7, count: 4, value: ByteBuffer(string: text))
    }

    /// An entry for a number of 32 bits.
    func long(_ number: UInt32, for tag: TIFFTag) -> TIFFDirectory.Entry {
        .init(tag, type: 4, count: 1, value: ByteBuffer(integer: number, endianness: endianness))
    }

    /// Where the next thing goes: directories and values begin at even offsets.
    private mutating func align() -> UInt32 {
        if !bytes.writerIndex.isMultiple(of: 2) { bytes.writeInteger(0 as UInt8) }
        return UInt32(bytes.writerIndex)
    }
}

extension TIFFDirectory {
    /// Puts an entry in, in place of the one of its tag where there is one.
    mutating func set(_ entry: Entry) {
        entries.removeAll { $0.tag == entry.tag }
        entries.append(entry)
    }
}
