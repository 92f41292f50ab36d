internal import Vocabulary

/// Where an instant lies in a video that runs as time did, but for the standstills, which are squeezed.
struct RealTime: Sendable {
    /// How many times as fast as it happened.
    let speed: Double
    /// In the order of time; none overlap.
    let standstills: [Standstill]
    /// How long each of them lasts, in captured time.
    let squeeze: Duration

    /// Captured time without what was squeezed out of it, in microseconds since 1970.
    func instant(_ time: Timestamp) -> Int64 {
        var instant = time.milliseconds * 1000
        for standstill in standstills {
            guard standstill.from < time else { break }
            let passed = min(time, standstill.until) - standstill.from
            let share = 1 - squeeze / standstill.length
            instant -= Int64(Double(passed.microseconds) * share)
        }
        return instant
    }

    /// The same for times in order or nearly so, without going through all standstills for each.
    func instants(_ candidates: [ExportCandidate]) -> [Int64] {
        guard !standstills.isEmpty else { return candidates.map { $0.capturedAt.milliseconds * 1000 } }
        return candidates.map { instant($0.capturedAt) }
    }

    /// Microseconds of the video in so many of captured time.
    func shown(_ microseconds: Int64) -> Int64 { Int64((Double(microseconds) / speed).rounded()) }
}

extension VideoTimeline {
    /// Each frame as long as it took until the next one was captured, divided by the speed.
    ///
    /// Frames that would follow each other in less than 1/60 s are thinned, the first and the last one left. The last
    /// frame lasts as long as a usual one.
    ///
    /// - Throws: ``ExportError/unusablePace(_:)`` where it would be longer than a day.
    init(_ candidates: [ExportCandidate], _ time: RealTime, timing: VideoTiming) throws(ExportError) {
        let times = FrameTimes(time.instants(candidates))
        let usual = times.usualStep.map(time.shown) ?? FrameRate.standard.microseconds(of: 1)
        let raw = times.elapsed.map(time.shown)
        let taken = Self.thinned(raw)
        var starts = taken.map { raw[$0] }
        var hold: Int64 = 0
        if starts.count > 1 {
            starts[starts.count - 1] = max(starts[starts.count - 1], starts[starts.count - 2] + Self.leastStep)
            hold = max(0, timing.holdFirst.microseconds - starts[1])
        }
        for index in starts.indices.dropFirst() { starts[index] += hold }
        let held = (starts.count == 1 ? max(timing.holdFirst, timing.holdLast) : timing.holdLast).microseconds
        let duration = (starts.last ?? 0) + max(usual, held, Self.leastStep)
        guard duration <= VideoPace.longest.microseconds else {
            throw .unusablePace("in \(time.speed.formatted(places: 2))-fold time this is longer than a day")
        }
        let chapters = Self.chapters(candidates, time, heldFirst: hold, duration: duration)
        let frames = taken.map { candidates[$0] }
        guard let rate = timing.constantRate else {
            self.init(
                frames: frames, starts: starts, duration: duration, rate: FrameRate(FrameRate.fastest, per: 1),
                isVariable: true, chapters: chapters)
            return
        }
        let count = rate.frames(in: duration)
        let slots = (0..<count).map { rate.microseconds(of: $0) }
        var shown: [ExportCandidate] = []
        shown.reserveCapacity(count)
        var place = 0
        for slot in slots {
            while place + 1 < starts.count, starts[place + 1] <= slot { place += 1 }
            shown.append(frames[place])
        }
        self.init(
            frames: shown, starts: slots, duration: rate.microseconds(of: count), rate: rate, isVariable: false,
            chapters: chapters)
    }

    /// In microseconds.
    static let leastStep: Int64 = 16_666

    /// The places of the frames that leave each other time enough, the first and the last among them.
    private static func thinned(_ starts: [Int64]) -> [Int] {
        var taken: [Int] = []
        for (place, start) in starts.enumerated() {
            if let last = taken.last, start - starts[last] < leastStep { continue }
            taken.append(place)
        }
        if let last = taken.last, last != starts.count - 1 {
            if taken.count > 1 { taken.removeLast() }
            taken.append(starts.count - 1)
        }
        return taken
    }

    /// The standstills and what lies between them; none where there are no standstills.
    private static func chapters(
        _ candidates: [ExportCandidate], _ time: RealTime, heldFirst hold: Int64, duration: Int64
    ) -> [Chapter] {
        guard let first = candidates.first?.capturedAt, !time.standstills.isEmpty else { return [] }
        func place(_ instant: Timestamp) -> Int64 {
            let passed = time.shown(abs(time.instant(instant) - time.instant(first)))
            return passed == 0 ? 0 : min(duration, passed + hold)
        }
        let between = candidates.contains { $0.print != nil } ? "Printing" : "Recording"
        var chapters: [Chapter] = []
        var end: Int64 = 0
        let isBackwards = candidates.isNewestFirst
        for standstill in isBackwards ? time.standstills.reversed() : time.standstills {
            let bounds = [place(standstill.from), place(standstill.until)].sorted()
            guard bounds[0] < bounds[1] else { continue }
            if bounds[0] > end { chapters.append(Chapter(title: between, start: end)) }
            chapters.append(Chapter(title: standstill.title, start: bounds[0]))
            end = bounds[1]
        }
        if end < duration { chapters.append(Chapter(title: between, start: end)) }
        return chapters
    }
}
