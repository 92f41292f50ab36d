import ArgumentParser
import Export

struct PresetArguments: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "What the video is for: \(VideoPreset.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "preset"), completion: .words(of: VideoPreset.self), transform: Word.videoPreset)
    var preset: VideoPreset?

    /// Puts how fast a video runs, how it looks and how it is encoded into a request: what was given, and what the preset says in
    /// place of what was not.
    func fill(
        _ request: inout ExportRequest, beside timing: TimingArguments, _ looks: LooksArguments,
        _ encoding: EncodingArguments
    ) throws {
        request.given.formUnion(timing.given.union(looks.given).union(encoding.given))
        if preset != nil { request.given.insert(.preset) }
        let filling = try preset?.filling()
        let timing = filling.map { timing.filled(from: $0.timing) } ?? timing
        let looks = filling.map { looks.filled(from: $0.looks) } ?? looks
        let encoding = filling.map { encoding.filled(from: $0.encoding) } ?? encoding
        (request.pace, request.timing) = (try timing.pace, try timing.timing)
        request.video = encoding.settings
        (request.video.looks, request.video.labels) = (looks.looks, looks.labels)
        request.video.version = Printlapse.version
    }
}

extension Set<ExportOption> {
    /// Those of these options that were given.
    static func given(_ options: [(option: ExportOption, isGiven: Bool)]) -> Set<ExportOption> {
        Set(options.filter(\.isGiven).map(\.option))
    }
}
