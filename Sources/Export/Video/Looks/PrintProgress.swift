internal import Vocabulary

/// How far each frame of a video is, 0 to 1.
///
/// The printer is asked every few minutes, and every frame in between bears the last answer. So an answer is true at the
/// first frame that bears it, and between two such frames the print goes on evenly.
struct PrintProgress {
    /// For each reading.
    let shares: [Double]

    /// An answer at the frame that was the first to bear it.
    private struct Answer {
        let time: Double
        let share: Double
    }

    /// Where nothing was answered, how much of the time from the first frame to the last has passed.
    ///
    /// - Parameter readings: in any order of time.
    init(_ readings: [FrameReading]) {
        let order = readings.indices.sorted { readings[$0].capturedAt < readings[$1].capturedAt }
        let times = order.map { Double(readings[$0].capturedAt.milliseconds) }
        guard readings.contains(where: { $0.progress != nil }) else {
            shares = Self.passed(readings)
            return
        }
        var shares = [Double](repeating: 0, count: readings.count)
        var start = 0
        // Where the answer falls another print begins.
        while start < order.count {
            var (end, highest) = (start, -1.0)
            while end < order.count {
                let told = readings[order[end]].progress ?? highest
                if told < highest { break }
                highest = told
                end += 1
            }
            let row = start..<end
            let answers = Self.answers(row.map { (times[$0], readings[order[$0]].progress) })
            for place in row { shares[order[place]] = Self.share(at: times[place], answers) }
            start = end
        }
        self.shares = shares
    }

    private static func answers(_ row: [(time: Double, progress: Double?)]) -> [Answer] {
        var answers: [Answer] = []
        for case (let time, let told?) in row where told != answers.last?.share {
            answers.append(Answer(time: time, share: min(1, max(0, told))))
        }
        let gaps = zip(answers.dropFirst(), answers).map { $0.time - $1.time }.sorted()
        guard let usual = gaps.isEmpty ? nil : gaps[gaps.count / 2] else { return answers }
        // Of an answer that stays for much longer than others the printer stood still first.
        return answers.indices.flatMap { place -> [Answer] in
            guard place > 0, answers[place].time - answers[place - 1].time > usual * 2.5 else {
                return [answers[place]]
            }
            return [Answer(time: answers[place].time - usual, share: answers[place - 1].share), answers[place]]
        }
    }

    private static func share(at time: Double, _ answers: [Answer]) -> Double {
        guard let first = answers.first, let last = answers.last else { return 0 }
        guard time > first.time else { return first.share }
        guard let next = answers.firstIndex(where: { $0.time >= time }), next > 0 else {
            guard answers.count > 1 else { return last.share }
            // After the last answer it goes on as before, until another one was due.
            let before = answers[answers.count - 2]
            let step = last.time - before.time
            let passed = min(1, (time - last.time) / max(1, step))
            return min(1, last.share + (last.share - before.share) * passed)
        }
        let (from, to) = (answers[next - 1], answers[next])
        return from.share + (to.share - from.share) * (time - from.time) / max(1, to.time - from.time)
    }

    private static func passed(_ readings: [FrameReading]) -> [Double] {
        let instants = readings.map { Double($0.capturedAt.milliseconds) }
        guard let first = instants.min(), let last = instants.max(), last > first else {
            return readings.map { _ in 1 }
        }
        return instants.map { ($0 - first) / (last - first) }
    }
}
