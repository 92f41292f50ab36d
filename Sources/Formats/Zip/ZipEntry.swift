package import Vocabulary

/// One file in a ZIP, as the list at its end describes it (APPNOTE 6.3.10, section 4.3.12).
package struct ZipEntry: Hashable, Sendable {
    /// Its path within the ZIP, in whatever its packer wrote.
    package let name: [UInt8]
    /// Info-ZIP's name in UTF-8 (0x7075), with what it is bound to.
    package let unicodeName: [UInt8]?
    /// Whether it was packed on Unix or macOS.
    package let isFromUnix: Bool
    /// 0 where it is stored as it is, 8 for Deflate (section 4.4.5).
    package let method: UInt16
    package let isEncrypted: Bool
    /// CRC-32 of its bytes.
    package let checksum: UInt32
    package let packedSize: Int64
    package let size: Int64
    /// Where its own header stands, which its bytes follow.
    package let headerOffset: Int64
    /// Whether it has sizes and places of 64 bits, so that none is cut to 32.
    package let isWide: Bool
    /// When the file that was packed was changed last, where that is told with an offset.
    package let modified: Timestamp?
    /// The same by the clock on the wall where it was packed.
    package let localTime: DOSTime

    /// What Unix has in the upper byte of the version that made an entry, and macOS (section 4.4.2).
    static let (unix, macOS): (UInt16, UInt16) = (3, 19)
    static let (isEncryptedFlag, nameIsUTF8Flag): (UInt16, UInt16) = (1, 1 << 11)
}
