internal import NIOCore

/// The tags that tell times (CIPA DC-008-2019, tables 4, 5 and 8).
enum TIFFTag: UInt16 {
    case dateTime = 0x0132
    case exifDirectory = 0x8769
    case dateTimeOriginal = 0x9003
    case dateTimeDigitized = 0x9004
    case offsetTime = 0x9010
    case offsetTimeOriginal = 0x9011
    case offsetTimeDigitized = 0x9012
    case subSecTime = 0x9290
    case subSecTimeOriginal = 0x9291
    case subSecTimeDigitized = 0x9292
}

/// A TIFF file in memory: where its directories are, and in which order the bytes of its numbers stand.
struct TIFFReader {
    fileprivate let bytes: ByteBuffer
    fileprivate let endianness: Endianness
    let firstDirectory: Int

    /// `nil` where the header is not TIFF's.
    init?(_ bytes: ByteBuffer) {
        switch bytes.getInteger(at: 0, as: UInt16.self) {
        case 0x4949: endianness = .little
        case 0x4D4D: endianness = .big
        default: return nil
        }
        guard bytes.getInteger(at: 2, endianness: endianness, as: UInt16.self) == 42,
            let first = bytes.getInteger(at: 4, endianness: endianness, as: UInt32.self)
        else { return nil }
        (self.bytes, firstDirectory) = (bytes, Int(first))
    }

    /// The directory at an offset; one without tags where there is none.
    func directory(at offset: Int) -> TIFFDirectory {
        let count = offset >= 8 ? bytes.getInteger(at: offset, endianness: endianness, as: UInt16.self) ?? 0 : 0
        return TIFFDirectory(reader: self, start: offset + 2, count: Int(count))
    }
}

/// A list of tags, 12 bytes each: tag, type, number of values, and the values or where they are.
struct TIFFDirectory {
    private let reader: TIFFReader
    private let start: Int
    private let count: Int

    fileprivate init(reader: TIFFReader, start: Int, count: Int) {
        (self.reader, self.start, self.count) = (reader, start, count)
    }

    /// Where a tag of type LONG points to.
    func pointer(_ tag: TIFFTag) -> Int? {
        guard let (type, _, value) = entry(tag), type == 4 else { return nil }
        return integer(at: value, as: UInt32.self).map(Int.init)
    }

    /// A tag's ASCII text up to its NUL; `nil` for one longer than any time is.
    func text(_ tag: TIFFTag) -> [UInt8]? {
        guard let (type, count, value) = entry(tag), type == 2, (1...64).contains(count) else { return nil }
        let place = count <= 4 ? value : integer(at: value, as: UInt32.self).map(Int.init)
        return place.flatMap { reader.bytes.getBytes(at: $0, length: count) }?.prefix { $0 != 0 }.map(\.self)
    }

    private func entry(_ tag: TIFFTag) -> (type: UInt16, count: Int, value: Int)? {
        for index in 0..<count {
            let place = start + 12 * index
            guard let found = integer(at: place, as: UInt16.self) else { return nil }
            guard found == tag.rawValue else { continue }
            guard let type = integer(at: place + 2, as: UInt16.self),
                let count = integer(at: place + 4, as: UInt32.self)
            else { return nil }
            return (type, Int(count), place + 8)
        }
        return nil
    }

    private func integer<Number: FixedWidthInteger>(at place: Int, as: Number.Type) -> Number? {
        reader.bytes.getInteger(at: place, endianness: reader.endianness)
    }
}
