internal import Subprocess

/// An ffmpeg that is installed and new enough.
package struct FFmpeg: Hashable, Sendable {
    /// The folders in which it was looked for, separated by colons; `nil`: those of `PATH`.
    package let searchPath: String?
    let executable: Executable
    /// As it names itself: `5.1.9-0+deb12u1`.
    package let version: String

    /// Whether it can write text over pictures (libass).
    let writesText: Bool

    /// Looks for ffmpeg and asks it for its version.
    ///
    /// - Throws: ``ExportError/ffmpegMissing``, ``ExportError/ffmpegTooOld(version:needed:)``,
    ///   ``ExportError/ffmpegSilent(_:question:)`` or ``ExportError/ffmpegFailed(status:lastLines:)``
    package static func find(searchPath: String? = nil) async throws(ExportError) -> FFmpeg {
        try await find(searchPath: searchPath, answeringWithin: ProgramAnswer.limit)
    }

    static func find(
        searchPath: String?, answeringWithin limit: Duration
    ) async throws(ExportError) -> FFmpeg {
        let executable = try await executable(in: searchPath)
        return try FFmpeg(
            executable, searchPath: searchPath,
            answer: await answer(of: executable, to: "-version", searchPath, within: limit))
    }

    /// The encoders that it was built with.
    func encoders(
        answeringWithin limit: Duration = ProgramAnswer.limit
    ) async throws(ExportError) -> EncoderList {
        EncoderList(parsing: try await Self.answer(of: executable, to: "-encoders", searchPath, within: limit))
    }

    /// Where it is, so that it is looked for once.
    private static func executable(in searchPath: String?) async throws(ExportError) -> Executable {
        do {
            return .path(try await Executable.name("ffmpeg").resolveExecutablePath(in: environment(searchPath)))
        } catch {
            throw .ffmpegMissing
        }
    }

    private static func answer(
        of executable: Executable, to question: String, _ searchPath: String?,
        within limit: Duration
    ) async throws(ExportError) -> String {
        do {
            let (status, output) = try await ProgramAnswer.ask(
                executable, ["-hide_banner", question], environment(searchPath), within: limit)
            guard status.isSuccess else { throw ExportError.ffmpegFailed(status: status.phrase, lastLines: []) }
            return output
        } catch let error as ExportError {
            throw error
        } catch is ProgramAnswer.TookTooLong {
            throw .ffmpegSilent(limit, question: question)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw .ffmpegMissing
        } catch {
            guard !Task.isCancelled else { throw .interrupted }
            throw .ffmpegFailed(status: "could not be started", lastLines: ["\(error)"])
        }
    }

    /// Reads what `ffmpeg -version` says.
    init(_ executable: Executable = .name("ffmpeg"), searchPath: String?, answer: String) throws(ExportError) {
        let words = answer.split(separator: "\n").first?.split(separator: " ") ?? []
        guard words.count >= 3, words[0] == "ffmpeg", words[1] == "version" else {
            throw .ffmpegFailed(status: "does not say its version", lastLines: [])
        }
        version = String(words[2])
        (self.executable, self.searchPath) = (executable, searchPath)
        writesText = answer.contains("--enable-libass")
        if let numbers = Self.numbers(of: version), numbers < Self.oldest {
            throw .ffmpegTooOld(version: version, needed: "\(Self.oldest.0).\(Self.oldest.1)")
        }
    }

    /// 4.4 is what Ubuntu 22.04 has; older ones lack `-stats_period`.
    private static let oldest = (4, 4)

    /// Releases are `5.1.9` or `n5.1`; `nil` for builds between them (`N-109542-g4a80db5fc2`, `git-2023…`), which are
    /// new.
    private static func numbers(of version: String) -> (Int, Int)? {
        let release = version.hasPrefix("n") ? version.dropFirst() : version[...]
        let parts = release.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
        guard release.first?.isNumber == true, parts.count >= 2 else { return nil }
        return (parts[0], parts[1])
    }

    /// The option that names how frames get their times: it has another name since 5.1.
    var timingOption: String {
        guard let numbers = Self.numbers(of: version), numbers < (5, 1) else { return "-fps_mode" }
        return "-vsync"
    }

    /// Where the program is found, and quiet where its libraries talk past it.
    static func environment(_ searchPath: String?) -> Environment {
        .inherit.updating(["SVT_LOG": "1"]).updating(searchPath.map { ["PATH": $0] } ?? [:])
    }
}

extension TerminationStatus {
    /// The end of the sentence “ffmpeg …”.
    var phrase: String {
        switch self {
        case .exited(let code): "ended with status \(code)"
        case .signaled(let signal): "was killed by signal \(signal)"
        }
    }
}
