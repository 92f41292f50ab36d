internal import Archive
internal import Catalog
internal import Formats
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// The `manifest.json` of exported pictures: what was asked for, and what every file is.
///
/// It is written frame by frame, one line each, so that it takes the same memory however long it gets.
struct ExportManifest {
    static let fileName = "manifest.json"
    private static let format = "printlapse-export"

    private(set) var text: Spool
    private let entries = JSONRecordWriter<Entry>()
    private var isFirst = true

    /// Begins the manifest.
    init(of request: ExportRequest, spools: SpoolFolder) throws(ExportError) {
        text = try Spool(in: spools)
        let selection = try Self.text { try JSON.bytes(Selection(request: request)) }
        try append(
            #"{"format": "\#(Self.format)", "version": 1,"# + "\n" + #""selection": "# + selection + ",\n"
                + #""frames": ["#)
    }

    /// - Parameter file: the frame's name beside the manifest.
    mutating func append(
        _ frame: ArchivedFrame, file: String, size: Int, sha256: SHA256Digest
    ) throws(ExportError) {
        let entry = Entry(frame: frame, file: file, size: size, sha256: sha256)
        try append((isFirst ? "\n" : ",\n") + Self.text { try entries.bytes(entry) })
        isFirst = false
    }

    /// Ends the manifest.
    mutating func finish(skipped: [SkippedFrame]) throws(ExportError) {
        try append("\n],\n" + #""skipped": "# + Self.text { try JSON.bytes(skipped) } + "}\n")
        try text.finish()
    }

    /// The names of the pictures that a folder's manifest lists; `nil` where it holds no manifest of ours.
    static func pictures(in folder: OpenFolder) -> [String]? {
        guard
            let file = try? PlainFile(at: folder.path(of: fileName), atMost: .max),
            let written = try? JSONDecoder().decode(Written.self, from: Data(file.bytes)), written.format == format
        else { return nil }
        return written.frames.map(\.file)
    }

    private mutating func append(_ text: String) throws(ExportError) { try self.text.append(text.utf8) }

    private static func text(_ encode: () throws -> ByteBuffer) throws(ExportError) -> String {
        do {
            return String(buffer: try encode())
        } catch {
            throw .fileSystem("write", path: fileName, reason: "a record has no JSON form")
        }
    }

    /// A frame's own record, with size and digest of the file that holds its picture: others than the frame's where the
    /// picture was compacted or got Exif data.
    private struct Entry: KeyedRecord {
        let frame: ArchivedFrame
        let file: String
        let size: Int
        let sha256: SHA256Digest

        static let fields: [Field<Self>] =
            ArchivedFrame.fields.filter { $0.key != "bytes" && $0.key != "sha256" }.map { $0.of(\.frame) } + [
                Field("file", \.file), Field("bytes", \.size), Field("sha256", \.sha256),
                Field("original_sha256") { $0.sha256 == $0.frame.sha256 ? nil : $0.frame.sha256 },
            ]
    }

    private struct Selection: Encodable {
        let camera: String?
        let print: Int64?
        let since: String?
        let until: String?
        let limit: Int?
        let every: Int
        let frames: Int?

        init(request: ExportRequest) {
            let query = request.frames
            (camera, print, limit) = (query.camera?.text, query.print, query.limit)
            (since, until) = (query.since?.description, query.until?.description)
            (every, frames) = (request.selection.every, request.selection.most)
        }
    }

    private struct Written: Decodable {
        struct Frame: Decodable { let file: String }
        let format: String
        let frames: [Frame]
    }
}
