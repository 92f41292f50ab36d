internal import Formats
internal import NIOCore
internal import Vocabulary

/// A ZIP open for reading (PKWARE's APPNOTE 6.3.10, ZIP64 included).
///
/// Its list of contents at the end says what is in it; nothing else is believed. Sizes are held against the file before
/// anything is allocated for them, and what is unpacked against its length and CRC-32.
///
/// Packers that know no ZIP64 (Finder, cameras) cut numbers that are too large for their fields: a count to 16 bits, a place to
/// 32. Both are taken for what they are cut from.
final class ZipArchive: Sendable {
    private let file: ReadableFile
    /// Where in the file the list of contents begins. Entries are read from it when they are asked for, for there may be very
    /// many: in memory is only where each of them begins.
    private let listStart: Int64
    /// Where each entry begins in the list, and at the end where the list ends.
    private let places: [UInt32]
    /// What stands before the ZIP in its file, as in one that unpacks itself: all its offsets are off by that.
    private let start: Int64

    /// The most entries: three months of a picture every 10 s. They take about 150 bytes each while they are imported.
    static let entryLimit: Int64 = 800_000
    /// The longest list of contents that is read.
    private static let listLimit: Int64 = 256 << 20

    convenience init(_ path: RawPath) throws(ZipProblem) {
        try self.init(path, entryLimit: Self.entryLimit)
    }

    init(_ path: RawPath, entryLimit: Int64) throws(ZipProblem) {
        file = try ReadableFile(path)
        let end = try ZipEnd(of: file)
        guard end.entries <= entryLimit else { throw .tooMany(end.entries, limit: entryLimit) }
        guard end.listSize <= Self.listLimit else { throw .damaged("the ZIP's list of contents is too long") }
        let before = end.listStart - end.listOffset
        // A multiple of 4 GiB is what a place lost that was cut to 32 bits.
        start = before % ZipEnd.wrap == 0 ? 0 : before
        listStart = end.listStart
        places = try Self.places(in: file, listStart: end.listStart, size: end.listSize, limit: entryLimit)
        let count = places.count - 1
        guard count == end.entries || !end.isWide && count & 0xFFFF == end.entries else {
            throw .damaged("the ZIP's list has \(count) entries and says \(end.entries)")
        }
    }

    var count: Int { places.count - 1 }

    /// All of them, for a ZIP of a few.
    var entries: [ZipEntry] { (0..<count).compactMap(entry) }

    /// The entry of a number, 0 to ``count``.
    func entry(_ index: Int) -> ZipEntry? { try? requireEntry(index) }

    func requireEntry(_ index: Int) throws(ZipProblem) -> ZipEntry {
        let (start, end) = (places[index], places[index + 1])
        var entry = try file.read(Int(end - start), at: listStart + Int64(start))
        return try Self.entry(readingFrom: &entry)
    }

    private static func entry(readingFrom list: inout ByteBuffer) throws(ZipProblem) -> ZipEntry {
        do { return try ZipEntry(readingFrom: &list) } catch { throw ZipProblem(error) }
    }

    private static func places(
        in file: ReadableFile, listStart: Int64, size: Int64, limit: Int64
    ) throws(ZipProblem) -> [UInt32] {
        var places: [UInt32] = []
        // No entry has fewer bytes than its fixed part.
        places.reserveCapacity(Int(min(limit, size / Int64(ZipEntry.shortest))) + 1)
        var place: Int64 = 0
        var window = ByteBuffer()
        while place < size {
            guard places.count < limit else { throw .tooMany(Int64(places.count) + 1, limit: limit) }
            if window.readableBytes < ZipEntry.longest, place + Int64(window.readableBytes) < size {
                window = try file.read(Int(min(1 << 20, size - place)), at: listStart + place)
            }
            places.append(UInt32(place))
            let before = window.readableBytes
            _ = try entry(readingFrom: &window)
            place += Int64(before - window.readableBytes)
        }
        places.append(UInt32(size))
        return places
    }

    // MARK: - Content

    /// The whole content of an entry.
    ///
    /// - Parameter limit: the most bytes that are unpacked.
    func content(of entry: ZipEntry, limit: ByteCount) throws(ZipProblem) -> ByteBuffer {
        try requireReadable(entry)
        guard entry.size <= limit.bytes, entry.packedSize <= limit.bytes else { throw .tooLarge(limit) }
        let packed = try file.read(Int(entry.packedSize), at: contentPlace(of: entry))
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
        let packed = try file.read(
            Int(min(Int64(count) + 1024, entry.packedSize)), at: contentPlace(of: entry))
        return entry.method == 0
            ? packed.getSlice(at: 0, length: min(count, packed.readableBytes)) ?? packed
            : try Inflater.inflate(packed, upTo: count)
    }

