internal import FoundationEssentials
internal import Vocabulary

/// What is known of a readable frame before the video is made.
struct FrameReading: Hashable, Sendable {
    /// The frame's place in the timeline, from 0.
    let place: Int
    let capturedAt: Timestamp
    /// Of the print, 0 to 1, where the printer said so.
    let progress: Double?
    /// The mean light of the picture, 0 to 1 in linear terms, where it was measured.
    let light: Double?
}

/// The texts of a video.
struct VideoLettering {
    let labels: VideoLabels
    let size: PixelSize
    let font: FontFile
    /// How far each frame is, 0 to 1, by its place among the readings.
    private let shares: [Double]
    private let readings: [FrameReading]
    /// When each reading's frame begins to be seen, and at last the video's end, in microseconds.
    private let times: [Int64]

    /// - Parameter readings: of the frames that can be read, where texts differ from frame to frame; otherwise none.
    init(_ labels: VideoLabels, size: PixelSize, font: FontFile, readings: [FrameReading], schedule: FrameSchedule) {
        (self.labels, self.size, self.font, self.readings) = (labels, size, font, readings)
        let first = readings.first.map { schedule.starts[$0.place] } ?? 0
        times = (readings.map { schedule.starts[$0.place] } + [schedule.end]).map { schedule.microseconds($0 - first) }
        shares = PrintProgress(readings).shares
    }

    private var fontSize: Int { max(10, min(size.width, size.height) / 20) }
    private var barHeight: Int { labels.hasProgress ? max(2, min(size.width, size.height) / 120) : 0 }

    /// As ASS.
    var file: SubtitleFile {
        var file = SubtitleFile(size: size, font: font.family, fontSize: fontSize, marginBelow: barHeight)
        let always: Range<Int64> = 0..<Self.farAway
        if let title = labels.title { file.add(title, in: .upperLeft, always) }
        if let mark = labels.watermark?.text { file.add(mark, in: .upperRight, always) }
        if labels.hasClock {
            let clock = readings.map { Self.clock($0.capturedAt, in: labels.timeZone) }
            addRuns(of: clock, to: &file) { file, text, times in
                file.add(text, in: .lowerLeft, times)
            }
        }
        if labels.hasProgress { addProgress(to: &file, always) }
        return file
    }

    private func addProgress(to file: inout SubtitleFile, _ always: Range<Int64>) {
        let top = size.height - barHeight
        file.addBar(
            x: 0, y: top, PixelSize(width: size.width, height: barHeight), colour: 0x000000, transparency: 0x70,
            layer: 0, always)
        addRuns(of: shares.map { Int(($0 * Double(size.width)).rounded()) }, to: &file) { file, width, times in
            file.addBar(
                x: 0, y: top, PixelSize(width: width, height: barHeight), colour: 0xFF8A1E, transparency: 0, layer: 1,
                times)
        }
        addRuns(of: shares.map { "\(Int(($0 * 100).rounded(.down))) %" }, to: &file) { file, text, times in
            file.add(text, in: .lowerRight, times)
        }
    }

    /// `2026-11-23  14:05:10`
    private static func clock(_ instant: Timestamp, in timeZone: TimeZone) -> String {
        let local = CivilTime(instant, in: timeZone)
        let (date, time) = ([local.year, local.month, local.day], [local.hour, local.minute, local.second])
        return date.map { $0.padded(2) }.joined(separator: "-") + "  "
            + time.map { $0.padded(2) }.joined(separator: ":")
    }

    /// One event for each row of frames that show the same.
    private func addRuns<Shown: Equatable>(
        of shown: [Shown], to file: inout SubtitleFile, _ add: (inout SubtitleFile, Shown, Range<Int64>) -> Void
    ) {
        var start = 0
        for place in shown.indices where place + 1 == shown.count || shown[place + 1] != shown[place] {
            let end = place + 1 == shown.count ? Self.farAway : times[place + 1]
            if times[start] < end { add(&file, shown[start], times[start]..<end) }
            start = place + 1
        }
    }

    /// Later than any video ends: nine hours, tenfold.
    private static let farAway: Int64 = 86_400 * 1_000_000
}
