internal import NIOCore
internal import Vocabulary

/// One file in a ZIP, as the list at its end describes it (APPNOTE 6.3.10, section 4.3.12).
struct ZipEntry: Hashable, Sendable {
    /// Its path within the ZIP. It is shown and read for its date, and never used as a path on disk.
    let name: String
    /// Its name as it stands in the ZIP.
    let rawName: [UInt8]
    let method: UInt16
    let isEncrypted: Bool
    let checksum: UInt32
    let packedSize: Int64
    let size: Int64
    /// Where its own header stands, which its bytes follow.
    let headerOffset: Int64
    /// Whether it has sizes and places of 64 bits, so that none is cut to 32.
    let isWide: Bool
    /// When the file that was packed was changed last.
    let modified: ToldTime?

    static let signature: UInt32 = 0x0201_4B50
    /// The most bytes that one has in the list: name, extra field and comment have 65,535 at most.
    static let longest = 46 + 3 * 65_535

    /// Reads the next entry of the list.
    init(readingFrom list: inout ByteBuffer) throws(ZipProblem) {
        guard list.readInteger(endianness: .little) == Self.signature,
            let (madeBy, _, flags, method, time, date) = list.readMultipleIntegers(
                endianness: .little, as: (UInt16, UInt16, UInt16, UInt16, UInt16, UInt16).self),
            let (checksum, packedSize, size) = list.readMultipleIntegers(
                endianness: .little, as: (UInt32, UInt32, UInt32).self),
            let (nameLength, extraLength, commentLength, disk, _) = list.readMultipleIntegers(
                endianness: .little, as: (UInt16, UInt16, UInt16, UInt16, UInt16).self),
            let (_, offset) = list.readMultipleIntegers(endianness: .little, as: (UInt32, UInt32).self),
            let name = list.readBytes(length: Int(nameLength)),
            let extra = list.readSlice(length: Int(extraLength)),
            list.readSlice(length: Int(commentLength)) != nil
        else { throw .damaged("the ZIP's list of contents is damaged") }
        guard disk == 0 || disk == .max else { throw .multipleDisks }

        let fields = ZipExtraFields(extra)
        var wide = fields.zip64
        func widened(_ value: UInt32) throws(ZipProblem) -> Int64 {
            guard value == .max else { return Int64(value) }
            // Only what does not fit is in the extra field, in this order.
            guard let number = wide?.readInteger(endianness: .little, as: Int64.self), number >= 0 else {
                throw .damaged("the ZIP's list of contents lacks a size of more than 4 GiB")
            }
            return number
        }
        self.size = try widened(size)
        self.packedSize = try widened(packedSize)
        headerOffset = try widened(offset)
        (rawName, isWide) = (name, fields.zip64 != nil)
        // 3 is Unix, 19 macOS (APPNOTE 4.4.2).
        self.name = ZipName.text(name, unicode: fields.unicodeName, isUnix: [3, 19].contains(madeBy >> 8))
        (self.method, self.checksum, isEncrypted) = (method, checksum, flags & 1 != 0)
        modified = fields.modifiedAt.map(ToldTime.instant) ?? Self.civilTime(date: date, time: time).map(ToldTime.wall)
    }

    var isFolder: Bool { name.hasSuffix("/") }

    /// MS-DOS's date and time, in steps of two seconds. Packers that know no date write zeros, or the calendar's first day.
    private static func civilTime(date: UInt16, time: UInt16) -> CivilTime? {
        var civil = CivilTime(
            year: 1980 + Int(date >> 9), month: Int(date >> 5 & 15), day: Int(date & 31))
        (civil.hour, civil.minute, civil.second) = (Int(time >> 11), Int(time >> 5 & 63), Int(time & 31) * 2)
        return civil.isPlausible ? civil : nil
    }
}

/// The extra fields that matter here (APPNOTE 4.5).
private struct ZipExtraFields {
    private(set) var zip64: ByteBuffer?
    /// Info-ZIP's name in UTF-8 (0x7075), with what it is bound to.
    private(set) var unicodeName: [UInt8]?
    /// Info-ZIP's extended timestamp (0x5455): seconds since 1970, UTC.
    private(set) var modifiedAt: Timestamp?

    init(_ bytes: ByteBuffer) {
        var bytes = bytes
        while let (id, length) = bytes.readMultipleIntegers(endianness: .little, as: (UInt16, UInt16).self),
            var field = bytes.readSlice(length: Int(length))
        {
            switch id {
            case 0x0001: zip64 = field
            case 0x7075: unicodeName = Array(field.readableBytesView)
            case 0x5455:
                guard let flags = field.readInteger(as: UInt8.self), flags & 1 != 0,
                    let seconds = field.readInteger(endianness: .little, as: Int32.self), seconds > 0
                else { continue }
                modifiedAt = Timestamp(seconds: seconds)
            default: continue
            }
        }
    }
}
