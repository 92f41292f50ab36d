import Glibc
import Synchronization
import Vocabulary

/// Data for the next program or the reader's eye; everything else goes to ``StandardError``.
enum StandardOutput {
    enum Failure: ExplainedError, Hashable {
        /// The other end was closed, as `| head` does.
        case readerGone
        /// Nothing more can be written, though somebody waits for it: a full disk, a closed descriptor.
        case notWritten(reason: String)

        var label: String {
            switch self {
            case .readerGone: "reader_gone"
            case .notWritten: "output"
            }
        }

        var description: String {
            switch self {
            case .readerGone: "nobody reads standard output any more"
            case .notWritten(let reason): "standard output cannot be written: \(reason)"
            }
        }

        var hint: String {
            switch self {
            case .readerGone: "Let the program that reads it read to its end."
            case .notWritten: "What was written is not whole. Make room where it goes, or send it elsewhere."
            }
        }

        fileprivate init(_ number: Int32) {
            self = number == EPIPE ? .readerGone : .notWritten(reason: String(cString: strerror(number)))
        }
    }

    private static let pending = Mutex<[UInt8]>([])
    private static let bufferSize = 64 * 1024

    /// Writes now or with what follows; ``close()`` stands at the end of every command.
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

    /// Writes a sentence. A terminal would break words at its edge; what is no terminal gets it as one line.
    static func sentence(_ text: String) throws(Failure) {
        try line(isTerminal ? text.fitted(to: TerminalSize.current.columns) : text)
    }

    static func flush() throws(Failure) {
        let failure = pending.withLock { pending in
            defer { pending.removeAll(keepingCapacity: true) }
            return writeAll(pending, to: STDOUT_FILENO)
        }
        if let failure { throw Failure(failure) }
    }

    /// Writes what is left. Some file systems say only now that there was no room.
    static func close() throws(Failure) {
        try flush()
        // Where it was closed from the beginning, nobody wanted anything, and nothing was written.
        guard Glibc.close(STDOUT_FILENO) != 0, errno != EBADF else { return }
        throw Failure(errno)
    }

    /// Whether a person is likely to be reading.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// Writes all bytes, however few are taken at a time. A pipe that does not wait by itself is waited for.
///
/// - Returns: `nil`, or the error for which nothing more can be written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var offset = 0
    while offset < bytes.count {
        let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written > 0 {
            offset += written
            continue
        }
        switch written == 0 ? EIO : errno {
        case EINTR: break
        case EAGAIN:
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&ready, 1, -1)
        case let failure: return failure
        }
    }
    return nil
}

/// The descriptors 0, 1 and 2, whatever the program was started with.
enum StandardDescriptors {
    /// Gives a descriptor that is closed (`>&-`) to the null device, so that no file that is opened later gets its number:
    /// messages would be written into the archive. Reading and writing data fails as it would without.
    ///
    /// To be called before anything is opened.
    static func occupy() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)] {
            // The lowest number that is free is this one.
            if fcntl(descriptor, F_GETFD) == -1 { _ = open("/dev/null", mode) }
        }
    }
}
