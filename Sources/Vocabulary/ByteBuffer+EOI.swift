package import NIOCore

extension ByteBuffer {
    /// A JPEG with the end-of-image marker that it lacks, for decoders that ask for it; itself where it ends with one.
    ///
    /// Pictures are kept as they came, and cut behind EOI: one without it is of a camera that leaves it out.
    package var closedByEOI: ByteBuffer {
        let end = readableBytesView.suffix(2)
        guard !end.elementsEqual([0xFF, 0xD9]) else { return self }
        var closed = ByteBuffer()
        closed.reserveCapacity(readableBytes + 2)
        closed.writeImmutableBuffer(self)
        // A marker may be preceded by any number of FF, so that one which was cut in two becomes whole as well.
        closed.writeInteger(0xFFD9 as UInt16)
        return closed
    }
}
