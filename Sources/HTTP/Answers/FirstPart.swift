internal import NIOCore

/// The first part of a multipart body (RFC 2046, section 5.1), such as the first picture of a camera's stream.
///
/// Cameras write the boundary in their own ways: with the two hyphens in the parameter or without, quoted or not, with or
/// without an empty line before it. So the parameter is not looked at: the first line that begins with two hyphens is the
/// delimiter.
struct FirstPart {
    private enum Stage {
        case preamble
        case fields(length: Int?)
        case counted(left: Int)
        case delimited
        case over
    }

    /// Bytes before the part's own, and of a line.
    static let longestHead = 8192

    private(set) var body = ByteBuffer()
    private var stage = Stage.preamble
    private var unread = ByteBuffer()
    private var headBytes = 0
    private var delimiter: [UInt8] = []
    private var searched = 0

    /// Whether the part is there, whole.
    var isWhole: Bool {
        if case .over = stage { true } else { false }
    }

    /// - Throws: ``AnswerProblem/garbled`` where these are no parts.
    mutating func receive(_ bytes: ByteBuffer) throws(AnswerProblem) {
        unread.writeImmutableBuffer(bytes)
        while true {
            switch stage {
            case .preamble:
                guard let line = try line() else { return }
                guard line.starts(with: "--".utf8), line.count > 2 else { continue }
                delimiter = [.lineFeed] + line
                stage = .fields(length: nil)
            case .fields(let length):
                guard let line = try line() else { return }
                guard line.isEmpty else {
                    stage = .fields(length: Self.length(line) ?? length)
                    continue
                }
                stage = length.map { .counted(left: $0) } ?? .delimited
            case .counted(let left):
                guard left > 0 else {
                    stage = body.readableBytes > 0 ? .over : .preamble
                    continue
                }
                guard let bytes = unread.readSlice(length: min(left, unread.readableBytes)), bytes.readableBytes > 0
                else { return }
                body.writeImmutableBuffer(bytes)
                stage = .counted(left: left - bytes.readableBytes)
            case .delimited:
                guard let length = bytesBeforeDelimiter() else { return }
                guard var part = unread.readSlice(length: length) else { return }
                if part.readableBytesView.last == .carriageReturn {
                    part = part.getSlice(at: part.readerIndex, length: part.readableBytes - 1) ?? part
                }
                body = part
                unread.moveReaderIndex(forwardBy: 1)
                stage = body.readableBytes > 0 ? .over : .preamble
            case .over: return
            }
        }
    }

    /// The answer is over, and no further delimiter comes: what came of a part without a length of its own is all of it.
    ///
    /// - Returns: whether the part is whole.
    mutating func end() -> Bool {
        if case .delimited = stage, unread.readableBytes > 0 {
            body = unread
            stage = .over
        }
        return isWhole
    }

    /// What came of the part, whole or not.
    var partial: ByteBuffer {
        if case .delimited = stage { unread } else { body }
    }

    private static func length(_ line: [UInt8]) -> Int? {
        let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].trimmed.lowercased() == "content-length" else { return nil }
        return Int(parts[1].trimmed).flatMap { $0 >= 0 ? $0 : nil }
    }

    private mutating func line() throws(AnswerProblem) -> [UInt8]? {
        let view = unread.readableBytesView
        guard let end = view.firstIndex(of: .lineFeed) else {
            guard headBytes + view.count < Self.longestHead else { throw .garbled }
            return nil
        }
        let length = end - view.startIndex + 1
        headBytes += length
        guard headBytes <= Self.longestHead, var line = unread.readBytes(length: length) else { throw .garbled }
        line.removeLast()
        while let last = line.last, last == .carriageReturn || last == .space || last == .tab { line.removeLast() }
        return line
    }

    /// Where the line end before the delimiter stands; `nil` where it has not come.
    private mutating func bytesBeforeDelimiter() -> Int? {
        let view = unread.readableBytesView
        var from = view.index(view.startIndex, offsetBy: min(searched, view.count))
        while let start = view[from...].firstIndex(of: .lineFeed) {
            let rest = view[start...]
            guard rest.count >= delimiter.count else {
                searched = start - view.startIndex
                return nil
            }
            if rest.starts(with: delimiter) {
                searched = 0
                return start - view.startIndex
            }
            from = view.index(after: start)
        }
        searched = view.count
        return nil
    }
}
