internal import NIOCore
internal import Vocabulary

/// What stands before a file in a tar: a ustar header (POSIX.1-2017, pax, “ustar Interchange Format”), and before it the
/// extended one of pax with what that has no room for.
struct TarHeader {
    let name: String
    let size: Int64
    let modified: Timestamp

    static let blockSize = 512

    var bytes: ByteBuffer {
        let records = extendedRecords
        var bytes = ByteBuffer()
        if !records.isEmpty {
            let last = name.split(separator: "/").last.map(String.init) ?? name
            write(to: &bytes, name: "PaxHeaders/" + last, size: Int64(records.utf8.count), type: "x")
            bytes.writeString(records)
            bytes.writeRepeatingByte(0, count: Self.padding(after: Int64(records.utf8.count)))
        }
        write(to: &bytes, name: name, size: size, type: "0")
        return bytes
    }

    /// How many zeros fill a file's last block.
    static func padding(after size: Int64) -> Int { Int((512 - size % 512) % 512) }

    /// A name that is long or not ASCII, a size of 8 GiB, and a time with a fraction or before 1970 need a record each.
    private var extendedRecords: String {
        var records = ""
        if name.utf8.count > 100 || !name.utf8.allSatisfy({ $0 < 0x80 }) { records += Self.record("path", name) }
        if size > Self.greatest { records += Self.record("size", "\(size)") }
        let (seconds, milliseconds) = modified.wholeSeconds
        if milliseconds != 0 || !(0...Self.greatest).contains(seconds) {
            records += Self.record("mtime", modified.decimalSeconds)
        }
        return records
    }

    /// Eleven octal digits.
    private static let greatest: Int64 = 0o77777777777

    /// `30 mtime=1795442700.250` and a newline; the length counts itself too.
    private static func record(_ key: String, _ value: String) -> String {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count
        while String(length).utf8.count + rest.utf8.count != length {
            length = String(length).utf8.count + rest.utf8.count
        }
        return "\(length)\(rest)"
    }

    private func write(to bytes: inout ByteBuffer, name: String, size: Int64, type: String) {
        let start = bytes.writerIndex
        bytes.writeBytes(name.utf8.prefix(100))
        bytes.writeRepeatingByte(0, count: 100 - min(100, name.utf8.count))
        // Mode, and an owner who is nobody's: whoever unpacks it owns it.
        bytes.writeString("0000644\u{0}0000000\u{0}0000000\u{0}")
        bytes.writeString(Self.octal(min(size, Self.greatest)) + "\u{0}")
        bytes.writeString(Self.octal(min(max(modified.wholeSeconds.seconds, 0), Self.greatest)) + "\u{0}")
        let checksumPlace = bytes.writerIndex
        bytes.writeString("        " + type)
        bytes.writeRepeatingByte(0, count: 100)
        bytes.writeString("ustar\u{0}00")
        bytes.writeRepeatingByte(0, count: 64)
        bytes.writeString("0000000\u{0}0000000\u{0}")
        bytes.writeRepeatingByte(0, count: start + Self.blockSize - bytes.writerIndex)
        // The sum of all bytes, its own place counted as blanks.
        let sum = bytes.viewBytes(at: start, length: Self.blockSize)?.reduce(0) { $0 + Int64($1) } ?? 0
        bytes.setString(Self.octal(sum, digits: 6) + "\u{0} ", at: checksumPlace)
    }

    private static func octal(_ number: Int64, digits: Int = 11) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension Timestamp {
    /// Seconds since 1970 with three decimals: `1795442700.250`.
    fileprivate var decimalSeconds: String {
        let magnitude = milliseconds.magnitude
        return (milliseconds < 0 ? "-" : "") + "\(magnitude / 1000)." + Int(magnitude % 1000).padded(3)
    }
}
