import CZlib
import Foundation

/// A ZIP in the making, with whatever is to be wrong with it.
struct ZipBuilder {
    struct Entry {
        var name: String
        var content: [UInt8]
        var method: UInt16 = 0
        var flags: UInt16 = 0
        /// 2026-11-23 14:05:10, as MS-DOS writes it.
        var date: UInt16 = (46 << 9) | (11 << 5) | 23
        var time: UInt16 = (14 << 11) | (5 << 5) | 5
        var extra: [UInt8] = []
        var claimedSize: Int?
        var checksum: UInt32?
        var isWide = false
    }

    var entries: [Entry] = []
    var prefix: [UInt8] = []
    var comment: [UInt8] = []

    /// Info-ZIP's field with the time in UTC.
    static func utc(_ seconds: Int) -> [UInt8] { number(0x5455, 2) + number(5, 2) + [1] + number(seconds, 4) }

    var bytes: [UInt8] {
        var body = prefix
        var list: [UInt8] = []
        var isWide = false
        for entry in entries {
            let packed = entry.method == 8 ? Self.deflate(entry.content) : entry.content
            let sum = entry.checksum ?? UInt32(crc32(0, entry.content, UInt32(entry.content.count)))
            let (size, name) = (entry.claimedSize ?? entry.content.count, Array(entry.name.utf8))
            let offset = body.count - prefix.count
            let middle =
                Self.number(Int(entry.flags), 2) + Self.number(Int(entry.method), 2)
                + Self.number(Int(entry.time), 2) + Self.number(Int(entry.date), 2) + Self.number(Int(sum), 4)
            body += Self.number(0x0403_4B50, 4) + Self.number(20, 2) + middle + Self.number(packed.count, 4)
            body += Self.number(size, 4) + Self.number(name.count, 2) + Self.number(4, 2) + name
            // Another extra field than in the list.
            body += [0x99, 0x99, 0, 0] + packed
            let wide =
                Self.number(1, 2) + Self.number(24, 2) + Self.number(size, 8) + Self.number(packed.count, 8)
                + Self.number(offset, 8)
            let extra = entry.extra + (entry.isWide ? wide : [])
            isWide = isWide || entry.isWide
            let sizes = entry.isWide ? Self.number(-1, 8) : Self.number(packed.count, 4) + Self.number(size, 4)
            list += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + Self.number(20, 2) + middle + sizes
            list += Self.number(name.count, 2) + Self.number(extra.count, 2) + Self.number(0, 2) + Self.number(0, 2)
            list += Self.number(0, 6) + (entry.isWide ? Self.number(-1, 4) : Self.number(offset, 4)) + name + extra
        }
        let start = body.count - prefix.count
        var end: [UInt8] = []
        if isWide {
            end += Self.number(0x0606_4B50, 4) + Self.number(44, 8) + Self.number(45, 2) + Self.number(45, 2)
            end += Self.number(0, 8) + Self.number(entries.count, 8) + Self.number(entries.count, 8)
            end += Self.number(list.count, 8) + Self.number(start, 8)
            end +=
                Self.number(0x0706_4B50, 4) + Self.number(0, 4) + Self.number(start + list.count, 8) + Self.number(1, 4)
        }
        end += Self.number(0x0605_4B50, 4) + Self.number(0, 4)
        end += isWide ? Self.number(-1, 4) : Self.number(entries.count, 2) + Self.number(entries.count, 2)
        end += isWide ? Self.number(-1, 8) : Self.number(list.count, 4) + Self.number(start, 4)
        return body + list + end + Self.number(comment.count, 2) + comment
    }

    static func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// Raw Deflate: zlib's format without its two bytes in front and four behind.
    static func deflate(_ content: [UInt8]) -> [UInt8] {
        var size = compressBound(UInt(content.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        precondition(compress2(&packed, &size, content, UInt(content.count), 9) == Z_OK)
        return Array(packed[2..<Int(size) - 4])
    }
}
