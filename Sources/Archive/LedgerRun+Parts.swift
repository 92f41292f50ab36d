package import Vocabulary

extension LedgerRun {
    /// Whether it says nothing but that no archive told of this time. What another one tells of it takes its place.
    package var isFiller: Bool {
        outcome == .missed && (detail?.word == .betweenArchives || detail?.word == .clockSet)
    }

    /// Whether it says nothing but that nobody captured then. What does tell of that time takes its place.
    package var isSoft: Bool { outcome == .missed && (isFiller || detail?.word == .notRunning) }

    /// How many of its slots are due before an instant.
    package func slots(before instant: Timestamp) -> Int {
        let distance = (instant - from).milliseconds
        guard distance > 0 else { return 0 }
        return Int(min(Int64(slots), (distance - 1) / interval.milliseconds + 1))
    }

    /// Some of its slots, with their share of the bytes. The shares of all parts add up.
    package func part(_ part: Range<Int>) -> LedgerRun {
        func bytes(before slot: Int) -> Int64 { Int64(Double(self.bytes.bytes) * Double(slot) / Double(slots)) }
        return LedgerRun(
            camera: camera, outcome: outcome, detail: detail, from: from + interval * part.lowerBound,
            interval: interval,
            slots: part.count, bytes: ByteCount(bytes(before: part.upperBound) - bytes(before: part.lowerBound)),
            frame: frame)
    }

    /// What lies before an instant; a single slot that lasts longer is cut.
    package func part(before instant: Timestamp) -> LedgerRun? {
        guard instant > from else { return nil }
        guard until > instant else { return self }
        if slots == 1 { return replacing(from: from, interval: instant - from, slots: 1) }
        let whole = Int((instant - from).milliseconds / interval.milliseconds)
        return whole > 0 ? replacing(from: from, interval: interval, slots: whole) : nil
    }

    /// What lies from an instant on.
    package func part(from instant: Timestamp) -> LedgerRun? {
        guard instant < until else { return nil }
        guard instant > from else { return self }
        if slots == 1 { return replacing(from: instant, interval: until - instant, slots: 1) }
        let gone = slots(before: instant)
        guard gone < slots else { return nil }
        return replacing(from: from + interval * gone, interval: interval, slots: slots - gone)
    }

    /// The same slots at other times.
    package func shifted(by duration: Duration) -> LedgerRun {
        replacing(from: from + duration, interval: interval, slots: slots)
    }

    private func replacing(from: Timestamp, interval: Duration, slots: Int) -> LedgerRun {
        LedgerRun(
            camera: camera, outcome: outcome, detail: detail, from: from, interval: interval, slots: slots,
            bytes: bytes,
            frame: frame, removed: removed)
    }
}
