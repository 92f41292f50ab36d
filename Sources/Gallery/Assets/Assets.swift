internal import CGalleryAssets
internal import Formats
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// The pages' own files: those in the program, or in a folder for who works on them.
final class Assets: Sendable {
    private struct File: Sendable {
        let mediaType: String
        let bytes: ByteBuffer
        let tag: EntityTag
        let packed: ByteBuffer?

        init(_ path: String, _ bytes: ByteBuffer) {
            (mediaType, self.bytes, tag) = (Assets.mediaType(of: path), bytes, EntityTag(of: bytes))
            packed = bytes.gzipped(level: 9).flatMap { $0.readableBytes < bytes.readableBytes ? $0 : nil }
        }
    }

    private let folder: String?
    /// Those that were asked for.
    private let files = Mutex<[String: File]>([:])

    init(folder: String?) { self.folder = folder }

    /// Every path that is in the program.
    static var paths: [String] { (0..<gallery_asset_count()).map { String(cString: gallery_asset($0).path) } }

    /// - Parameter path: without its first slash; the empty one is the page.
    /// - Returns: `nil` where there is no such file.
    func answer(_ path: String, to request: Request) -> Response? {
        guard let file = file(path.isEmpty ? "index.html" : path) else { return nil }
        var headers: HTTPFields = [
            .contentType: file.mediaType, .cacheControl: "no-cache", .eTag: file.tag.text, .vary: "Accept-Encoding",
        ]
        if file.tag.matches(request.headers[.ifNoneMatch]) { return Response(status: .notModified, headers: headers) }
        if let packed = file.packed, request.acceptsGzip {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: packed))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
    }

    private func file(_ path: String) -> File? {
        if let folder { return Self.file(path, in: folder) }
        return files.withLock { files in
            if let file = files[path] { return file }
            for number in 0..<gallery_asset_count() {
                let asset = gallery_asset(number)
                guard String(cString: asset.path) == path else { continue }
                let bytes = UnsafeRawBufferPointer(start: asset.bytes, count: asset.length)
                let file = File(path, ByteBuffer(bytes: bytes))
                files[path] = file
                return file
            }
            return nil
        }
    }

    private static func file(_ path: String, in folder: String) -> File? {
        // Names as ours are: nothing that leads out of the folder.
        let isOurs = path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".")
                && part.utf8.allSatisfy {
                    ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || (0x2d...0x39).contains($0) || $0 == 0x5f
                }
        }
        guard isOurs, let file = try? PlainFile(at: folder + "/" + path, atMost: 1 << 20) else { return nil }
        return File(path, ByteBuffer(bytes: file.bytes))
    }

    private static func mediaType(of path: String) -> String {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        case "webmanifest": "application/manifest+json"
        case "yaml": "application/yaml"
        default: "application/octet-stream"
        }
    }
}
