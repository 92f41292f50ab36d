internal import Vocabulary

/// Commands for ffmpeg's `sendcmd`, which give its `lutyuv` another table for each frame.
struct LevelCommands {
    let text: String

    /// - Parameters:
    ///   - factors: for each reading's frame, what its values are multiplied by.
    ///   - readings: of the frames that can be read.
    init(_ factors: [Double], _ readings: [FrameReading], _ schedule: FrameSchedule) {
        let first = readings.first.map { schedule.starts[$0.place] } ?? 0
        var (text, last, before) = ("", "", 0 as Int64)
        for (factor, reading) in zip(factors, readings) {
            let start = schedule.microseconds(schedule.starts[reading.place] - first)
            // A thousandth is a fifth of a step of light at most: what differs less needs no command.
            let wanted = factor.formatted(places: 3)
            if wanted != last {
                // Between this frame and the one before it, so that rounding does not matter.
                let time = start == 0 ? 0 : (before + start) / 2
                text += "\((Double(time) / 1_000_000).formatted(places: 6)) "
                // Light is black at 16 and has no colour at 128. Colour is scaled with it, so that no hue changes.
                text += "lutyuv y clip(16+(val-16)*\(wanted)\\,16\\,235),"
                text += "lutyuv u clip(128+(val-128)*\(wanted)\\,16\\,240),"
                text += "lutyuv v clip(128+(val-128)*\(wanted)\\,16\\,240);\n"
                last = wanted
            }
            before = start
        }
        self.text = text
    }
}
