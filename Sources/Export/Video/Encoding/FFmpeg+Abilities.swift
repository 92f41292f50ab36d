internal import Subprocess

/// What an ffmpeg can make here.
package struct FFmpegAbilities: Hashable, Sendable {
    /// The endings of what it makes.
    package let makes: [String]
    /// The endings of what it does not make, each with the encoder that it would need.
    package let lacks: [(ending: String, encoder: String)]
    /// Whether it writes text over pictures.
    package let writesText: Bool

    package static func == (one: FFmpegAbilities, other: FFmpegAbilities) -> Bool {
        one.makes == other.makes && one.writesText == other.writesText
            && one.lacks.map(\.ending) == other.lacks.map(\.ending)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(makes)
        hasher.combine(writesText)
    }
}

extension FFmpeg {
    /// What it can make, by its encoders; those that need hardware are tried.
    package func abilities() async throws(ExportError) -> FFmpegAbilities {
        let encoders = try await usableEncoders()
        var makes: [String] = []
        var lacks: [(ending: String, encoder: String)] = []
        // AVI holds the stored JPEGs alone, which no encoder is needed for.
        for format in ExportFormat.allCases where format.isVideo && format != .avi {
            do throws(ExportError) {
                _ = try VideoCoding(format, VideoSettings(), encoders: encoders)
                makes.append(format.ending)
            } catch {
                if case .ffmpegLacksEncoder(let name) = error {
                    lacks.append((format.ending, name))
                } else {
                    throw error
                }
            }
        }
        return FFmpegAbilities(makes: makes, lacks: lacks, writesText: writesText)
    }

    /// The encoders that it was built with, without those for H.264 that no hardware here runs, where no other is there.
    func usableEncoders() async throws(ExportError) -> EncoderList {
        var encoders = try await encoders()
        let codec = VideoCodec.h264
        guard !codec.software.contains(where: { encoders.codecs[$0] != nil }) else { return encoders }
        for name in codec.hardware where encoders.codecs[name] != nil {
            if await encodes(name) { break }
            encoders.remove(name)
        }
        return encoders
    }

    /// Whether an encoder makes a video of a few grey frames: many are built in for hardware that few machines have.
    private func encodes(_ name: String) async -> Bool {
        let family = EncoderFamily(name)
        let filters = (["format=\(family.pixelFormat)"] + family.upload).joined(separator: ",")
        let arguments =
            ["-hide_banner", "-nostdin", "-loglevel", "error"] + family.device
            + ["-f", "lavfi", "-i", "color=c=gray:size=320x240:rate=10:duration=0.5", "-vf", filters, "-c:v", name]
            + ["-f", "null", "-"]
        let result = try? await run(
            executable, arguments: Arguments(arguments), environment: Self.environment(searchPath),
            output: .discarded, error: .discarded)
        return result?.terminationStatus.isSuccess == true
    }
}
