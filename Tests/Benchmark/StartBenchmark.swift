import Foundation
import TestSupport
import Vocabulary

/// How long a farm takes to begin: the program itself, built beside this one, with so many authorized tunnels in its store and so
/// many cameras in its configuration.
///
/// All tunnels are on one port of a server in another process, so that what is measured is ours.
struct StartBenchmark {
    let tunnels: Int
    /// A thousand tunnels in 0.3 s, more of them in proportion, and fewer in what any start takes.
    private var goal: Duration { .milliseconds(max(100, tunnels * 3 / 10)) }

    func run(in folder: URL) async throws {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "printlapse")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            print("\(program.path) is not built: “swift build -c release” builds it.")
            exit(1)
        }
        let farm = try Farm.start(cameras: 1)
        let bench = try Bench(program: program, folder: folder, tunnels: tunnels, port: farm.port(of: 0))
        let check = try bench.time(["config", "check"])
        let usage = try bench.time(["usage", "camera 1"])
        let (slot, frame, reload) = try bench.capture()
        try farm.stop()

        print("\(tunnels) authorized tunnels, \(tunnels) configured cameras; goal \(goal)\n")
        var isMet = true
        for (what, time) in [
            ("config check", check), ("usage of one camera", usage), ("capture, to its first slot", slot),
            ("reload, to the new cameras", reload),
        ] {
            isMet = isMet && time <= goal
            print(
                "\(time <= goal ? "met   " : "MISSED") \(what.padding(toLength: 28, withPad: " ", startingAt: 0)) \(time)"
            )
        }
        print("       capture, to its first frame   \(frame)")
        guard isMet else { exit(1) }
    }

    /// A home for the program.
    private struct Bench {
        let program: URL
        let folder: URL
        let tunnels: Int
        private var configuration: String { folder.appending(path: "config.yaml").path }

        init(program: URL, folder: URL, tunnels: Int, port: Int) throws {
            (self.program, self.folder, self.tunnels) = (program, folder, tunnels)
            let secret = String(repeating: "0123456789abcdef", count: 4)
            let store = folder.appending(path: "printlapse")
            try FileManager.default.createDirectory(
                at: store, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let entries = (0..<tunnels).map { number in
                """
                "camera \(number)": {"endpoint": "http://\(number)\(secret):\(secret)@127.0.0.1:\(port)", \
                "server": "https://app.obico.io", "stored_at": "2026-11-23T14:05:00.250Z"}
                """
            }
            let text = #"{"format": 1, "tunnels": {\#(entries.joined(separator: ",\n"))}}"#
            let path = store.appending(path: "credentials.json").path
            guard
                FileManager.default.createFile(
                    atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            try configure(intervals: "1h")
        }

        func configure(intervals: String) throws {
            let cameras = (0..<tunnels).map { "  - name: camera \($0)\n    interval: \(intervals)\n" }
            try ("cameras:\n" + cameras.joined()).write(toFile: configuration, atomically: true, encoding: .utf8)
        }

        private func process(_ arguments: [String]) -> Process {
            let process = Process()
            process.executableURL = program
            process.arguments =
                arguments + ["--config", configuration, "--archive", folder.appending(path: "archive.sqlite").path]
            process.environment = ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "TZ": "UTC"]
            process.standardOutput = FileHandle.nullDevice
            return process
        }

        /// The whole command.
        func time(_ arguments: [String]) throws -> Duration {
            let process = process(arguments)
            let begun = ContinuousClock.now
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw CocoaError(.executableRuntimeMismatch) }
            return ContinuousClock.now - begun
        }

        /// A capture's start, until its first slot begins and until its first frame is stored; then its reload with other intervals
        /// for all cameras, once it is asked.
        func capture() throws -> (slot: Duration, frame: Duration, reload: Duration) {
            let process = process(["capture", "--log-format", "json", "--verbose"])
            let log = Pipe()
            process.standardError = log
            var begun = ContinuousClock.now
            try process.run()
            try Self.wait(for: "capturing every", in: log)
            let slot = ContinuousClock.now - begun
            try Self.wait(for: "\"frame\"", in: log)
            let frame = ContinuousClock.now - begun
            try configure(intervals: "2h")
            begun = ContinuousClock.now
            kill(process.processIdentifier, SIGHUP)
            try Self.wait(for: "was read again", in: log)
            let reload = ContinuousClock.now - begun
            process.terminate()
            while !log.fileHandleForReading.availableData.isEmpty {}
            process.waitUntilExit()
            return (slot, frame, reload)
        }

        private static func wait(for text: String, in log: Pipe) throws {
            var said = Data()
            repeat {
                let part = log.fileHandleForReading.availableData
                guard !part.isEmpty else { throw CocoaError(.fileReadUnknown) }
                said = said.suffix(text.utf8.count) + part
            } while said.firstRange(of: Data(text.utf8)) == nil
        }
    }
}
