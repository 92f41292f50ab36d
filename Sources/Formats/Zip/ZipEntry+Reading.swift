package import NIOCore
internal import Vocabulary

extension ZipEntry {
    /// Why there is no entry to be read.
    package enum Fault: Error, Hashable {
        case damaged
        /// The ZIP is one part of several.
        case severalDisks
        /// A number is said to stand among ZIP64's, and does not.
        case numberMissing
    }

    /// The most bytes that one has in the list: name, extra field and comment have 65,535 at most.
    package static let longest = shortest + 3 * 65_535
    /// The least.
    package static let shortest = 46

    /// Reads the next entry of the list.
    package init(readingFrom list: inout ByteBuffer) throws(Fault) {
        guard list.readInteger(endianness: .little) == ZipSignature.entry,
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
        else { throw .damaged }
        guard disk == 0 || disk == .max else { throw .severalDisks }

        let fields = ExtraFields(extra)
        var wide = fields.wide
        func widened(_ value: UInt32) throws(Fault) -> Int64 {
            guard value == .max else { return Int64(value) }
            // Only what does not fit is in the extra field, in this order.
            guard let number = wide?.readInteger(endianness: .little, as: Int64.self), number >= 0 else {
                throw .numberMissing
            }
            return number
        }
        self.size = try widened(size)
        self.packedSize = try widened(packedSize)
        headerOffset = try widened(offset)
        (self.name, unicodeName, isWide) = (name, fields.unicodeName, fields.wide != nil)
        isFromUnix = [Self.unix, Self.macOS].contains(madeBy >> 8)
        (self.method, self.checksum, isEncrypted) = (method, checksum, flags & Self.isEncryptedFlag != 0)
        (modified, localTime) = (fields.modified, DOSTime(time: time, date: date))
    }

    private struct ExtraFields {
        private(set) var wide: ByteBuffer?
        private(set) var unicodeName: [UInt8]?
        private(set) var modified: Timestamp?

        init(_ bytes: ByteBuffer) {
            var bytes = bytes
            while let (id, length) = bytes.readMultipleIntegers(endianness: .little, as: (UInt16, UInt16).self),
                var field = bytes.readSlice(length: Int(length))
            {
                switch id {
                case ZipExtraField.wide: wide = field
                case ZipExtraField.unicodeName: unicodeName = Array(field.readableBytesView)
                case ZipExtraField.timestamp:
                    guard let flags = field.readInteger(as: UInt8.self), flags & ZipExtraField.isModified != 0,
                        let seconds = field.readInteger(endianness: .little, as: Int32.self), seconds > 0
                    else { continue }
                    modified = Timestamp(seconds: seconds)
                default: continue
                }
            }
        }
    }
}
