import Foundation
import Testing

extension Trait where Self == ConditionTrait {
    /// Only by itself: while the test library waits for a process of a test, it keeps one of its few threads from all other tests.
    static var sweep: Self {
        .enabled(if: ProcessInfo.processInfo.environment["PRINTLAPSE_SWEEPS"] != nil, "scripts/test says how to run it")
    }
}

/// How much of all that could be tried is: what a minute or two have room for, and all of it where `PRINTLAPSE_EVERY_BIT` is set,
/// which takes hours.
enum SweepSize {
    static var isFull: Bool { ProcessInfo.processInfo.environment["PRINTLAPSE_EVERY_BIT"] != nil }
}

/// Damages one copy of an archive after the other, and runs commands on each, in a process of its own whose end by a trap or
/// an alarm tells of the last one.
struct Sweep {
    /// Where the process stands: what was done to the archive, and the command.
    private let place: URL
    private let folder: URL
    private let sound: URL

    /// - Parameter folder: has the sound archive, and whatever the process leaves.
    init(in folder: URL) throws {
        self.folder = folder.appending(path: "sweep-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        (sound, place) = (folder.appending(path: "sound.sqlite"), folder.appending(path: "place"))
        // What commands print is nobody's, and no configuration of the tester's is read.
        let nowhere = open(folder.appending(path: "said").path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        _ = (dup2(nowhere, 1), dup2(nowhere, 2))
        setenv("HOME", self.folder.path, 1)
        setenv("TZ", "Europe/Berlin", 1)
        unsetenv("PRINTLAPSE_ARCHIVE")
    }

    /// Where a process that died stood.
    static func place(in folder: URL) -> String {
        (try? String(contentsOf: folder.appending(path: "place"), encoding: .utf8)) ?? "before the first command"
    }

    /// - Parameter body: is given the copy, and runs commands by ``run(_:_:)``.
    func damaged(_ how: String, _ damage: (URL) throws -> Void, _ body: (URL) async throws -> Void) async throws {
        let out = folder.appending(path: "out")
        try? FileManager.default.removeItem(at: out)
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        let archive = out.appending(path: "damaged.sqlite")
        try FileManager.default.copyItem(at: sound, to: archive)
        try note(how)
        try damage(archive)
        try await body(archive)
    }

    /// Runs a command, which is over within its time.
    @discardableResult
    func run(_ line: String, _ archive: URL, _ how: String) async throws -> Int32 {
        try note("\(how): \(line)")
        alarm(30)
        defer { alarm(0) }
        return try await EveryCommand.run(line, archive: archive, out: archive.deletingLastPathComponent())
    }

    private func note(_ text: String) throws {
        try Data(text.utf8).write(to: place)
    }
}
