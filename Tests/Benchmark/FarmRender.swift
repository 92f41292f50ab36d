import Archive
import Deduplication
import Foundation
import NIOCore
import Storage
import Validation
import Vocabulary

/// A rule's timelapse, rendered again and again beside a farm at work: by the program itself, at the lowest priority, as a capture
/// has it done.
struct FarmRender {
    private let program: URL
    private let arguments: [String]
    private let folder: URL

    /// How long each took, and how many there were that failed.
    struct Outcome: Sendable {
        var times: [Duration] = []
        var failures = 0

        var text: String {
            let each = times.map { ($0 / .seconds(1)).formatted(places: 1) + " s" }.joined(separator: ", ")
            return "\(times.count) timelapses of \(FarmRender.frames) frames were rendered beside it, in \(each)."
        }
    }

    static let frames = 600
    private static let camera = "film"

    /// Stores a print that is over, of a camera that captures no more.
    init(archive: FrameArchive, path: String, in folder: URL) async throws {
        program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "printlapse")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            print("\(program.path) is not built: “swift build -c release” builds it.")
            exit(1)
        }
        self.folder = folder
        let configuration = folder.appending(path: "render.yaml").path
        try """
        cameras:
          - name: \(Self.camera)
            url: http://127.0.0.1:1/
        timelapses:
          - after: print
            into: \(folder.path)/films

        """.write(toFile: configuration, atomically: true, encoding: .utf8)
        arguments = [
            "-n", "19", program.path, "timelapses", "make", "print", "--print", "latest", "--camera", Self.camera,
            "--archive", path, "--config", configuration, "--quiet",
        ]
        let pictures = CameraPictures(width: 1280, height: 720)
        let begin = Timestamp.wallClock - .seconds(10 * Self.frames + 3600)
        var job = PrintJob(number: 1, name: "tower.gcode", startedAt: begin, toldBy: .octoPrint)
        let validator = FrameValidator()
        for number in 0..<Self.frames {
            let instant = begin + .seconds(10 * number)
            let origin = SnapshotOrigin(camera: try CameraName(Self.camera), source: .url, receivedAt: instant)
            let frame = try validator.validate(
                Snapshot(bytes: ByteBuffer(bytes: pictures.picture(number)), origin: origin))
            guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else { continue }
            _ = try await archive.store(
                novel, for: Slot(due: instant, interval: .seconds(10)), received: .zero,
                circumstances: FrameCircumstances(print: job))
        }
        (job.state, job.endedAt) = (.finished, begin + .seconds(10 * Self.frames))
        try await archive.record(job, camera: try CameraName(Self.camera))
    }

    /// Renders until it is cancelled; what is being rendered then is ended, unless it is the first.
    func run() async throws -> Outcome {
        var outcome = Outcome()
        while !Task.isCancelled {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/nice")
            process.arguments = arguments
            process.currentDirectoryURL = folder
            let start = ContinuousClock.now
            try process.run()
            while process.isRunning {
                if Task.isCancelled {
                    guard outcome.times.isEmpty else {
                        process.terminate()
                        process.waitUntilExit()
                        return outcome
                    }
                    process.waitUntilExit()
                    break
                }
                try? await Task.sleep(for: .milliseconds(100))
            }
            guard process.terminationStatus == 0 else {
                outcome.failures += 1
                continue
            }
            outcome.times.append(ContinuousClock.now - start)
        }
        return outcome
    }
}
