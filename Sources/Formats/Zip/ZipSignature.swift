/// What the records of a ZIP begin with (APPNOTE 6.3.10, section 4.3).
package enum ZipSignature {
    /// Before a file's bytes.
    package static let header: UInt32 = 0x0403_4B50
    /// A file in the list of contents.
    package static let entry: UInt32 = 0x0201_4B50
    /// At the very end.
    package static let end: UInt32 = 0x0605_4B50
    /// At the end, with numbers of 64 bits.
    package static let wideEnd: UInt32 = 0x0606_4B50
    /// Behind that one, and says where it is.
    package static let wideEndLocator: UInt32 = 0x0706_4B50
}
