import Glibc
import Synchronization
import Vocabulary

/// Data for the next program or the reader's eye; everything else goes to ``StandardError``.
enum StandardOutput {
    enum Failure: Error {
        /// The other end was closed, as `| head` does.
        case readerGone
    }

    private static let pending = Mutex<[UInt8]>([])
    private static let bufferSize = 64 * 1024

    /// Writes now or with what follows; ``flush()`` stands at the end of every command.
    ///
    /// - Throws: ``Failure/readerGone``; whoever reads has had enough, and the command ends quietly.
    static func write(bytes: some Sequence<UInt8>) throws(Failure) {
        let isFull = pending.withLock { pending in
            pending.append(contentsOf: bytes)
            return pending.count >= bufferSize
        }
        if isFull { try flush() }
    }

    static func write(_ text: String) throws(Failure) {
        try write(bytes: text.utf8)
    }

    /// Writes a line for a person, in which nothing is left that a terminal would obey: it may hold paths and names.
    static func line(_ text: String = "") throws(Failure) {
        try write(text.shown + "\n")
    }

    static func flush() throws(Failure) {
        let succeeded = pending.withLock { pending in
            defer { pending.removeAll(keepingCapacity: true) }
            return writeAll(pending, to: STDOUT_FILENO)
        }
        if !succeeded { throw .readerGone }
    }

    /// Whether a person is likely to be reading.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// - Returns: `false` where the other end takes no more.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
        let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written > 0 || errno == EINTR else { return false }
        offset += max(0, written)
    }
    return true
}

/// Messages, logs and progress. A write that fails is not an error: nobody is there to be told.
enum StandardError {
    private static let gate = Mutex(())

    /// Writes a text for a person, in which nothing is left that a terminal would obey: it may hold paths and names.
    static func write(_ text: String, terminator: String = "\n") {
        draw(text.shown + terminator)
    }

    /// Writes with the control characters that are in it.
    static func draw(_ text: String) {
        gate.withLock { _ in
            _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
        }
    }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// The width in columns of the terminal that shows messages, or 80.
func terminalWidth() -> Int {
    var size = winsize()
    for descriptor in [STDERR_FILENO, STDOUT_FILENO] {
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    }
    return 80
}
