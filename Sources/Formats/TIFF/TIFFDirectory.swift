package import NIOCore

/// A list of tags (TIFF 6.0, section 2).
package struct TIFFDirectory {
    /// A tag with what stands behind it, 12 bytes in the block.
    package struct Entry {
        package let tag: TIFFTag
        package let type: UInt16
        /// Of values, not of bytes.
        package let count: UInt32
        /// Four bytes in the block's own order: the value, or where it is.
        package let value: ByteBuffer

        package init(_ tag: TIFFTag, type: UInt16, count: UInt32, value: ByteBuffer) {
            (self.tag, self.type, self.count, self.value) = (tag, type, count, value)
        }
    }

    package var entries: [Entry] = []
    /// Where the next directory is; 0: there is none.
    package var next: UInt32 = 0

    package init() {}

    /// The first entry of a tag.
    package subscript(_ tag: TIFFTag) -> Entry? { entries.first { $0.tag == tag } }
}
