import Capture
import Glibc
import UnixSignals
import Vocabulary

/// Reads a running job's settings again: at SIGHUP, and when the configuration's file has changed.
struct ConfigurationWatch: Sendable {
    /// The file; it need not be there.
    let path: String
    /// Reads the settings as at the job's start.
    let read: @Sendable () throws -> CaptureSettings
    /// Is called before each reading.
    let willRead: @Sendable () -> Void
    let failed: @Sendable (any Error) -> Void

    /// Between two looks at the file.
    private static let interval = Duration.seconds(2)

    /// The settings, each time that they were read again, until the stream is let go.
    func changes() -> AsyncStream<CaptureSettings> {
        let (changes, continuation) = AsyncStream.makeStream(of: CaptureSettings.self)
        let signals = Task {
            for await _ in await UnixSignalsSequence(trapping: .sighup) { reread(into: continuation) }
        }
        let looks = Task {
            var known = FileState(of: path)
            while true {
                try await Task.sleep(for: Self.interval)
                let state = FileState(of: path)
                guard state != known else { continue }
                known = state
                // A file that is gone for a moment is being replaced.
                if state != nil { reread(into: continuation) }
            }
        }
        continuation.onTermination = { _ in
            signals.cancel()
            looks.cancel()
        }
        return changes
    }

    private func reread(into continuation: AsyncStream<CaptureSettings>.Continuation) {
        willRead()
        do {
            continuation.yield(try read())
        } catch {
            failed(error)
        }
    }
}

/// What changes when a file is written or replaced.
private struct FileState: Hashable {
    private let inode: ino_t
    private let size: off_t
    private let seconds: time_t
    private let nanoseconds: Int

    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (inode, size) = (status.st_ino, status.st_size)
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
}
