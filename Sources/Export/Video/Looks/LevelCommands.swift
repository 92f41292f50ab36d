internal import Vocabulary

/// Commands for ffmpeg's `sendcmd`, which tell its `eq` by how much the light of each frame is multiplied.
///
/// Each holds the factors of some hundred frames, as one expression over the time that halves them until one is left.
/// One command a frame would be simpler, but `sendcmd` keeps pages of memory for each and looks at all of them at every
/// frame; and one expression for a whole video would be kept by `eq`, three times, in nodes of a hundred bytes.
struct LevelCommands {
    /// As `sendcmd=f=` reads it. Empty for frames that are as light as they should be.
    let text: String

    /// Frames of one factor, from a time in seconds on.
    private struct Level {
        let time: String
        let factor: String
    }

    private static let levelsInOne = 1024

    /// - Parameters:
    ///   - factors: for each reading's frame, what its values are multiplied by.
    ///   - readings: of the frames that can be read.
    init(_ factors: [Double], _ readings: [FrameReading], _ schedule: FrameSchedule) {
        let first = readings.first.map { schedule.starts[$0.place] } ?? 0
        var (levels, before) = ([Level](), 0 as Int64)
        for (factor, reading) in zip(factors, readings) {
            let start = schedule.microseconds(schedule.starts[reading.place] - first)
            // A thousandth is a fifth of a step of light at most: what differs less is one level.
            let wanted = factor.formatted(places: 3)
            if wanted != levels.last?.factor {
                // Between this frame and the one before it, so that rounding does not matter.
                let time = start == 0 ? 0 : (before + start) / 2
                levels.append(Level(time: (Double(time) / 1_000_000).formatted(places: 6), factor: wanted))
            }
            before = start
        }
        let hasOne = levels.count < 2 && levels.first?.factor == 1.0.formatted(places: 3)
        text =
            hasOne
            ? ""
            : stride(from: 0, to: levels.count, by: Self.levelsInOne).map { from in
                Self.command(levels[from..<min(from + Self.levelsInOne, levels.count)])
            }.joined()
    }

    /// Light is black at 16, and has no colour at 128, of 255. Colour is scaled with it, so that no hue changes.
    ///
    /// `eq` makes `256 · (contrast · (value / 255 - 1/2) + 1/2 + brightness)` of a value and drops what is behind the
    /// point (`create_lut` in ffmpeg's `vf_eq.c`). With these, that is `16 + factor · (value - 16)`, rounded.
    private static func command(_ levels: ArraySlice<Level>) -> String {
        let factor = expression(levels)
        let scale = "(\(factor))*255/256"
        return "\(levels[levels.startIndex].time) eq contrast '\(scale)',"
            + "eq brightness '((\(factor))-1)*223/512',eq saturation '\(scale)';\n"
    }

    private static func expression(_ levels: ArraySlice<Level>) -> String {
        guard levels.count > 1 else { return levels.first?.factor ?? "1" }
        let middle = levels.startIndex + levels.count / 2
        return "if(lt(t,\(levels[middle].time)),\(expression(levels[..<middle])),\(expression(levels[middle...])))"
    }
}
