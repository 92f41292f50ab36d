package import NIOCore

/// What stands at a ZIP's very end and says where its list of files is (APPNOTE 6.3.10, sections 4.3.14 to 4.3.16).
package struct ZipDirectoryEnd: Hashable, Sendable {
    package let entries: Int
    /// The list's.
    package let size: Int64
    package let offset: Int64

    /// - Parameters:
    ///   - entries: how many files there are.
    ///   - size: of their list, in bytes.
    ///   - offset: where the list begins.
    package init(entries: Int, size: Int64, offset: Int64) {
        (self.entries, self.size, self.offset) = (entries, size, offset)
    }

    package var bytes: ByteBuffer {
        var end = ByteBuffer()
        let needsZIP64 = entries >= Int(UInt16.max) || size.isWide || offset.isWide
        let (disk, disks, comment) = (0 as UInt32, 1 as UInt32, 0 as UInt16)
        if needsZIP64 {
            let (length, version) = (44 as Int64, 45 as UInt16)
            end.writeMultipleIntegers(ZipSignature.wideEnd, length, 3 << 8 | version, version, endianness: .little)
            end.writeMultipleIntegers(
                disk, disk, Int64(entries), Int64(entries), size, offset, endianness: .little)
            end.writeMultipleIntegers(ZipSignature.wideEndLocator, disk, offset + size, disks, endianness: .little)
        }
        let count = UInt16(clamping: entries)
        end.writeMultipleIntegers(
            ZipSignature.end, UInt16(disk), UInt16(disk), count, count, endianness: .little)
        end.writeMultipleIntegers(size.narrowed, offset.narrowed, comment, endianness: .little)
        return end
    }
}
