internal import Formats
internal import Glibc
internal import Vocabulary

/// The way from SOI to the first EOI, marker by marker.
///
/// Segments are stepped over by their length, so that a thumbnail's markers inside one are not taken for the picture's. Everything
/// between segments, entropy-coded data above all, is searched for the next marker. libjpeg finds its way by the same
/// rules, so that both see the same picture.
struct StructureWalk {
    private let bytes: UnsafeRawBufferPointer
    private let limits: FrameLimits
    private var position = 0
    private var markers = 0
    private var header: FrameHeader?
    private var sent = SentCoefficients(componentCount: 0)
    private var scanCount = 0
    private var visitedSamples = 0
    private var lastMarker = Marker.startOfImage
    private var firstScan: ScanHeader?
    private var segments: [PictureStructure.Segment] = []
    private var isPlain = true

    /// Walks over the first picture in `body`.
    ///
    /// - Throws: what keeps it from being a whole picture within the limits.
    static func structure(
        of body: UnsafeRawBufferPointer, within limits: FrameLimits
    ) throws(PictureFault) -> PictureStructure {
        guard body.count <= limits.bytes.bytes else {
            throw PictureFault(.tooLarge, "the body has more than \(limits.bytes)")
        }
        try ForeignContent.refuse(body)
        var walk = StructureWalk(bytes: body, limits: limits)
        return try walk.walk()
    }

    private init(bytes: UnsafeRawBufferPointer, limits: FrameLimits) {
        (self.bytes, self.limits) = (bytes, limits)
    }

    private mutating func walk() throws(PictureFault) -> PictureStructure {
        position = 2
        while true {
            let (marker, offset) = try nextMarker()
            if marker == .endOfImage { return try structure(endingAt: offset) }
            try take(marker, at: offset)
            lastMarker = marker
        }
    }

    private mutating func take(_ marker: Marker, at offset: Int) throws(PictureFault) {
        isPlain = isPlain && scanCount == 0 && offset == (segments.last?.content.upperBound ?? 2)
        markers += 1
        guard markers <= limits.markers else {
            throw PictureFault(.tooManyMarkers, "there are more than \(limits.markers) marker segments", at: offset)
        }
        switch marker {
        case _ where marker.isMiscellaneous: _ = try segment(of: marker, at: offset)
        case _ where marker.isStartOfFrame: try startFrame(marker, at: offset)
        case .startOfScan: try startScan(at: offset)
        case .startOfImage:
            throw PictureFault(.corruptStructure, "another picture begins at byte \(offset), \(place)", at: offset)
        case .startOfFrameLS: throw PictureFault(.unsupportedLossless, "the picture is JPEG-LS", at: offset)
        case .defineHierarchicalProgression, .expandReferenceComponents:
            throw PictureFault(.unsupportedHierarchical, "the picture is hierarchical JPEG (\(marker))", at: offset)
        default:
            throw PictureFault(
                .corruptStructure, "an unknown marker (\(marker)) at byte \(offset), \(place)", at: offset)
        }
    }

    private mutating func startFrame(_ marker: Marker, at offset: Int) throws(PictureFault) {
        guard header == nil else {
            throw PictureFault(.corruptStructure, "a second frame header (\(marker)) at byte \(offset)", at: offset)
        }
        let header = try FrameHeader(try segment(of: marker, at: offset), of: marker, at: offset)
        let size = header.size
        guard size.area <= limits.pixels, max(size.width, size.height) <= 65_500 else {
            throw PictureFault(.tooManyPixels, "the picture has \(size) pixels", at: offset)
        }
        self.header = header
        sent = SentCoefficients(componentCount: header.components.count)
    }

    private mutating func startScan(at offset: Int) throws(PictureFault) {
        guard let header else {
            throw PictureFault(
                .corruptStructure, "a scan begins at byte \(offset), before any frame header", at: offset)
        }
        let scan = try ScanHeader(try segment(of: .startOfScan, at: offset), of: header, at: offset)
        if scanCount == 0, header.isProgressive || scan.components.count < header.components.count {
            let memory = ByteCount(header.coefficientBytes)
            guard memory <= limits.coefficientMemory else {
                throw PictureFault(.tooMuchMemory, "decoding it would take \(memory)", at: offset)
            }
        }
        if scanCount == 0 { firstScan = scan }
        scanCount += 1
        guard scanCount <= limits.scans else {
            throw PictureFault(.tooManyScans, "there are more than \(limits.scans) scans", at: offset)
        }
        visitedSamples += scan.components.reduce(0) { $0 + header.samples(of: header.components[$1]) }
        guard visitedSamples <= limits.visitedSamples else {
            throw PictureFault(
                .tooManyScans, "\(scanCount) scans of \(header.size) pixels are too much to decode", at: offset)
        }
        sent.record(scan)
    }

    private func structure(endingAt offset: Int) throws(PictureFault) -> PictureStructure {
        guard let header, let firstScan else {
            throw PictureFault(.corruptStructure, "the picture ends at byte \(offset) without a scan", at: offset)
        }
        if let component = sent.firstIncomplete {
            throw PictureFault(
                .incomplete, "the picture ends after \(scanCount) of its scans: component \(component) is not complete",
                at: offset)
        }
        return PictureStructure(
            header: header, scanCount: scanCount, firstScan: firstScan, segments: segments, isPlain: isPlain,
            end: position)
    }

    /// The next marker that does not stand alone, and the offset of its first byte; `position` moves behind it.
    private mutating func nextMarker() throws(PictureFault) -> (Marker, offset: Int) {
        guard let start = bytes.baseAddress else { throw truncation() }
        while position < bytes.count, let found = memchr(start + position, 0xFF, bytes.count - position) {
            position = UnsafeRawPointer(found) - start + 1
            while position < bytes.count, bytes[position] == 0xFF { position += 1 }
            guard position < bytes.count else { break }
            let marker = Marker(rawValue: bytes[position])
            position += 1
            // FF 00 is the byte FF in entropy-coded data.
            if marker.rawValue != 0, !marker.standsAlone { return (marker, position - 2) }
        }
        throw truncation()
    }

    /// The content of the segment whose length stands at `position`, which moves behind it.
    private mutating func segment(of marker: Marker, at offset: Int) throws(PictureFault) -> UnsafeRawBufferPointer {
        guard bytes.count - position >= 2 else { throw truncation(inside: marker, at: offset) }
        let length = bytes.bigEndian(at: position)
        guard length >= 2 else {
            throw PictureFault(
                .corruptStructure, "the \(marker) segment at byte \(offset) has the length \(length)", at: offset)
        }
        guard bytes.count - position >= length else { throw truncation(inside: marker, at: offset) }
        let content = UnsafeRawBufferPointer(rebasing: bytes[position + 2..<position + length])
        if scanCount == 0 { segments.append(.init(marker: marker, content: position + 2..<position + length)) }
        position += length
        return content
    }

    private func truncation(inside marker: Marker, at offset: Int) -> PictureFault {
        PictureFault(
            .truncated, "the \(bytes.count) bytes end inside the \(marker) segment at byte \(offset)", at: bytes.count)
    }

    private func truncation() -> PictureFault {
        PictureFault(.truncated, "the \(bytes.count) bytes end \(place), without EOI", at: bytes.count)
    }

    /// Where the walk stands, in words.
    private var place: String {
        lastMarker == .startOfScan
            ? "in the entropy-coded data of scan \(scanCount)" : "after the \(lastMarker) segment"
    }
}
