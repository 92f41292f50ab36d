import Glibc
import Synchronization

/// Data for the next program or the reader's eye; everything else goes to ``StandardError``.
enum StandardOutput {
    enum Failure: Error {
        /// The other end was closed, as `| head` does.
        case readerGone
    }

    /// - Throws: ``Failure/readerGone``; whoever reads has had enough, and the command ends quietly.
    static func write(_ text: String) throws(Failure) {
        try write(bytes: Array(text.utf8))
    }

    static func line(_ text: String = "") throws(Failure) {
        try write(text + "\n")
    }

    static func write(bytes: [UInt8]) throws(Failure) {
        guard fwrite(bytes, 1, bytes.count, stdout) == bytes.count else { throw .readerGone }
    }

    static func flush() throws(Failure) {
        guard fflush(stdout) == 0 else { throw .readerGone }
    }

    /// Whether a person is likely to be reading.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// Messages, logs and progress. A write that fails is not an error: nobody is there to be told.
enum StandardError {
    private static let gate = Mutex(())

    static func write(_ text: String, terminator: String = "\n") {
        let bytes = Array((text + terminator).utf8)
        gate.withLock { _ in
            var offset = 0
            while offset < bytes.count {
                let written = bytes[offset...].withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
                guard written > 0 || errno == EINTR else { return }
                offset += max(0, written)
            }
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
