internal import CTurboJPEG
internal import NIOCore
internal import Vocabulary

/// A JPEG that is written band by band, from the top to the bottom, so that a sheet of any height takes the memory of a
/// band.
struct SheetFile: ~Copyable {
    let size: PixelSize
    private let encoder: OpaquePointer
    private var file: OutputFile

    /// - Throws: ``ExportError/unusableSheet(_:)`` where a side is longer than a JPEG's can be.
    init(size: PixelSize, in partial: PartialOutput) throws(ExportError) {
        guard
            let encoder = row_encoder_create(
                UInt32(clamping: size.width), UInt32(clamping: size.height), Int32(SheetStyle.quality))
        else { throw .unusableSheet("a sheet of \(size) pixels cannot be encoded") }
        (self.size, self.encoder, file) = (size, encoder, OutputFile(partial))
    }

    deinit { row_encoder_destroy(encoder) }

    /// Appends a band as wide as the sheet.
    mutating func append(_ band: RGBPicture) throws(ExportError) {
        precondition(band.size.width == size.width)
        guard row_encoder_put(encoder, band.bytes, UInt32(band.size.height)) else { throw failure }
        try writeEncoded()
    }

    /// Ends the JPEG once all its rows are there. Returns how many bytes it has.
    mutating func finish() throws(ExportError) -> Int {
        guard row_encoder_finish(encoder) else { throw failure }
        try writeEncoded()
        return Int(file.count)
    }

    private mutating func writeEncoded() throws(ExportError) {
        var count = 0
        let bytes = row_encoder_take(encoder, &count)
        try file.put(ByteBuffer(bytes: UnsafeBufferPointer(start: bytes, count: count)))
    }

    private var failure: ExportError { .unusableSheet("a sheet of \(size) pixels takes more memory than there is") }
}
