import Foundation

/// A Chromium without a window, driven through its DevTools protocol over a pair of pipes.
actor Chromium {
    struct Failure: Error {
        let reason: String
    }

    private let process = Process()
    private let commands = Pipe()
    private let events = Pipe()
    private let profile: URL
    private var messages: AsyncStream<Data>.Iterator
    private var session: String?
    private var nextID = 1

    /// Runs `body` with a browser that has a profile of its own and ends with it.
    static func with<Value: Sendable>(_ body: (Chromium) async throws -> Value) async throws -> Value {
        let browser = try Chromium()
        do {
            try await browser.openTab()
            let value = try await body(browser)
            await browser.end()
            return value
        } catch {
            await browser.end()
            throw error
        }
    }

    private init() throws {
        profile = FileManager.default.temporaryDirectory.appending(path: "chromium-\(UUID().uuidString)")
        let (stream, continuation) = AsyncStream<Data>.makeStream()
        messages = stream.makeAsyncIterator()
        process.executableURL = URL(filePath: "/bin/sh")
        // The protocol is spoken on descriptors 3 and 4.
        process.arguments = [
            "-c", #"exec chromium "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, "chromium", "--headless=new",
            "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--window-size=900,640", "--user-data-dir=\(profile.path)",
            "--remote-debugging-pipe", "about:blank",
        ]
        process.standardInput = commands
        process.standardOutput = events
        events.fileHandleForReading.readabilityHandler = Self.splitter(continuation)
        try process.run()
    }

    /// Messages end with a zero byte.
    private static func splitter(
        _ messages: AsyncStream<Data>.Continuation
    ) -> @Sendable (FileHandle) -> Void {
        let unread = Unread()
        return { handle in
            let bytes = handle.availableData
            guard !bytes.isEmpty else {
                handle.readabilityHandler = nil
                return messages.finish()
            }
            for message in unread.split(bytes) { messages.yield(message) }
        }
    }

    /// Used by the one queue that a file handle calls its handler on.
    private final class Unread: @unchecked Sendable {
        private var bytes = Data()

        func split(_ more: Data) -> [Data] {
            bytes += more
            var messages: [Data] = []
            while let end = bytes.firstIndex(of: 0) {
                messages.append(Data(bytes[bytes.startIndex..<end]))
                bytes = Data(bytes[(end + 1)...])
            }
            return messages
        }
    }

    private func end() async {
        process.terminate()
        try? await process.ended()
        try? FileManager.default.removeItem(at: profile)
    }

    // MARK: The protocol

    private func openTab() async throws {
        let target = try await call("Target.createTarget", ["url": "about:blank"])
        guard let id = target["targetId"] as? String else { throw Failure(reason: "no tab") }
        let attached = try await call("Target.attachToTarget", ["targetId": id, "flatten": true])
        session = attached["sessionId"] as? String
        _ = try await call("Page.enable")
    }

    private func call(_ method: String, _ parameters: [String: Any] = [:]) async throws -> [String: Any] {
        var message: [String: Any] = ["id": nextID, "method": method, "params": parameters]
        if let session { message["sessionId"] = session }
        defer { nextID += 1 }
        try commands.fileHandleForWriting.write(
            contentsOf: try JSONSerialization.data(withJSONObject: message) + Data([0]))
        while let data = await nextMessage() {
            guard let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any],
                answer["id"] as? Int == nextID
            else { continue }
            if let error = answer["error"] { throw Failure(reason: "\(method): \(error)") }
            return answer["result"] as? [String: Any] ?? [:]
        }
        throw Failure(reason: "Chromium ended")
    }

    private func nextMessage() async -> Data? {
        var iterator = messages
        let message = await iterator.next(isolation: #isolation)
        messages = iterator
        return message
    }

    // MARK: A tab

    func open(_ address: String) async throws {
        _ = try await call("Page.navigate", ["url": address])
    }

    /// The value of an expression, as text.
    func evaluate(_ expression: String) async throws -> String {
        let answer = try await call(
            "Runtime.evaluate", ["expression": "Promise.resolve(\(expression)).then(String)", "awaitPromise": true])
        return (answer["result"] as? [String: Any])?["value"] as? String ?? ""
    }

    /// Waits until a condition holds in whatever page is shown.
    func wait(until condition: String) async throws {
        let pause = "new Promise(done => setTimeout(() => done(Boolean(\(condition))), 20))"
        // A page that goes away in the meantime takes the promise with it: the next one is asked.
        while (try? await evaluate(pause)) != "true" {
            guard process.isRunning, !Task.isCancelled else { throw Failure(reason: "“\(condition)” never held") }
        }
    }

    /// The addresses that the back button could lead to.
    func history() async throws -> [String] {
        let answer = try await call("Page.getNavigationHistory")
        return (answer["entries"] as? [[String: Any]] ?? []).compactMap { $0["url"] as? String }
    }
}
