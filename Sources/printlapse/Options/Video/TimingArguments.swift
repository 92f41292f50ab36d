import ArgumentParser
import Export
import Vocabulary

/// How fast a video runs.
struct TimingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Frames a second (default: 30, fewer where a video would be over within 5 s).", valueName: "n"))
    var fps: Double?

    @Option(help: ArgumentHelp("Make the video this long instead.", valueName: "duration"), transform: Word.duration)
    var duration: Duration?

    @Option(
        help: ArgumentHelp(
            "So many times as fast as it happened: each frame lasts until the next was captured.", valueName: "speed"),
        transform: Word.speed)
    var realTime: Double?

    @Option(
        help: ArgumentHelp(
            "In real time: a pause or gap lasts this long at most, and becomes a chapter.", valueName: "duration"),
        transform: Word.duration)
    var squeeze: Duration?

    @Flag(help: "In real time: repeat frames at a constant rate, for players that need it.")
    var constant = false

    @Option(help: ArgumentHelp("Hold the first frame so long.", valueName: "duration"), transform: Word.duration)
    var holdFirst: Duration?

    @Option(help: ArgumentHelp("Hold the last frame so long.", valueName: "duration"), transform: Word.duration)
    var holdLast: Duration?

    func validate() throws {
        if duration != nil, realTime != nil {
            throw ValidationError("--duration and --real-time both set the pace; give one.")
        }
        if fps != nil, duration != nil { throw ValidationError("--fps and --duration both set the pace; give one.") }
        if fps != nil, realTime != nil, !constant {
            throw ValidationError("--fps goes with --real-time only where the rate is --constant.")
        }
        if realTime == nil {
            if squeeze != nil { throw ValidationError("--squeeze is for --real-time: other frames last equally long.") }
            if constant { throw ValidationError("--constant is for --real-time: other videos have a constant rate.") }
        }
    }

    var given: Set<ExportOption> {
        .given([
            (.fps, fps != nil), (.duration, duration != nil), (.realTime, realTime != nil), (.squeeze, squeeze != nil),
            (.constant, constant), (.holdFirst, holdFirst != nil), (.holdLast, holdLast != nil),
        ])
    }

    /// The pace that was given stays whole, and so does the other.
    func filled(from other: TimingArguments) -> TimingArguments {
        var filled = fps == nil && duration == nil && realTime == nil ? other : self
        (filled.holdFirst, filled.holdLast) = (holdFirst ?? other.holdFirst, holdLast ?? other.holdLast)
        return filled
    }

    var pace: VideoPace {
        get throws {
            if let realTime { return .realTime(realTime) }
            if let duration { return .duration(duration) }
            return try fps.map { .rate(try FrameRate(framesPerSecond: $0)) } ?? .watchable
        }
    }

    var timing: VideoTiming {
        get throws {
            var timing = VideoTiming()
            (timing.holdFirst, timing.holdLast) = (holdFirst ?? .zero, holdLast ?? .zero)
            timing.squeeze = squeeze
            if constant { timing.constantRate = try fps.map { try FrameRate(framesPerSecond: $0) } ?? .standard }
            return timing
        }
    }
}
