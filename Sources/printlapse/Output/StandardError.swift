import Dispatch
import Glibc
import Synchronization
import Vocabulary

/// Messages, logs and progress. Nothing waits for whoever reads them: a pipe that nobody empties and a terminal that was
/// stopped must not stop captures.
///
/// A write that fails is not an error: nobody is there to be told.
enum StandardError {
    private struct State {
        var queue = MessageQueue(limit: 1 << 20)
        var isWriting = false
        var notice: @Sendable (Int) -> String = { lines in
            "printlapse: \(lines.counted("line")) lost here, because nobody read standard error."
        }
    }

    private static let state = Mutex(State())
    /// The only one that waits.
    private static let writer = DispatchQueue(label: "printlapse.messages")

    /// Has a text for a person written soon, in order, in which nothing is left that a terminal would obey: it may hold paths and
    /// names.
    static func write(_ text: String, terminator: String = "\n") {
        draw(text.shown + terminator)
    }

    /// Has a sentence written. A terminal would break words at its edge; what is no terminal gets it as one line.
    static func sentence(_ text: String) {
        write(isTerminal ? text.fitted(to: TerminalSize.current.columns) : text)
    }

    /// Has it written with the control characters that are in it.
    static func draw(_ text: String) {
        let isWriting = state.withLock { state in
            state.queue.append(Array(text.utf8))
            defer { state.isWriting = true }
            return state.isWriting
        }
        if !isWriting { writer.async(execute: writeWaiting) }
    }

    private static func writeWaiting() {
        while true {
            let bytes = state.withLock { state in
                let bytes = state.queue.takeAll(telling: state.notice)
                if bytes.isEmpty { state.isWriting = false }
                return bytes
            }
            guard !bytes.isEmpty else { return }
            _ = writeAll(bytes, to: STDERR_FILENO)
        }
    }

    /// Waits until all is written, or nobody reads it for so long. Stands at the program's end.
    static func drain(within limit: Duration = .seconds(1)) {
        let isDone = DispatchSemaphore(value: 0)
        writer.async { isDone.signal() }
        _ = isDone.wait(timeout: .now() + .milliseconds(Int(limit.milliseconds)))
    }

    /// Says lost lines in a form of its own from now on.
    static func tellLostLines(_ notice: @escaping @Sendable (Int) -> String) {
        state.withLock { $0.notice = notice }
    }

    /// Lines that were lost because nobody read them.
    static var lostLines: Int { state.withLock { $0.queue.lostLines } }

    /// Whether so much waits that what is drawn anew anyway may be left out.
    static var isBehind: Bool { state.withLock { $0.queue.waitingBytes > 1 << 16 } }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
