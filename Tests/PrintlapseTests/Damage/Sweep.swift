import Foundation
import TestSupport
import Testing

/// How much of all that could be tried is: a sample that takes less than a minute of a processor, and all of it where
/// `PRINTLAPSE_EVERY_BIT` is set, which takes hours.
enum SweepSize {
    static var isFull: Bool { ProcessInfo.processInfo.environment["PRINTLAPSE_EVERY_BIT"] != nil }

    /// So many of them, the same in every run.
    static func sample<Element>(_ all: [Element], of count: Int) -> [Element] {
        var generator = SplitMix64(seed: 16)
        return isFull ? all : Array(all.shuffled(using: &generator).prefix(count))
    }
}

/// Damages one copy of an archive after the other, and runs the program on each: what it must not do is die of it, or not end.
///
/// The program runs in processes of its own that are awaited without a thread, so that other tests go on beside it.
struct Sweep {
    private let folder: TemporaryFolder
    let sound: URL

    /// Longer than any of these commands takes on a machine that is busy with other tests.
    private static let patience = ["timeout", "--signal", "KILL", "90"]

    init() async throws {
        folder = try TemporaryFolder()
        sound = try await DamagedArchive.make(in: folder.url)
    }

    /// Runs commands on a copy, one after the other.
    ///
    /// - Parameter how: what is done to the copy, for whoever reads of a failure.
    func damaged(_ how: String, run lines: [String], _ damage: (URL) throws -> Void) async throws {
        let out = folder.url.appending(path: "out-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: out) }
        let archive = out.appending(path: "damaged.sqlite")
        try FileManager.default.copyItem(at: sound, to: archive)
        try damage(archive)
        for line in lines {
            let result = try await Program(
                EveryCommand.arguments(line, archive: archive, out: out), tracedBy: Self.patience, in: out,
                environment: ["TZ": "Europe/Berlin"]
            ).result()
            #expect(
                !result.isSignalled, "\(how): \(line) died of signal \(result.status): \(result.messages.suffix(400))")
            // What timeout(1) says of one that it killed.
            #expect(result.status != 137, "\(how): \(line) did not end")
        }
    }
}
