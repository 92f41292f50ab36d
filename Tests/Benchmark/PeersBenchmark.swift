import Archive
import Foundation
import Import
import Storage
import TestSupport
import Vocabulary

/// How fast a folder of noisy pictures is imported on one core, durably, beside scripts that do the like by Pillow and OpenCV.
///
/// Each runs in a process of its own, which tells how long its work took without its own start; they take turns.
struct PeersBenchmark {
    static let importing = "peers-import"
    /// Pictures to import.
    let count: Int
    private static let rounds = 3

    func run(in folder: URL) async throws {
        let pictures = folder.appending(path: "pictures")
        try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: false)
        let source = CameraPictures(width: 1280, height: 720)
        var bytes = 0
        for number in 0..<count {
            let picture = source.picture(number)
            let name = "printer_" + (Timestamp(seconds: 1_700_000_000) + .seconds(number)).fileNameText + ".jpg"
            try Data(picture).write(to: pictures.appending(path: name))
            bytes += picture.count
        }
        let core = ProcessFigures.allowedCores.suffix(while: \.isNumber)
        print(
            """
            \(count) pictures of \(source.size), \(ByteCount(bytes / count)) each, on core \(core); seconds, the best of \(Self.rounds), \
            turn by turn.

            import                                 seconds   pictures/s   printlapse is
            """)
        var (ours, theirs): ([Double], [PeerScript: [Double]]) = ([], [:])
        for round in 0..<Self.rounds {
            let target = folder.appending(path: "\(round)").path
            ours.append(try seconds(of: [CommandLine.arguments[0], Self.importing, pictures.path, target], core: core))
            for script in PeerScript.allCases {
                let words = [
                    "python3", "-c", PeerScript.text, script.rawValue, pictures.path, target + script.rawValue,
                ]
                theirs[script, default: []].append(try seconds(of: words, core: core))
            }
        }
        let own = ours.min() ?? 0
        line("printlapse, durable", own, "")
        for script in PeerScript.allCases {
            guard let least = theirs[script]?.min() else { continue }
            line(script.name, least, (least / own).formatted(places: 2) + " times as fast")
        }
    }

    /// What the process for it does: prints how many seconds an import took, from the archive's making to its closing.
    static func importFolder(_ folder: String, into path: String) async throws {
        let begun = ContinuousClock.now
        let archive = try await FrameArchive.open(at: path, role: .care)
        let report = try await FrameImporter(into: archive).run([ImportSource(at: folder)])
        try await archive.close()
        let duration = ContinuousClock.now - begun
        guard report.stored > 0, report.refused.isEmpty else { throw Failure.incomplete }
        print(duration / .seconds(1))
    }

    private func line(_ name: String, _ seconds: Double, _ note: String) {
        print(
            name.filled(to: 36) + seconds.formatted(places: 3).right(in: 10)
                + (Double(count) / seconds).formatted(places: 0).right(in: 13) + "   " + note)
    }

    private func seconds(of words: [String], core: Substring) throws -> Double {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["taskset", "--cpu-list", String(core)] + words
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0, let seconds = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else {
            throw Failure.command("\(words[0]) failed; the scripts need: python3 -m pip install \(PeerScript.packages)")
        }
        return seconds
    }

    private enum Failure: Error {
        case incomplete
        case command(String)
    }
}

extension String {
    /// The characters at the end that are all so.
    fileprivate func suffix(while isPart: (Character) -> Bool) -> Substring {
        self[(lastIndex { !isPart($0) }.map(index(after:)) ?? startIndex)...]
    }
}
