/// What a schedule captures that knows a random month before it begins, for ours to be measured by.
struct AllKnowingSchedule {
    let month: RandomMonth
    /// Where captures stop, as a part of the cap.
    let part: Double

    init(of month: RandomMonth, below part: Double) { (self.month, self.part) = (month, part) }

    /// The most frames that can be had below the stop: with the server's own counter at hand, every picture is taken for
    /// which there is room.
    ///
    /// No schedule of equally dear pictures gets more: taking one early never leaves less room than taking it late.
    func mostFrames() -> Int {
        var (frames, spent): (Int, Int64) = (0, 0)
        for slot in 0..<RandomMonth.slots {
            let room = stop(month.cap[slot]) - month.elsewhereInAll[slot]
            for camera in month.cameras.indices where month.answers[camera][slot] {
                guard spent < room, spent + month.cost(camera, slot) <= room else { continue }
                spent += month.cost(camera, slot)
                frames += 1
            }
        }
        return frames
    }

    /// The frames of a schedule that lasts until the reset and leaves the owner the reserve.
    ///
    /// It knows every outage and all that others will spend, and spreads exactly what they leave over exactly the slots that
    /// will succeed. A changed cap it knows from the moment of the change: whoever spreads a cap evenly cannot have spent
    /// beforehand what a later one adds.
    func lastingFrames(reserve: Double) -> Double {
        var (frames, spent): (Double, Double) = (0, 0)
        let changes = (1..<RandomMonth.slots).filter { month.cap[$0] != month.cap[$0 - 1] }
        for (first, end) in zip([0] + changes, changes + [RandomMonth.slots]) {
            let cap = month.cap[first]
            let least =
                (first..<RandomMonth.slots).map { slot in
                    stop(cap) - max(month.elsewhereInAll[slot], Int64(Double(cap) * reserve))
                }.min() ?? 0
            let toTheReset = reachable(first..<RandomMonth.slots)
            let untilTheChange = reachable(first..<end)
            let room = max(0, Double(least) - spent)
            let rate = toTheReset.cost > 0 ? min(1, room / toTheReset.cost) : 1
            frames += rate * untilTheChange.frames
            spent += rate * untilTheChange.cost
        }
        return frames
    }

    private func stop(_ cap: Int64) -> Int64 { Int64((Double(cap) * part).rounded(.down)) }

    private func reachable(_ slots: Range<Int>) -> (frames: Double, cost: Double) {
        var (frames, cost) = (0.0, 0.0)
        for camera in month.cameras.indices {
            for slot in slots where month.answers[camera][slot] {
                frames += 1
                cost += Double(month.cost(camera, slot))
            }
        }
        return (frames, cost)
    }
}
