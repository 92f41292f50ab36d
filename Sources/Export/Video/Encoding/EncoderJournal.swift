internal import Synchronization

/// What a running ffmpeg was heard to say, and when something last moved.
final class EncoderJournal: Sendable {
    private struct State {
        var lines = LastLines()
        var progress = LineSplitter()
        var encoded = 0
        var repeated = 0
        var lastMove = ContinuousClock.now
        var stalled = false
        var brokenPipe = false
    }

    private let state = Mutex(State())

    /// The last lines of standard error.
    var lastLines: [String] { state.withLock { $0.lines.lines } }
    /// Pictures that ffmpeg says it has encoded. Where it cannot decode one it may encode the one before once more to
    /// fill the gap, and counts that apart (`dup_frames`).
    var encoded: Int { state.withLock { $0.encoded - $0.repeated } }
    /// Since when nothing moved.
    var lastMove: ContinuousClock.Instant { state.withLock { $0.lastMove } }

    var stalled: Bool {
        get { state.withLock { $0.stalled } }
        set { state.withLock { $0.stalled = newValue } }
    }

    /// Whether ffmpeg closed its standard input before it had all frames.
    var brokenPipe: Bool {
        get { state.withLock { $0.brokenPipe } }
        set { state.withLock { $0.brokenPipe = newValue } }
    }

    /// Notes that ffmpeg took some input.
    func tookInput() { state.withLock { $0.lastMove = .now } }

    /// Notes what came on standard error.
    func heard(_ bytes: some Sequence<UInt8>) { state.withLock { $0.lines.append(bytes) } }

    /// Notes what came of `-progress`: lines such as `frame=42`. A report that says what the last one said is no
    /// movement.
    func reported(_ bytes: some Sequence<UInt8>) {
        state.withLock { state in
            for line in state.progress.lines(in: bytes) {
                let parts = line.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, let number = Int(parts[1]) else { continue }
                switch parts[0] {
                case "frame":
                    if number > state.encoded { state.lastMove = .now }
                    state.encoded = max(state.encoded, number)
                case "dup_frames": state.repeated = number
                default: break
                }
            }
        }
    }
}

/// The last lines of a stream of any length.
struct LastLines {
    private var splitter = LineSplitter()
    private var complete: [String] = []

    /// At most 8 lines, each cut at 300 characters, the unfinished one included.
    var lines: [String] { Array((complete + [splitter.rest].filter { !$0.isEmpty }).suffix(8)) }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        complete.append(contentsOf: splitter.lines(in: bytes))
        complete = complete.suffix(8)
    }
}

/// Lines out of pieces of text; a line's bytes past 300 are dropped.
struct LineSplitter {
    private var pending: [UInt8] = []

    /// The line that has no end yet.
    var rest: String { Self.text(of: pending) }

    /// The lines that these bytes complete, empty ones left out.
    mutating func lines(in bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if !pending.isEmpty { lines.append(Self.text(of: pending)) }
                pending.removeAll(keepingCapacity: true)
            } else if pending.count < 300 {
                pending.append(byte)
            }
        }
        return lines
    }

    private static func text(of bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
