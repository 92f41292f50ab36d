import ArgumentParser

/// Options that go together, under the name of what they are for. One that is given beside a preset goes first.
enum VideoPreset: String, CaseIterable {
    case discord
    case web
    case fourK = "4k"
    case loop

    /// The options that it stands for, as they would be typed.
    var options: String {
        switch self {
        // What a message there may have attached without a subscription.
        case .discord: "--max-size 10MB --scale max:720p"
        case .web: "--scale max:1080p --poster"
        case .fourK: "--scale 2160p --crf 18"
        case .loop: "--duration 6s --hold-last 1s --scale max:360p"
        }
    }

    func filling() throws -> VideoFilling { try VideoFilling.parse(options.split(separator: " ").map(String.init)) }

    /// One line for each, as the help has them.
    static let list = allCases.map { "  " + $0.rawValue.padding(to: 9) + $0.options }.joined(separator: "\n")
}

/// What a preset says.
struct VideoFilling: ParsableArguments {
    @OptionGroup var timing: TimingArguments

    @OptionGroup var looks: LooksArguments

    @OptionGroup var encoding: EncodingArguments
}
