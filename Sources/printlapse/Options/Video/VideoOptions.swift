import ArgumentParser
import Export

/// How fast a video runs, how it looks and how it is encoded.
struct VideoOptions: ParsableArguments {
    @OptionGroup(title: "Videos") var preset: PresetArguments

    @OptionGroup(title: "Pace") var timing: TimingArguments

    @OptionGroup(title: "Looks") var looks: LooksArguments

    @OptionGroup(title: "Encoding") var encoding: EncodingArguments

    /// Puts what was given into a request, and what a preset says in place of what was not.
    func apply(to request: inout ExportRequest) throws {
        let filling = try preset.preset?.filling() ?? VideoFilling.parse([])
        let timing = timing.filled(from: filling.timing)
        let looks = looks.filled(from: filling.looks)
        let encoding = encoding.filled(from: filling.encoding)
        (request.pace, request.timing) = (try timing.pace, try timing.timing)
        request.video = encoding.settings
        (request.video.looks, request.video.labels) = (looks.looks, looks.labels)
        request.video.version = Printlapse.version
        request.given.formUnion(self.timing.given.union(self.looks.given).union(self.encoding.given))
        if preset.preset != nil { request.given.insert(.preset) }
    }
}

extension Set<ExportOption> {
    /// Those of these options that were given.
    static func given(_ options: [(option: ExportOption, isGiven: Bool)]) -> Set<ExportOption> {
        Set(options.filter(\.isGiven).map(\.option))
    }
}

struct PresetArguments: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "What the video is for: \(VideoPreset.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "preset"), completion: .words(of: VideoPreset.self), transform: Word.videoPreset)
    var preset: VideoPreset?
}