    /// Hands an entry's content on piece by piece, unchecked, in memory that does not depend on its length.
    ///
    /// - Parameter take: returns whether it wants more.
    func forEachPiece(of entry: ZipEntry, _ take: (ByteBuffer) -> Bool) throws(ZipProblem) {
        try requireReadable(entry)
        let place = try contentPlace(of: entry)
        guard entry.method != 0 else {
            return try file.forEachPiece(from: place, upTo: place.addingSaturating(entry.packedSize), take)
        }
        var inflater = try Inflater()
        var failure: ZipProblem?
        try file.forEachPiece(from: place, upTo: place.addingSaturating(entry.packedSize)) { packed in
            do throws(ZipProblem) { return try inflater.forEachPiece(of: packed, take) } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
    }

    private func requireReadable(_ entry: ZipEntry) throws(ZipProblem) {
        if entry.isEncrypted { throw .encrypted }
        guard entry.method == 0 || entry.method == 8 else { throw .method(entry.method) }
    }

    /// Where the entry's bytes begin, behind a header of its own, which has its name once more.
    private func contentPlace(of entry: ZipEntry) throws(ZipProblem) -> Int64 {
        // Places past 4 GiB may be cut to 32 bits: the header with the entry's name tells which one is meant.
        let cuts = entry.isWide ? 0 : file.size / ZipEnd.wrap
        for cut in 0...cuts {
            let offset = entry.headerOffset.addingSaturating(start).addingSaturating(cut * ZipEnd.wrap)
            // The lengths of name and extra field differ from those in the list.
            let header = try file.read(30 + entry.name.count, at: offset)
            guard header.getInteger(at: 0, endianness: .little, as: UInt32.self) == ZipSignature.header,
                let name = header.getInteger(at: 26, endianness: .little, as: UInt16.self),
                let extra = header.getInteger(at: 28, endianness: .little, as: UInt16.self)
            else { continue }
            let isMeant = cuts == 0 || header.getBytes(at: 30, length: entry.name.count) == entry.name
            if isMeant { return offset + 30 + Int64(name) + Int64(extra) }
        }
        throw .damaged("it does not begin where the ZIP says")
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
    /// Whether it has numbers of 64 bits.
    private(set) var isWide = false

    /// What a place of 32 bits is short of where it was cut.
    static let wrap: Int64 = 1 << 32

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
            if locator.getInteger(at: 0, endianness: .little, as: UInt32.self) == ZipSignature.wideEndLocator {
                // The record is looked for right before its locator: the offset is wrong where something precedes the ZIP.
                recordStart -= 20 + 56
                let record = try file.read(56, at: recordStart)
                guard record.getInteger(at: 0, endianness: .little, as: UInt32.self) == ZipSignature.wideEnd,
                    let count = record.getInteger(at: 32, endianness: .little, as: Int64.self),
                    let size = record.getInteger(at: 40, endianness: .little, as: Int64.self),
                    let offset = record.getInteger(at: 48, endianness: .little, as: Int64.self)
                else { throw .damaged("the ZIP's closing record is damaged") }
                (entries, listSize, listOffset, isWide) = (count, size, offset, true)
            }
        } else if disk != 0 || listDisk != 0 {
            throw .multipleDisks
        }
        guard entries >= 0, listSize >= 0, listOffset >= 0, listSize <= recordStart,
            listOffset <= recordStart - listSize
        else { throw .damaged("the ZIP's list of contents does not lie within it") }
        listStart = recordStart - listSize
    }

    /// The last place of the record's signature whose comment reaches to the file's end, or else, where something was put
    /// behind the ZIP, the last one whose comment ends before that.
    private static func place(in tail: ByteBuffer) -> Int? {
        guard tail.readableBytes >= 22 else { return nil }
        let places = (0...(tail.readableBytes - 22)).reversed().filter {
            tail.getInteger(at: $0, endianness: .little, as: UInt32.self) == ZipSignature.end
        }
        func rest(_ place: Int) -> Int {
            let comment = tail.getInteger(at: place + 20, endianness: .little, as: UInt16.self) ?? .max
            return tail.readableBytes - place - 22 - Int(comment)
        }
        return places.first { rest($0) == 0 } ?? places.first { rest($0) > 0 }
    }

    private static func numbers(
        in tail: ByteBuffer, at place: Int
    ) -> (UInt16, UInt16, UInt16, UInt16, UInt32, UInt32)? {
        var record = tail
        record.moveReaderIndex(to: place + 4)
        return record.readMultipleIntegers(endianness: .little)
    }
}
