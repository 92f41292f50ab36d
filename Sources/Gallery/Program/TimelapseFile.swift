// The compiler has `stat` from this module in some builds, and from Glibc in others.
internal import CDispatch
internal import Foundation
internal import Glibc
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOPosix
internal import Vocabulary

extension Gallery {
    /// `GET /timelapses/{timelapse}/file`
    func getTimelapseFile(_ visit: Visit) async throws -> Response {
        let timelapse = try await timelapse(visit, isShown: false)
        guard timelapse.state == .made, let path = timelapse.path, let file = OpenVideo(path) else {
            throw Problem.notFound("not_found", "Its file is not there.", hint: "Make it again.")
        }
        var headers: HTTPFields = [
            .contentType: timelapse.format.mediaType, .eTag: file.tag.text, .acceptRanges: "bytes",
            .cacheControl: "private, no-cache",
        ]
        if try visit.query.number("download", in: 0...1) == 1 {
            headers[.contentDisposition] = "attachment; filename=\"\(timelapse.name.asFileName)\""
        }
        if file.tag.matches(visit.request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        let range = try ByteRange(
            visit.request.headers[.range], of: file.size, unless: visit.request.headers[.ifRange], is: file.tag)
        headers[.contentLength] = "\(range.length)"
        if let text = range.contentRange { headers[.contentRange] = text }
        return Response(
            status: range.isPart ? .partialContent : .ok, headers: headers,
            body: ResponseBody(contentLength: range.length) { writer in
                var place = range.first
                while place < range.first + range.length {
                    let part = try await file.read(
                        from: place, atMost: min(64 << 10, range.first + range.length - place))
                    place += part.readableBytes
                    try await writer.write(part)
                }
                try await writer.finish(nil)
            })
    }
}

extension TimelapseOptions.Format {
    var mediaType: String {
        switch self {
        case .mp4: "video/mp4"
        case .webm: "video/webm"
        case .mkv: "video/x-matroska"
        case .gif: "image/gif"
        case .webp: "image/webp"
        }
    }
}

extension String {
    /// Nothing that a header or a file system takes for something else.
    var asFileName: String {
        String(
            unicodeScalars.map {
                $0.isASCII && $0.value >= 0x20 && !"\"\\/:*?<>|%".unicodeScalars.contains($0) ? Character($0) : "_"
            })
    }
}

/// What a request wants of something with a length (RFC 9110, 14).
struct ByteRange: Hashable, Sendable {
    let first: Int
    let length: Int
    let size: Int
    let isPart: Bool

    /// - Parameters:
    ///   - header: `Range`. What is no range of bytes, and several of them, are answered with all of it.
    ///   - condition: `If-Range`: with another tag than this one all of it is wanted.
    init(_ header: String?, of size: Int, unless condition: String? = nil, is tag: EntityTag? = nil) throws(Problem) {
        self.size = size
        let isWanted = condition == nil || condition == tag?.text
        guard isWanted, let header, let asked = Self.parse(header) else {
            (first, length, isPart) = (0, size, false)
            return
        }
        switch asked {
        case (nil, let last?):
            guard last > 0, size > 0 else { throw .range(size: size) }
            first = max(0, size - last)
            length = size - first
        case (let start?, let last):
            guard start < size else { throw .range(size: size) }
            first = start
            length = min(last ?? size - 1, size - 1) - start + 1
        case (nil, nil):
            (first, length, isPart) = (0, size, false)
            return
        }
        isPart = true
    }

    var contentRange: String? { isPart ? "bytes \(first)-\(first + length - 1)/\(size)" : nil }

    /// - Returns: first and last, of which one may be missing; `nil` for what is not one range of bytes.
    private static func parse(_ header: String) -> (Int?, Int?)? {
        guard header.lowercased().hasPrefix("bytes=") else { return nil }
        let text = header.dropFirst(6).trimmingCharacters(in: .whitespaces)
        guard !text.contains(","), let dash = text.firstIndex(of: "-") else { return nil }
        let (left, right) = (text[..<dash], text[text.index(after: dash)...])
        func number(_ text: Substring) -> Int? { text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil }
        let (first, last) = (number(left), number(right))
        if left.isEmpty { return last.map { (nil, $0) } }
        guard let first, right.isEmpty || last != nil, last.map({ $0 >= first }) ?? true else { return nil }
        return (first, last)
    }
}

/// A file that is read while it is sent.
private final class OpenVideo: Sendable {
    private let descriptor: CInt
    let size: Int
    let tag: EntityTag

    /// - Returns: `nil` where there is no plain file.
    init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
        tag = EntityTag("\(status.st_ino)-\(status.st_size)-\(status.st_mtim.tv_sec)-\(status.st_mtim.tv_nsec)")
    }

    deinit { close(descriptor) }

    /// On a thread of those that may wait for a disk.
    func read(from place: Int, atMost count: Int) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive { [self] in
            var buffer = ByteBuffer()
            let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
                max(0, pread(descriptor, bytes.baseAddress, min(count, bytes.count), off_t(place)))
            }
            // It was cut short meanwhile: the connection ends with less than was promised.
            guard read > 0 else { throw CancellationError() }
            return buffer
        }
    }
}
