internal import NIOCore

/// Reads the answer to one request out of the bytes of a connection.
///
/// A value without a socket, a clock or a limit of its own on bodies, so that whatever a peer may send can be tried on it. It
/// is ours because five things are wanted of it that client libraries have no place for: any status as an answer
/// (async-http-client ended the process on one below 100), the lines that real cameras send, the body of a torn answer,
/// the first part of a stream, and to know of every byte when it came.
struct AnswerReader {
    enum Part {
        case head(AnswerHead)
        case body(ByteBuffer)
        case end
    }

    private enum Stage {
        case statusLine
        case fields(AnswerHead)
        case counted(left: Int)
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case trailers
        case untilClose
        case over
    }

    /// Bytes of a head, those before it (status 100 to 199) and those after the last chunk included.
    static let longestHead = 65_536
    static let mostFields = 256
    /// Of the line that begins a chunk.
    static let longestChunkLine = 4096

    private let isLenient: Bool
    private var stage = Stage.statusLine
    private var unread = ByteBuffer()
    /// How far `unread` was searched for the end of a line.
    private var searched = 0
    private var headBytes = 0

    init(isLenient: Bool) {
        self.isLenient = isLenient
    }

    /// How much is still to come, where that is known.
    var bodyLength: Int? {
        if case .counted(let left) = stage { left } else { nil }
    }

    /// Whether more came than the answer.
    var hasSurplus: Bool { unread.readableBytes > 0 }

    mutating func receive(_ bytes: ByteBuffer) {
        if unread.readableBytes == 0 {
            unread = bytes
        } else {
            unread.writeImmutableBuffer(bytes)
        }
    }

    /// The next part of the answer.
    ///
    /// - Returns: `nil` where more bytes are needed, or nothing is to come any more.
    mutating func next() throws(AnswerProblem) -> Part? {
        while true {
            switch stage {
            case .statusLine:
                guard let line = try headLine() else { return nil }
                // An empty line left over from an answer before, as old servers send them.
                if line.isEmpty { continue }
                guard let head = HeadLine.status(line, isLenient: isLenient) else { throw .notHTTP }
                stage = .fields(head)
            case .fields(var head):
                guard let line = try headLine() else { return nil }
                guard line.isEmpty else {
                    guard HeadLine.add(line, to: &head, isLenient: isLenient), head.fields.count <= Self.mostFields
                    else { throw .notHTTP }
                    stage = .fields(head)
                    continue
                }
                // What comes before the answer itself. Nobody asked for another protocol, though.
                guard !(100...199).contains(head.status) else {
                    guard head.status != 101 else { throw .notHTTP }
                    stage = .statusLine
                    continue
                }
                stage = try Self.body(of: head, isLenient: isLenient)
                return .head(head)
            case .counted(let left):
                guard left > 0 else { return end() }
                guard let bytes = take(left) else { return nil }
                stage = .counted(left: left - bytes.readableBytes)
                return .body(bytes)
            case .untilClose:
                return take(.max).map { .body($0) }
            case .chunkSize:
                guard let line = try line(atMost: Self.longestChunkLine) else { return nil }
                let size = try chunkSize(line)
                stage = size == 0 ? .trailers : .chunk(left: size)
            case .chunk(let left):
                guard left > 0 else {
                    stage = .chunkEnd
                    continue
                }
                guard let bytes = take(left) else { return nil }
                stage = .chunk(left: left - bytes.readableBytes)
                return .body(bytes)
            case .chunkEnd:
                guard let line = try line(atMost: 2) else { return nil }
                guard line.isEmpty else { throw .garbled }
                stage = .chunkSize
            case .trailers:
                guard let line = try headLine() else { return nil }
                if line.isEmpty { return end() }
            case .over: return nil
            }
        }
    }

    /// What the end of the connection makes of the answer.
    ///
    /// - Returns: whether that was its end.
    func isWholeWhenClosed() -> Bool {
        switch stage {
        case .untilClose, .over: true
        default: false
        }
    }

    private mutating func end() -> Part {
        stage = .over
        return .end
    }

    private static func body(of head: AnswerHead, isLenient: Bool) throws(AnswerProblem) -> Stage {
        switch try BodyFraming(of: head, isLenient: isLenient) {
        case .none: .counted(left: 0)
        case .counted(let length): .counted(left: length)
        case .chunked: .chunkSize
        case .untilClose: .untilClose
        }
    }

    private func chunkSize(_ line: [UInt8]) throws(AnswerProblem) -> Int {
        var digits = line[...].prefix { $0 != UInt8(ascii: ";") }
        if isLenient {
            while let last = digits.last, last == .space || last == .tab { digits.removeLast() }
            digits = digits.drop { $0 == .space || $0 == .tab }
        }
        guard !digits.isEmpty, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { throw .garbled }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16) ?? .max
    }

    // MARK: Bytes

    private mutating func take(_ most: Int) -> ByteBuffer? {
        let count = min(most, unread.readableBytes)
        return count > 0 ? unread.readSlice(length: count) : nil
    }

    private mutating func headLine() throws(AnswerProblem) -> [UInt8]? {
        let before = unread.readableBytes
        guard let line = try line(atMost: Self.longestHead - headBytes) else { return nil }
        headBytes += before - unread.readableBytes
        return line
    }

    /// The next line without its end; `nil` where it has not come whole.
    private mutating func line(atMost longest: Int) throws(AnswerProblem) -> [UInt8]? {
        let view = unread.readableBytesView
        guard let end = view.dropFirst(searched).firstIndex(of: .lineFeed) else {
            searched = unread.readableBytes
            guard searched < longest else { throw isInBody ? .garbled : .notHTTP }
            return nil
        }
        searched = 0
        let length = end - view.startIndex + 1
        guard length <= longest, var line = unread.readBytes(length: length) else {
            throw isInBody ? .garbled : .notHTTP
        }
        line.removeLast()
        if line.last == .carriageReturn {
            line.removeLast()
        } else if !isLenient {
            throw isInBody ? .garbled : .notHTTP
        }
        return line
    }

    private var isInBody: Bool {
        switch stage {
        case .statusLine, .fields: false
        default: true
        }
    }
}
