import Capture
import Monitoring
import UnixSignals
import Vocabulary

/// A job's settings, and the files in which they stand: the configuration, the credentials, and what these name.
struct SettingsReading: Sendable {
    /// When it began.
    let begun: Timestamp
    let settings: Result<JobSettings, any Error>
    /// Also where the settings cannot be used: a file that is missing may come.
    let files: Set<String>
}

/// Reads a running job's settings again: at SIGHUP, and when one of the files in which they stand has changed.
struct SettingsWatch: Sendable {
    /// Whether SIGHUP asks for a reading. From a terminal it says that the terminal is closed.
    let heedsSignal: Bool
    let read: @Sendable () -> SettingsReading
    /// Is called before settings, or an error, are handed on.
    let willChange: @Sendable () -> Void
    /// Takes in what is not for the capture itself.
    let changed: @Sendable (JobSettings) -> Void
    let failed: @Sendable (any Error) -> Void

    /// Between two looks at the files.
    private static let interval = Duration.seconds(2)
    /// A file that has changed is left alone until it stays as it is for this long: it may be half written.
    private static let settling = Duration.milliseconds(100)
    /// So many times in a row; what is written without end is read all the same.
    private static let longestSettling = 20

    /// What is captured, each time that the settings changed or were asked for, until the stream is let go.
    ///
    /// - Parameter first: what the job starts with.
    func changes(after first: SettingsReading) -> AsyncStream<CaptureSettings> {
        let (changes, continuation) = AsyncStream.makeStream(of: CaptureSettings.self)
        let reader = SettingsReader(self, after: first, into: continuation)
        let signals = Task {
            guard heedsSignal else { return }
            for await _ in await UnixSignalsSequence(trapping: .sighup) { await reader.readAgain(isAsked: true) }
        }
        let looks = Task {
            while true {
                try await Task.sleep(for: Self.interval)
                guard await reader.hasNews() else { continue }
                for _ in 0..<Self.longestSettling {
                    try await Task.sleep(for: Self.settling)
                    guard await reader.hasNews() else { break }
                }
                await reader.readAgain(isAsked: false)
            }
        }
        continuation.onTermination = { _ in
            signals.cancel()
            looks.cancel()
        }
        return changes
    }
}

/// Takes one reading after another, whoever asks for it.
private actor SettingsReader {
    private let watch: SettingsWatch
    private let continuation: AsyncStream<CaptureSettings>.Continuation
    /// What the job goes on with now.
    private var current: JobSettings?
    private var files: WatchedFiles

    init(
        _ watch: SettingsWatch, after first: SettingsReading,
        into continuation: AsyncStream<CaptureSettings>.Continuation
    ) {
        (self.watch, self.continuation) = (watch, continuation)
        current = try? first.settings.get()
        files = WatchedFiles(first.files, readFrom: first.begun)
    }

    func hasNews() -> Bool { files.haveNews() }

    /// - Parameter isAsked: whether somebody waits for it, who is then told also where nothing has changed.
    func readAgain(isAsked: Bool) {
        let reading = watch.read()
        files = WatchedFiles(reading.files, readFrom: reading.begun)
        do {
            let settings = try reading.settings.get()
            guard isAsked || settings != current else { return }
            current = settings
            watch.willChange()
            watch.changed(settings)
            continuation.yield(settings.capture)
        } catch {
            watch.willChange()
            watch.failed(error)
        }
    }
}
