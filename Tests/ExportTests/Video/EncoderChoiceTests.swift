import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `An ffmpeg without libx264` {
    /// One that says that it has these encoders for H.264 in its place, and runs the one that works by libx264.
    private func programs(_ encoders: [String], working: String?) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let lines = encoders.map { " V....D \($0)   an encoder (codec h264)" }.joined(separator: "\n")
        let script = """
            #!/bin/bash
            case " $* " in *" -encoders "*) /usr/bin/ffmpeg "$@" | grep -v 264; echo '\(lines)'; exit ;; esac
            arguments=()
            for argument; do
              case "$argument" in
                \(working ?? "none")) arguments+=(libx264) ;;
                libx264|libopenh264|h264_*) echo "no such hardware" >&2; exit 1 ;;
                *) arguments+=("$argument") ;;
              esac
            done
            exec /usr/bin/ffmpeg "${arguments[@]}"
            """
        try folder.write(script, to: "ffmpeg", executable: true)
        return folder
    }

    private func path(_ folder: TemporaryFolder) -> String {
        folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    }

    @Test(arguments: [
        (["libopenh264"], "libopenh264"), (["h264_nvenc", "h264_v4l2m2m"], "h264_v4l2m2m"),
        (["h264_v4l2m2m", "libopenh264"], "libopenh264"),
    ])
    func `makes H.264 by any other encoder that works`(encoders: [String], working: String) async throws {
        let folder = try programs(encoders, working: working)
        let footage = try await Footage(count: 3)
        let result = try await footage.export("lapse.mp4", searchPath: path(folder))
        #expect(result.frames == 3)
        #expect(try Probe(footage.outputs("lapse.mp4")).stream["codec_name"] == "h264")
        let abilities = try await FFmpeg.find(searchPath: path(folder)).abilities()
        #expect(abilities.makes.contains(".mp4"))
    }

    @Test func `says what it lacks where none works`() async throws {
        let folder = try programs(["h264_nvenc"], working: nil)
        let footage = try await Footage(count: 1)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("lapse.mp4", searchPath: path(folder))
        }
        #expect(error?.label == "ffmpeg_lacks_encoder")
        let abilities = try await FFmpeg.find(searchPath: path(folder)).abilities()
        #expect(!abilities.makes.contains(".mp4"))
        #expect(abilities.makes.contains(".webm") && abilities.makes.contains(".gif"))
        #expect(abilities.lacks.contains { $0.ending == ".mp4" && $0.encoder.contains("libx264") })
    }
}
