import Archive
import Foundation
import Subprocess
import Vocabulary

/// The program once more, as `timelapses run`, of the lowest priority. It ends by itself when whoever started it is gone: its
/// standard input ends then.
struct TimelapseProcess: Sendable {
    /// The archive and the configuration, as options.
    let words: [String]

    private struct Became: Decodable { let id: Int64 }

    func work(_ became: @escaping @Sendable (Int64) -> Void) async throws {
        let (status, lastWords) = try await run(["run", "--tied", "--format", "ndjson"]) { line in
            if let told = try? JSONDecoder().decode(Became.self, from: Data(line)) { became(told.id) }
        }
        try Task.checkCancellation()
        switch status {
        // 1: something failed, which is in the archive and was told. 11: somebody makes them already.
        case .exited(0), .exited(1), .exited(11): return
        default:
            throw CommandError(
                "no timelapses are made: \(lastWords)", hint: "“printlapse timelapses run” tells more.",
                label: "timelapses", status: .wrong)
        }
    }

    /// Makes a smaller version of a timelapse.
    ///
    /// - Returns: the path of a file that is whoever's who asked; `nil` where none was made.
    func fit(_ timelapse: ArchivedTimelapse, into size: ByteCount) async -> String? {
        guard let film = timelapse.files.first?.path, let ending = film.split(separator: ".").last,
            ["mp4", "mkv", "webm", "gif", "webp"].contains(ending.lowercased())
        else { return nil }
        let path = FileManager.default.temporaryDirectory.appending(path: "printlapse-\(UUID().uuidString).\(ending)")
            .path
        let words = ["fit", "\(timelapse.id)", "--max-size", "\(size.bytes)", "--output", path, "--tied"]
        let ran = try? await run(words) { _ in }
        return ran?.status == .exited(0) ? path : nil
    }

    /// - Returns: how it ended, and the last that it said on standard error.
    private func run(
        _ command: [String], line told: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> (status: TerminationStatus, lastWords: String) {
        var options = PlatformOptions()
        // In a group of its own, so that a Ctrl-C on the terminal does not reach it before its captures have ended.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
        let arguments = ["-n", "19", Self.program, "timelapses"] + command + words
        let lastWords = LastWords()
        let result = try await Subprocess.run(
            .name("nice"), arguments: Arguments(arguments), environment: .inherit, platformOptions: options,
            input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for try await buffer in execution.standardError { buffer.withUnsafeBytes { lastWords.add($0) } }
                }
                group.addTask {
                    var line: [UInt8] = []
                    for try await buffer in execution.standardOutput {
                        for byte in buffer.withUnsafeBytes({ Array($0) }) {
                            guard byte == UInt8(ascii: "\n") else {
                                line.append(byte)
                                continue
                            }
                            told(line)
                            line = []
                        }
                    }
                }
                try await group.waitForAll()
            }
            // Until now: its end would have been taken for ours.
            try await execution.standardInputWriter.finish()
        }
        return (result.terminationStatus, lastWords.text)
    }

    /// This program's file, or the one that took its place since.
    private static var program: String {
        let path =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let deleted = " (deleted)"
        return path.hasSuffix(deleted) ? String(path.dropLast(deleted.count)) : path
    }
}

/// The end of what a program said.
private final class LastWords: Sendable {
    private let bytes = Bytes()

    private final class Bytes: @unchecked Sendable {
        let lock = NSLock()
        var bytes: [UInt8] = []
    }

    func add(_ more: UnsafeRawBufferPointer) {
        bytes.lock.withLock {
            bytes.bytes += more
            if bytes.bytes.count > 2000 { bytes.bytes.removeFirst(bytes.bytes.count - 2000) }
        }
    }

    var text: String {
        String(decoding: bytes.lock.withLock { bytes.bytes }, as: UTF8.self)
            .split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }.suffix(3)
            .joined(separator: " ")
    }
}
