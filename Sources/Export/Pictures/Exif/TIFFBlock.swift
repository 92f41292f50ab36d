internal import NIOCore

/// The tags that a time is written to (CIPA DC-008-2019, tables 4, 5 and 8), and the one that says how a picture stands.
enum TIFFTag {
    static let orientation: UInt16 = 0x0112
    static let dateTime: UInt16 = 0x0132
    static let exifDirectory: UInt16 = 0x8769
    static let exifVersion: UInt16 = 0x9000
    static let dateTimeOriginal: UInt16 = 0x9003
    static let offsetTime: UInt16 = 0x9010
    static let offsetTimeOriginal: UInt16 = 0x9011
    static let subSecTime: UInt16 = 0x9290
    static let subSecTimeOriginal: UInt16 = 0x9291
}

/// A list of tags (TIFF 6.0, section 2).
struct TIFFDirectory {
    /// What stands behind a tag: type, count, and the value or where it is, 10 bytes in the block's own order.
    typealias Entry = ByteBuffer

    var entries: [UInt16: Entry] = [:]
    /// Where the next directory is; 0: there is none.
    var next: UInt32 = 0
}

/// A TIFF file in memory that tags are added to.
///
/// Nothing in it is moved: offsets lead to where they led, also those that only a camera's maker knows of. What is new is
/// appended, changed directories as a whole, and what led to the old ones leads to the new.
struct TIFFBlock {
    private(set) var bytes: ByteBuffer
    private let endianness: Endianness

    /// A block without tags.
    static var empty: TIFFBlock {
        TIFFBlock(bytes: ByteBuffer(bytes: [0x4D, 0x4D, 0, 42, 0, 0, 0, 0]), endianness: .big)
    }

    private init(bytes: ByteBuffer, endianness: Endianness) {
        (self.bytes, self.endianness) = (bytes, endianness)
    }

    /// `nil` where this does not begin as a TIFF file.
    init?(_ content: ByteBuffer) {
        guard let order = content.getInteger(at: content.readerIndex, as: UInt16.self),
            order == 0x4949 || order == 0x4D4D
        else { return nil }
        let bytes = ByteBuffer(bytes: content.readableBytesView)
        self.init(bytes: bytes, endianness: order == 0x4949 ? .little : .big)
        guard self.bytes.getInteger(at: 2, endianness: endianness, as: UInt16.self) == 42, bytes.readableBytes >= 8
        else {
            return nil
        }
    }

    var firstDirectory: UInt32 {
        get { bytes.getInteger(at: 4, endianness: endianness) ?? 0 }
        set { bytes.setInteger(newValue, at: 4, endianness: endianness) }
    }

    /// The directory at an offset, an empty one at 0; `nil` where there is no sound one.
    func directory(at offset: UInt32) -> TIFFDirectory? {
        var directory = TIFFDirectory()
        guard offset != 0 else { return directory }
        var rest = bytes
        guard offset >= 8, Int(offset) <= rest.readableBytes else { return nil }
        rest.moveReaderIndex(forwardBy: Int(offset))
        guard let count = rest.readInteger(endianness: endianness, as: UInt16.self) else { return nil }
        for _ in 0..<count {
            guard let tag = rest.readInteger(endianness: endianness, as: UInt16.self),
                let entry = rest.readSlice(length: 10)
            else { return nil }
            // Of a tag that is there twice one would be lost.
            guard directory.entries.updateValue(entry, forKey: tag) == nil else { return nil }
        }
        // Some writers leave the last one's end out.
        directory.next = rest.readInteger(endianness: endianness) ?? 0
        return directory
    }

    /// Appends a directory, its tags in ascending order, and returns where it is.
    mutating func append(_ directory: TIFFDirectory) -> UInt32 {
        let offset = align()
        bytes.writeInteger(UInt16(clamping: directory.entries.count), endianness: endianness)
        for (tag, entry) in directory.entries.sorted(by: { $0.key < $1.key }) {
            bytes.writeInteger(tag, endianness: endianness)
            bytes.writeImmutableBuffer(entry)
        }
        bytes.writeInteger(directory.next, endianness: endianness)
        return offset
    }

    /// An entry for text, which is appended unless it fits in four bytes with its NUL.
    mutating func text(_ text: String) -> TIFFDirectory.Entry {
        let ascii: UInt16 = 2
        let value = Array(text.utf8) + [0]
        if value.count <= 4 { return entry(ascii, count: value.count, value: value) }
        let offset = align()
        bytes.writeBytes(value)
        var entry = ByteBuffer()
        entry.writeMultipleIntegers(ascii, UInt32(value.count), offset, endianness: endianness)
        return entry
    }

    /// An entry for four bytes of no type.
    func undefined(_ text: String) -> TIFFDirectory.Entry { entry(7, count: 4, value: Array(text.utf8)) }

    /// An entry for a number of 32 bits.
    func long(_ number: UInt32) -> TIFFDirectory.Entry {
        var entry = ByteBuffer()
        entry.writeMultipleIntegers(4 as UInt16, 1 as UInt32, number, endianness: endianness)
        return entry
    }

    /// The number in an entry; `nil` where it is of another type.
    func long(_ entry: TIFFDirectory.Entry) -> UInt32? {
        var entry = entry
        guard
            let (type, count, number) = entry.readMultipleIntegers(
                endianness: endianness, as: (UInt16, UInt32, UInt32).self), type == 4, count == 1
        else { return nil }
        return number
    }

    private func entry(_ type: UInt16, count: Int, value: [UInt8]) -> TIFFDirectory.Entry {
        var entry = ByteBuffer()
        entry.writeMultipleIntegers(type, UInt32(count), endianness: endianness)
        entry.writeBytes(value + repeatElement(0, count: 4 - value.count))
        return entry
    }

    /// Where the next thing goes: directories and values begin at even offsets.
    private mutating func align() -> UInt32 {
        if !bytes.writerIndex.isMultiple(of: 2) { bytes.writeInteger(0 as UInt8) }
        return UInt32(bytes.writerIndex)
    }
}
