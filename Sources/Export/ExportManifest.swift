internal import Archive
internal import Catalog
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// The `manifest.json` of a folder: what was asked for, and what every file is.
///
/// It is written frame by frame, one line each, so that it takes the same memory however long it gets.
struct ExportManifest {
    static let fileName = "manifest.json"
    static let format = "printlapse-export"

    private var file: OutputFile
    private let encoder = JSONEncoder()
    private var isFirst = true

    /// Begins the manifest.
    init(in folder: OpenFolder, request: ExportRequest) throws(ExportError) {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        file = try OutputFile(Self.fileName, in: folder)
        let selection = try encode(Selection(request: request))
        try append(
            #"{"format": "\#(Self.format)", "version": 1,"# + "\n" + #""selection": "# + selection + ",\n"
                + #""frames": ["#)
    }

    mutating func append(_ picture: FrameFeed.Picture, file name: String) throws(ExportError) {
        try append((isFirst ? "\n" : ",\n") + encode(Entry(picture: picture, file: name)))
        isFirst = false
    }

    /// Ends the manifest. Returns its size in bytes.
    mutating func finish(skipped: [SkippedFrame]) throws(ExportError) -> Int {
        try append("\n],\n" + #""skipped": "# + encode(skipped) + "}\n")
        try file.flush()
        return file.count
    }

    /// The names in a folder that are not of an export of ours; a file that is no manifest of ours makes all of them
    /// so.
    static func strangers(in folder: OpenFolder) throws(ExportError) -> [String] {
        let names = try folder.names()
        guard names.contains(fileName) else { return names.sorted() }
        guard
            let data = FileManager.default.contents(atPath: folder.path(of: fileName)),
            let written = try? JSONDecoder().decode(Written.self, from: data), written.format == format
        else { return [fileName] }
        let ours = Set(written.frames.map(\.file)).union([fileName, ChecksumList.fileName])
        return names.filter { !ours.contains($0) }.sorted()
    }

    private mutating func append(_ text: String) throws(ExportError) { try file.append(text.utf8) }

    private func encode(_ value: some Encodable) throws(ExportError) -> String {
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .fileSystem("write", path: Self.fileName, reason: "a record has no JSON form")
        }
    }

    /// A frame's own record, with size and digest of the file that holds its picture.
    private struct Entry: Encodable {
        let picture: FrameFeed.Picture
        let file: String

        private enum Key: String, CodingKey {
            case file, bytes, sha256
            case originalSHA256 = "original_sha256"
        }

        func encode(to encoder: any Encoder) throws {
            let (frame, sha256) = (picture.frame, picture.sha256)
            try frame.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(file, forKey: .file)
            // In place of the original's, which the record gives.
            try container.encode(picture.bytes.readableBytes, forKey: .bytes)
            try container.encode(sha256.description, forKey: .sha256)
            try container.encode(sha256 == frame.sha256 ? nil : frame.sha256.description, forKey: .originalSHA256)
        }
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
            (every, frames) = (request.every, request.most)
        }
    }

    private struct Written: Decodable {
        struct Frame: Decodable { let file: String }
        let format: String
        let frames: [Frame]
    }
}

/// The `SHA256SUMS` of a folder, as `sha256sum --check` reads it.
struct ChecksumList {
    static let fileName = "SHA256SUMS"

    private var file: OutputFile

    init(in folder: OpenFolder) throws(ExportError) {
        file = try OutputFile(Self.fileName, in: folder)
    }

    /// - Parameter name: without backslash and newline, which would need escaping; camera names have neither.
    mutating func append(_ digest: SHA256Digest, file name: String) throws(ExportError) {
        try file.append("\(digest)  \(name)\n".utf8)
    }

    /// Ends the list. Returns its size in bytes.
    mutating func finish() throws(ExportError) -> Int {
        try file.flush()
        return file.count
    }
}
