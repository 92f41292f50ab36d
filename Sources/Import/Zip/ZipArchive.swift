internal import NIOCore
internal import Vocabulary

/// A ZIP open for reading (PKWARE's APPNOTE 6.3.10, ZIP64 included).
///
/// Its list of contents at the end says what is in it; nothing else is believed. Sizes are held against the file before
/// anything is allocated for them, and what is unpacked against its length and CRC-32.
final class ZipArchive: Sendable {
    let entries: [ZipEntry]
    private let file: ReadableFile
    /// What stands before the ZIP in its file, as in one that unpacks itself: all its offsets are off by that.
    private let start: Int64

    /// The longest list of contents that is read into memory: that of about five million pictures.
    private static let listLimit: Int64 = 512 << 20

    init(_ path: String) throws(ZipProblem) {
        file = try ReadableFile(path)
        let end = try ZipEnd(of: file)
        guard end.listSize <= Self.listLimit else { throw .damaged("the ZIP's list of contents is too long") }
        start = end.listStart - end.listOffset
        var list = try file.read(Int(end.listSize), at: end.listStart)
        var entries: [ZipEntry] = []
        while list.readableBytes > 0 { entries.append(try ZipEntry(readingFrom: &list)) }
        guard entries.count == end.entries else {
            throw .damaged("the ZIP's list has \(entries.count) entries and says \(end.entries)")
        }
        self.entries = entries
    }

    /// The whole content of an entry.
    ///
    /// - Parameter limit: the most bytes that are unpacked.
    func content(of entry: ZipEntry, limit: ByteCount) throws(ZipProblem) -> ByteBuffer {
        try requireReadable(entry)
        guard entry.size <= limit.bytes, entry.packedSize <= limit.bytes else { throw .tooLarge(limit) }
        let packed = try packed(entry, upTo: Int(entry.packedSize))
        guard packed.readableBytes == entry.packedSize else { throw .damaged("it reaches past the end of the ZIP") }
        let content = entry.method == 0 ? packed : try Inflater.inflate(packed, upTo: Int(entry.size) + 1)
        guard content.readableBytes == entry.size else {
            throw .damaged("it has not as many bytes as the ZIP says")
        }
        guard Inflater.checksum(content) == entry.checksum else { throw .checksum }
        return content
    }

    /// An entry's first bytes, unchecked.
    func head(of entry: ZipEntry, upTo count: Int) throws(ZipProblem) -> ByteBuffer {
        try requireReadable(entry)
        let count = Int(min(Int64(count), entry.size))
        let packed = try packed(entry, upTo: Int(min(Int64(count) + 1024, entry.packedSize)))
        return entry.method == 0
            ? packed.getSlice(at: 0, length: min(count, packed.readableBytes)) ?? packed
            : try Inflater.inflate(packed, upTo: count)
    }

    private func requireReadable(_ entry: ZipEntry) throws(ZipProblem) {
        if entry.isEncrypted { throw .encrypted }
        guard entry.method == 0 || entry.method == 8 else { throw .method(entry.method) }
    }

    private func packed(_ entry: ZipEntry, upTo count: Int) throws(ZipProblem) -> ByteBuffer {
        let (offset, isTooFar) = entry.headerOffset.addingReportingOverflow(start)
        guard !isTooFar else { throw .damaged("it begins past the end of the ZIP") }
        // The lengths of name and extra field differ from those in the list.
        let header = try file.read(30, at: offset)
        guard header.getInteger(at: 0, endianness: .little, as: UInt32.self) == 0x0403_4B50,
            let name = header.getInteger(at: 26, endianness: .little, as: UInt16.self),
            let extra = header.getInteger(at: 28, endianness: .little, as: UInt16.self)
        else { throw .damaged("it does not begin where the ZIP says") }
        return try file.read(count, at: offset + 30 + Int64(name) + Int64(extra))
    }
}

/// Where the list of contents is, as the record at the end of the ZIP says (APPNOTE 4.3.14 to 4.3.16).
private struct ZipEnd {
    var entries: Int64
    var listSize: Int64
    /// As the record says; the ZIP may not begin at the file's beginning.
    var listOffset: Int64
    /// In the file: the list ends where the record begins.
    let listStart: Int64

    init(of file: ReadableFile) throws(ZipProblem) {
        let tailStart = max(0, file.size - 22 - 65_535)
        let tail = try file.read(Int(file.size - tailStart), at: tailStart)
        guard let place = Self.place(in: tail),
            let (disk, listDisk, _, count, size, offset) = Self.numbers(in: tail, at: place)
        else { throw .truncated }
        (entries, listSize, listOffset) = (Int64(count), Int64(size), Int64(offset))
        var recordStart = tailStart + Int64(place)
        if count == .max || size == .max || offset == .max {
            let locator = try file.read(20, at: recordStart - 20)
            if locator.getInteger(at: 0, endianness: .little, as: UInt32.self) == 0x0706_4B50 {
                // The record is looked for right before its locator: the offset is wrong where something precedes the ZIP.
                recordStart -= 20 + 56
                let record = try file.read(56, at: recordStart)
                guard record.getInteger(at: 0, endianness: .little, as: UInt32.self) == 0x0606_4B50,
                    let count = record.getInteger(at: 32, endianness: .little, as: Int64.self),
                    let size = record.getInteger(at: 40, endianness: .little, as: Int64.self),
                    let offset = record.getInteger(at: 48, endianness: .little, as: Int64.self)
                else { throw .damaged("the ZIP's closing record is damaged") }
                (entries, listSize, listOffset) = (count, size, offset)
            }
        } else if disk != 0 || listDisk != 0 {
            throw .multipleDisks
        }
        guard entries >= 0, listSize >= 0, listOffset >= 0, listSize <= recordStart,
            listOffset <= recordStart - listSize
        else { throw .damaged("the ZIP's list of contents does not lie within it") }
        listStart = recordStart - listSize
    }

    /// The last place of the record's signature whose comment reaches to the file's end.
    private static func place(in tail: ByteBuffer) -> Int? {
        guard tail.readableBytes >= 22 else { return nil }
        return (0...(tail.readableBytes - 22)).reversed().first { place in
            tail.getInteger(at: place, endianness: .little, as: UInt32.self) == 0x0605_4B50
                && tail.getInteger(at: place + 20, endianness: .little, as: UInt16.self)
                    == UInt16(exactly: tail.readableBytes - place - 22)
        }
    }

    private static func numbers(
        in tail: ByteBuffer, at place: Int
    ) -> (UInt16, UInt16, UInt16, UInt16, UInt32, UInt32)? {
        var record = tail
        record.moveReaderIndex(to: place + 4)
        return record.readMultipleIntegers(endianness: .little)
    }
}
