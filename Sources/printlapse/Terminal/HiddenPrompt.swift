@preconcurrency import Dispatch
import Glibc
import Vocabulary

/// Takes a secret at the terminal without showing it.
enum HiddenPrompt {
    /// Whether standard input is a terminal that we may read: a job in the background would be stopped by it.
    static var isPossible: Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        let foreground = tcgetpgrp(STDIN_FILENO)
        return foreground == -1 || foreground == getpgrp()
    }

    /// Asks until what was typed or pasted can be read.
    ///
    /// - Returns: `nil` where the input ended or the task was cancelled. The terminal shows again what is typed, either way.
    static func ask<Value, Failure: ExplainedError>(
        _ prompt: String, reading parse: (String) throws(Failure) -> Value
    ) async -> Value? {
        guard let silence = Silence() else { return nil }
        defer { silence.end() }
        StandardError.write(prompt, terminator: " ")
        for await line in lines() {
            if line.allSatisfy(\.isWhitespace) {
                StandardError.write(prompt, terminator: " ")
                continue
            }
            do throws(Failure) {
                return try parse(line)
            } catch {
                StandardError.write(error.message)
                StandardError.write(prompt, terminator: " ")
            }
        }
        // What is said next does not stand behind the prompt.
        StandardError.write("")
        return nil
    }

    /// A terminal that shows no more of what is typed than the ends of lines.
    private struct Silence {
        private let before: termios

        init?() {
            var settings = termios()
            guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
            before = settings
            settings.c_lflag &= ~tcflag_t(ECHO)
            settings.c_lflag |= tcflag_t(ECHONL | ICANON)
            guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) == 0 else { return nil }
        }

        func end() {
            var settings = before
            _ = tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        }
    }

    /// Lines as they come, without their ends. No thread waits in `read`, so that nothing is left behind when the task is cancelled.
    private static func lines() -> AsyncStream<String> {
        AsyncStream { lines in
            let source = DispatchSource.makeReadSource(
                fileDescriptor: STDIN_FILENO, queue: DispatchQueue(label: "printlapse.prompt"))
            source.setEventHandler {
                // A terminal gives one line at a time, 4095 bytes at most.
                var line = [UInt8](repeating: 0, count: 4096)
                let count = read(STDIN_FILENO, &line, line.count)
                guard count > 0 else { return lines.finish() }
                let end = UInt8(ascii: "\n")
                lines.yield(String(decoding: line[..<count].prefix { $0 != end }, as: UTF8.self))
            }
            lines.onTermination = { _ in source.cancel() }
            source.resume()
        }
    }
}
