/// What else is known to come back in place of a JPEG, told by its first bytes.
enum ForeignContent {
    private static let beginnings: [(name: String, bytes: [UInt8])] = [
        ("PNG", [0x89, 0x50, 0x4E, 0x47]),
        ("GIF", Array("GIF8".utf8)),
        ("WebP or AVI", Array("RIFF".utf8)),
        ("BMP", Array("BM".utf8)),
        ("gzip", [0x1F, 0x8B]),
        ("JPEG XL", [0xFF, 0x0A]),
        ("multipart MJPEG stream", Array("--".utf8)),
        ("HTML or XML", Array("<".utf8)),
        ("JSON", Array("{".utf8)),
        ("JSON", Array("[".utf8)),
    ]

    /// Lets through what begins with SOI, however little there is of it.
    static func refuse(_ body: UnsafeRawBufferPointer) throws(PictureFault) {
        guard let first = body.first else { throw PictureFault(.empty, "the body is empty", at: 0) }
        guard first == 0xFF, body.count == 1 || body[1] == 0xD8 else {
            throw PictureFault(.notJPEG, "the body is \(name(of: body)), not JPEG", at: 0)
        }
        guard body.count > 2 else {
            throw PictureFault(.truncated, "the body ends after \(body.count) bytes", at: body.count)
        }
    }

    private static func name(of body: UnsafeRawBufferPointer) -> String {
        let whiteSpace: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        let start = body.prefix(64).firstIndex { !whiteSpace.contains($0) } ?? 0
        let known = beginnings.first { body.dropFirst(start).starts(with: $0.bytes) }
        return known?.name ?? "of an unknown kind"
    }
}
