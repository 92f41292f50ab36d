internal import Vocabulary

/// Commands for ffmpeg's `sendcmd`, which give its `lutyuv` another table for each frame.
struct LevelCommands {
    /// One for each of as many `sendcmd`s: the filter reads its text in a time that grows with the square of the length, and
    /// keeps memory for all of the rest at each word.
    private(set) var texts: [String] = []

    /// Commands in one text, where that makes no more texts than files that can be open.
    private static let fewest = 400
    private static let mostTexts = 200

    /// - Parameters:
    ///   - factors: for each reading's frame, what its values are multiplied by.
    ///   - readings: of the frames that can be read.
    init(_ factors: [Double], _ readings: [FrameReading], _ schedule: FrameSchedule) {
        let first = readings.first.map { schedule.starts[$0.place] } ?? 0
        let most = max(Self.fewest, factors.count / Self.mostTexts + 1)
        var (text, count, last, before) = ("", 0, "", 0 as Int64)
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
                (last, count) = (wanted, count + 1)
                if count % most == 0 {
                    texts.append(text)
                    text = ""
                }
            }
            before = start
        }
        if !text.isEmpty { texts.append(text) }
    }
}
