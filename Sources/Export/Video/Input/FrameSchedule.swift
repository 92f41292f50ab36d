/// When each frame of a timeline begins, in whole units of a stream.
///
/// Of a constant rate the unit is one frame's length, so that pictures stand at 0, 1, 2 … and no rounding adds up. Of a
/// variable one it is a microsecond.
struct FrameSchedule: Hashable, Sendable {
    /// In nanoseconds.
    let unit: Int
    /// How long a frame lasts as a rule, in units.
    let frameLength: Int
    /// When each frame begins, in units; rising.
    let starts: [Int]
    /// When the video ends, in units.
    let end: Int

    init(_ timeline: VideoTimeline) {
        let rate = timeline.rate
        if timeline.isVariable {
            unit = 1000
            frameLength = max(1, 1_000_000 * rate.denominator / rate.numerator)
            starts = timeline.starts.map(Int.init)
            end = max(Int(timeline.duration), (starts.last ?? 0) + 1)
        } else {
            unit = (1_000_000_000 * rate.denominator + rate.numerator / 2) / rate.numerator
            frameLength = 1
            starts = timeline.starts.map { rate.ticks(at: $0) }
            end = max(rate.ticks(at: timeline.duration), (starts.last ?? 0) + 1)
        }
    }

    /// An instant in units, in microseconds as a player counts them.
    func microseconds(_ time: Int) -> Int64 { Int64(time) * Int64(unit) / 1000 }
}

extension FrameRate {
    /// How many frames' lengths an instant in microseconds is from the beginning, to the nearest.
    func ticks(at microseconds: Int64) -> Int {
        let length = Int64(denominator) * 1_000_000
        return Int((microseconds * Int64(numerator) + length / 2) / length)
    }
}
