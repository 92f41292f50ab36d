internal import CZlib
internal import Formats
internal import Foundation
internal import NIOCore
internal import Vocabulary

/// Writes a segment: a line of JSON for each record, packed by gzip. `zcat` shows it.
struct SegmentWriter {
    private let encoder = JSONEncoder()
    private var lines = ByteBuffer()
    private(set) var records = 0

    init(_ header: SegmentHeader) throws {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try write(header)
    }

    mutating func append(_ record: SegmentRecord) throws {
        try write(record)
        records += 1
    }

    /// Ends the segment.
    ///
    /// - Returns: `nil` where zlib has no memory.
    mutating func finish() throws -> ByteBuffer? {
        try write(SegmentRecord(end: records))
        return lines.gzipped()
    }

    private mutating func write(_ line: some Encodable) throws {
        lines.writeBytes(try encoder.encode(line))
        lines.writeInteger(UInt8(ascii: "\n"))
    }
}

/// Why a segment's bytes make no sense.
enum SegmentProblem: Error, Hashable {
    case newer(version: Int)
    case unreadable(String)
}

/// Reads a segment, whoever wrote it: what it says is bounded, and so is the memory that it takes.
enum SegmentReader {
    /// Of the object.
    static let longest: Int64 = 16 << 20
    /// Of its lines together.
    static let longestText = 96 << 20
    private static let longestLine = 256 << 10

    /// - Parameter packed: the object's bytes.
    static func read(_ packed: ByteBuffer) throws(SegmentProblem) -> Segment {
        let text = try packed.gunzipped(upTo: longestText)
        let decoder = JSONDecoder()
        let lines = text.readableBytesView.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let first = lines.first, lines.count >= 3, lines[lines.count - 1].isEmpty else {
            throw .unreadable("it has no lines")
        }
        // Before what a newer one may have in other forms.
        let format: Format = try decode(first, decoder, number: 1)
        guard format.format == SegmentHeader.format else { throw .unreadable("it is no segment of a catalog") }
        guard format.version <= SegmentHeader.version else { throw .newer(version: format.version) }
        let header: SegmentHeader = try decode(first, decoder, number: 1)
        guard (try? MachineName(header.name)) != nil, header.program.utf8.count <= 200 else {
            throw .unreadable("its first line has a name that cannot be")
        }
        var records: [SegmentRecord] = []
        records.reserveCapacity(lines.count - 3)
        for place in 1..<lines.count - 2 {
            let record: SegmentRecord = try decode(lines[place], decoder, number: place + 1)
            if let problem = record.problem { throw .unreadable("line \(place + 1): \(problem)") }
            records.append(record)
        }
        let end: SegmentRecord = try decode(lines[lines.count - 2], decoder, number: lines.count - 1)
        guard end.end == records.count else { throw .unreadable("its last line does not say how many there are") }
        return Segment(header: header, records: records)
    }

    private struct Format: Decodable {
        let format: String
        let version: Int
    }

    private static func decode<Line: Decodable>(
        _ line: ByteBufferView, _ decoder: JSONDecoder, number: Int
    ) throws(SegmentProblem) -> Line {
        guard line.count <= longestLine else { throw .unreadable("line \(number) is too long") }
        do {
            return try decoder.decode(Line.self, from: Data(line))
        } catch {
            throw .unreadable("line \(number) is not what it should be")
        }
    }
}

extension ByteBuffer {
    /// Unpacked; memory is taken as it is needed, up to the limit.
    fileprivate func gunzipped(upTo limit: Int) throws(SegmentProblem) -> ByteBuffer {
        var stream = z_stream()
        guard inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .unreadable("zlib cannot start")
        }
        defer { inflateEnd(&stream) }
        var text = ByteBuffer()
        var result = Z_OK
        withUnsafeReadableBytes { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.avail_in = UInt32(clamping: input.count)
            while result == Z_OK, text.readableBytes <= limit {
                text.writeWithUnsafeMutableBytes(minimumWritableBytes: 1 << 16) { output in
                    let room = UInt32(clamping: output.count)
                    stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.avail_out = room
                    result = inflate(&stream, Z_NO_FLUSH)
                    return Int(room - stream.avail_out)
                }
            }
        }
        guard text.readableBytes <= limit else { throw .unreadable("it unpacks to more than \(limit >> 20) MiB") }
        guard result == Z_STREAM_END, stream.avail_in == 0 else { throw .unreadable("it does not unpack") }
        return text
    }
}
