import Archive
import Foundation
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Export

/// A program called ffmpeg that behaves badly, made of a few lines of shell.
private struct BadFFmpeg {
    let folder: TemporaryFolder
    var searchPath: String { folder.path + ":/usr/local/bin:/usr/bin:/bin" }

    /// - Parameter encoding: what it does instead of encoding; `$@` are its arguments, `$out` is the file.
    init(_ encoding: String, version: String = "5.1.9", encoders: String = "libx264") throws {
        folder = try TemporaryFolder()
        let script = """
            #!/bin/bash
            case " $* " in *" -version "*)
                echo "ffmpeg version \(version) Copyright (c) the FFmpeg developers"
                exit 0 ;;
            *" -encoders "*)
                for name in \(encoders); do echo " V....D $name  a name (codec h264)"; done
                exit 0 ;;
            esac
            out=${!#}
            out=${out#file:}
            \(encoding)
            """
        try folder.write(script, to: "ffmpeg", executable: true)
    }
}

@Suite struct `Where ffmpeg` {
    /// Exports with a bad ffmpeg; nothing may be left of it.
    private func failure(
        _ ffmpeg: BadFFmpeg, frames: Int = 30, stallLimit: Duration = .seconds(60)
    ) async throws -> ExportError {
        let footage = try await Footage(count: frames)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("lapse.mp4", searchPath: ffmpeg.searchPath, stallLimit: stallLimit)
        }
        #expect(footage.outputs.names.isEmpty)
        return try #require(error)
    }

    @Test func `is missing, the error says what to install, and what needs none can be had`() async throws {
        let footage = try await Footage(count: 2)
        let nothing = try TemporaryFolder()
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("lapse.mp4", searchPath: nothing.path)
        }
        #expect(error?.label == "ffmpeg_missing")
        #expect(error?.hint.contains("apt install ffmpeg") == true)
        #expect(footage.outputs.names.isEmpty)
        #expect(try await footage.export("frames", searchPath: nothing.path).frames == 2)
        #expect(
            try await footage.export("raw.mkv", searchPath: nothing.path) { $0.video.isLossless = true }.frames == 2)
    }

    @Test func `is too old, the error names both versions`() async throws {
        let error = try await failure(BadFFmpeg("exit 0", version: "4.2.7-0ubuntu0.1"))
        #expect(error.label == "ffmpeg_too_old")
        #expect(error.description.contains("4.2.7") && error.description.contains("4.4"))
    }

    @Test func `cannot write H.264, the error says so`() async throws {
        let error = try await failure(BadFFmpeg("exit 0", encoders: "mpeg4"))
        #expect(error.label == "ffmpeg_lacks_encoder")
    }

    @Test func `fails, the error has its own last lines`() async throws {
        let error = try await failure(BadFFmpeg("for i in {1..20}; do echo \"reason $i\" >&2; done; exit 3"))
        #expect(error.label == "ffmpeg_failed")
        #expect(error.description.contains("status 3"))
        #expect(error.description.contains("reason 20") && error.description.contains("reason 13"))
        #expect(!error.description.contains("reason 12"))
    }

    @Test func `dies of a signal, the error names it`() async throws {
        let error = try await failure(BadFFmpeg("head -c 1000 >/dev/null; kill -9 $$"))
        #expect(error.description.contains("signal 9"))
    }

    @Test func `stops taking frames but pretends success, it is not believed`() async throws {
        let error = try await failure(BadFFmpeg("exit 0"), frames: 60)
        #expect(error.label == "ffmpeg_failed")
    }

    @Test func `takes all frames, writes nothing and pretends success, it is not believed`() async throws {
        let error = try await failure(BadFFmpeg("cat >/dev/null; exit 0"))
        #expect(error.description.contains("0 of 30 frames"))
    }

    @Test func `leaves a video that is cut off, it gets no name`() async throws {
        let error = try await failure(
            BadFFmpeg("/usr/bin/ffmpeg \"$@\" && truncate -s -100 \"$out\""))
        #expect(error.description.contains("not whole"))
    }

    @Test(arguments: ["exec sleep 600", "trap '' TERM; while :; do sleep 600 & wait; done"])
    func `hangs, it is ended, with grace and then without`(behaviour: String) async throws {
        let error = try await failure(
            BadFFmpeg("echo 'waiting for something' >&2; \(behaviour)"), frames: 60, stallLimit: .milliseconds(300))
        #expect(error.label == "ffmpeg_stalled")
        #expect(error.description.contains("waiting for something"))
    }

    @Test(arguments: ["-version", "-encoders"])
    func `does not answer what it is or can, it is not waited for`(question: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            #!/bin/bash
            case " $* " in *" \(question) "*) echo $$ >"$(dirname "$0")/process"; sleep 600 ;; esac
            echo "ffmpeg version 5.1.9 Copyright (c) the FFmpeg developers"
            """, to: "ffmpeg", executable: true)
        let path = folder.path + ":/usr/bin:/bin"
        let error = await #expect(throws: ExportError.self) {
            let found = try await FFmpeg.find(searchPath: path, answeringWithin: .milliseconds(500))
            _ = try await found.encoders(answeringWithin: .milliseconds(500))
        }
        #expect(error?.label == "ffmpeg_silent")
        #expect(error?.description.contains("“ffmpeg \(question)” said nothing for 500ms") == true)
        let text = try String(contentsOfFile: folder("process"), encoding: .utf8)
        let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(process, 0) == -1)
    }

    @Test func `takes all, says nothing more and does not end, it is ended`() async throws {
        let error = try await failure(
            BadFFmpeg("cat >/dev/null; exec >&- 2>&-; sleep 600"), stallLimit: .milliseconds(500))
        #expect(error.label == "ffmpeg_stalled")
    }

    @Test func `finds no room, the error says so in its words`() async throws {
        let error = try await failure(
            BadFFmpeg("ulimit -f 4; trap '' XFSZ; exec /usr/bin/ffmpeg \"$@\""), frames: 60)
        #expect(error.label == "ffmpeg_failed")
        #expect(error.description.contains("File too large"), "\(error)")
    }

    @Test func `hangs and the export is cancelled, ffmpeg goes with it`() async throws {
        let ffmpeg = try BadFFmpeg("echo $$ >\"$(dirname \"$0\")/process\"; exec sleep 600")
        let footage = try await Footage(count: 60)
        let export = Task { try await footage.export("lapse.mp4", searchPath: ffmpeg.searchPath) }
        var process: pid_t?
        try await wait(for: "ffmpeg to begin") {
            let text = try? String(contentsOfFile: ffmpeg.folder("process"), encoding: .utf8)
            process = text.flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
            return process != nil
        }
        export.cancel()
        await #expect { try await export.value } throws: { ($0 as? ExportError)?.label == "interrupted" }
        #expect(kill(try #require(process), 0) == -1)
        #expect(footage.outputs.names.isEmpty)
    }

    @Test(arguments: [false, true])
    func `runs beside a capture, it leaves the processor to it`(isCapturing: Bool) async throws {
        let ffmpeg = try BadFFmpeg(
            """
            head -c 100 >/dev/null
            (cut -d' ' -f19 /proc/$$/stat; echo "$@") >"$(dirname "$0")/seen"
            exit 1
            """)
        let footage = try await Footage(count: 3)
        let archive = isCapturing ? try await FrameArchive.open(at: footage.folder("archive.sqlite")) : nil
        await #expect(throws: ExportError.self) { try await footage.export("lapse.mp4", searchPath: ffmpeg.searchPath) }
        try await archive?.close()
        let seen = try String(contentsOfFile: ffmpeg.folder("seen"), encoding: .utf8).split(separator: "\n")
        let niceness = isCapturing ? 10 : getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        #expect(seen.first == "\(niceness)")
        #expect(seen.last?.contains(" -threads ") == isCapturing)
    }

    @Test func `was missing and is there now, the same export succeeds`() async throws {
        let footage = try await Footage(count: 3)
        let bad = try BadFFmpeg("exit 1")
        await #expect(throws: ExportError.self) { try await footage.export("lapse.mp4", searchPath: bad.searchPath) }
        #expect(try await footage.export("lapse.mp4").frames == 3)
    }

    @Test(arguments: [
        ("5.1.9-0+deb12u1", true), ("4.4.2-0ubuntu0.22.04.1", true), ("n6.1", true), ("N-109542-g4a80db5fc2", true),
        ("git-2023-01-02-abc", true), ("7.1", true), ("10.0", true), ("4.3.9", false), ("n3.4", false),
        ("0.8.17", false),
    ])
    func `says its version, it is new enough or not`(version: String, isNew: Bool) {
        let answer = "ffmpeg version \(version) Copyright (c) 2000-2026 the FFmpeg developers"
        let found = try? FFmpeg(searchPath: nil, answer: answer)
        #expect((found != nil) == isNew)
    }
}
