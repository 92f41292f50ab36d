internal import Vocabulary

extension LedgerRun {
    /// Whether it says nothing but that nobody captured then. What does tell of that time takes its place.
    var isSoft: Bool { outcome == .missed && (isFiller || detail?.word == .notRunning) }

    /// What lies before an instant; a single slot that lasts longer is cut.
    func part(before instant: Timestamp) -> LedgerRun? {
        guard instant > from else { return nil }
        guard until > instant else { return self }
        if slots == 1 { return replacing(from: from, interval: instant - from, slots: 1) }
        let whole = Int((instant - from).milliseconds / interval.milliseconds)
        return whole > 0 ? replacing(from: from, interval: interval, slots: whole) : nil
    }

    /// What lies from an instant on.
    func part(from instant: Timestamp) -> LedgerRun? {
        guard instant < until else { return nil }
        guard instant > from else { return self }
        if slots == 1 { return replacing(from: instant, interval: until - instant, slots: 1) }
        let gone = slots(before: instant)
        guard gone < slots else { return nil }
        return replacing(from: from + interval * gone, interval: interval, slots: slots - gone)
    }

    /// The same slots at other times.
    func shifted(by duration: Duration) -> LedgerRun {
        replacing(from: from + duration, interval: interval, slots: slots)
    }

    private func replacing(from: Timestamp, interval: Duration, slots: Int) -> LedgerRun {
        LedgerRun(
            camera: camera, outcome: outcome, detail: detail, from: from, interval: interval, slots: slots,
            bytes: bytes,
            frame: frame, removed: removed)
    }
}
