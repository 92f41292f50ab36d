internal import NIOCore
internal import Vocabulary

/// A Matroska file (RFC 9559) that is complete: beside its pictures it has its length, what it shows, and an index by which
/// players jump to any of them (Cues; 5.1.5).
///
/// It is written forward. Where the index stands and how long all of it is are put into its head when they are known.
struct MatroskaWriter {
    private var file: OutputFile
    private let stream: MatroskaStream
    private let details: VideoDetails
    /// When the video ends on its timeline, in units.
    private let end: Int
    private var contents = MatroskaContents()
    private var index: Spool
    /// Where the contents of the segment begin, from which places in it are counted.
    private let start = Int64(MatroskaStream.document.bytes.count + 12)

    init(
        into partial: PartialOutput, _ stream: MatroskaStream, _ details: VideoDetails, end: Int
    ) throws(ExportError) {
        (file, self.stream, self.details, self.end) = (OutputFile(partial), stream, details, end)
        index = try Spool(in: SpoolFolder(beside: partial))
    }

    mutating func put(_ piece: PictureStream.Piece) throws(ExportError) {
        switch piece {
        case .beginning(let shift, let first): try begin(shift, first)
        case .picture(let picture, let time, let length):
            let place = EBMLElement(0xB7, [EBMLElement(0xF7, 1), EBMLElement(0xF1, Int(file.count - start))])
            try index.append(EBMLElement(0xBB, [EBMLElement(0xB3, time), place]).bytes)
            try file.append(stream.clusterHead(time: time, length: length, pictureBytes: picture.readableBytes))
            try file.put(picture)
        }
    }

    /// Writes the index, and what only now is known.
    ///
    /// - Returns: the bytes of the file.
    mutating func finish() throws(ExportError) -> Int64 {
        contents.record(MatroskaContents.cues, at: file.count - start)
        try index.finish()
        try file.append(EBMLElement.head(MatroskaContents.cues, count: Int(index.size)))
        try index.forEachPart { part throws(ExportError) in try file.put(part) }
        try file.flush()
        try file.replace(at: start - 8, with: EBMLElement.length(UInt64(file.count - start)))
        try file.replace(at: start, with: contents.element.bytes)
        return file.count
    }

    private mutating func begin(_ shift: Int64, _ first: ByteBuffer) throws(ExportError) {
        let duration = Double(end) - Double(shift) * 1000 / Double(stream.unit)
        let information = stream.information([
            EBMLElement(0x4489, duration), EBMLElement(0x4461, details.span.lowerBound),
            EBMLElement(0x7BA9, details.title),
        ])
        let parts = [information, stream.track(first), stream.chapterList(shift), tags].compactMap { $0 }
        var place = Int64(contents.element.bytes.count)
        for part in parts {
            contents.record(part.identifier, at: place)
            place += Int64(part.bytes.count)
        }
        try file.append(MatroskaStream.document.bytes + EBMLElement.endlessHead(MatroskaStream.segment))
        try file.append(contents.element.bytes + parts.flatMap(\.bytes))
    }

    /// What the title and the date leave to be said.
    private var tags: EBMLElement {
        let said: Set = ["title", "creation_time"]
        let tags = details.tags(for: .mkv).filter { !said.contains($0.key) }.map { key, value in
            EBMLElement(0x67C8, [EBMLElement(0x45A3, key.uppercased()), EBMLElement(0x4487, value)])
        }
        let wholeFile = EBMLElement(0x63C0, [EBMLElement]())
        return EBMLElement(0x1254_C367, [EBMLElement(0x7373, [wholeFile] + tags)])
    }
}
