/// Messages on their way to a reader who may be slow, or gone: at most so many bytes wait. A pure value.
///
/// What finds no room is counted, and told in its place. The oldest stay: they say how the trouble began.
struct MessageQueue {
    private enum Piece {
        case message([UInt8])
        case lost(lines: Int)
    }

    private let limit: Int
    private var pieces: [Piece] = []
    private(set) var waitingBytes = 0
    /// Lines that found no room, from the beginning on.
    private(set) var lostLines = 0

    /// - Parameter limit: in bytes; a longer message is taken where nothing else waits.
    init(limit: Int) {
        self.limit = limit
    }

    mutating func append(_ message: [UInt8]) {
        guard waitingBytes == 0 || waitingBytes + message.count <= limit else {
            let lines = max(1, message.count { $0 == UInt8(ascii: "\n") })
            lostLines += lines
            if case .lost(let before)? = pieces.last {
                pieces[pieces.count - 1] = .lost(lines: before + lines)
            } else {
                pieces.append(.lost(lines: lines))
            }
            return
        }
        pieces.append(.message(message))
        waitingBytes += message.count
    }

    /// Takes all that waits.
    ///
    /// - Parameter notice: what is written in place of so many lost lines.
    mutating func takeAll(telling notice: (Int) -> String) -> [UInt8] {
        defer {
            pieces.removeAll(keepingCapacity: true)
            waitingBytes = 0
        }
        return pieces.flatMap { piece in
            switch piece {
            case .message(let bytes): bytes
            case .lost(let lines): Array((notice(lines) + "\n").utf8)
            }
        }
    }
}
