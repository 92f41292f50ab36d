package import Archive
package import Vocabulary

/// What of a rule is due by now. It asks nobody: what there is to know is given.
package struct TimelapsePlanner: Sendable {
    package let rule: TimelapseRule
    /// For how long a camera goes on after a print; none where that is not said.
    package var postRolls: [CameraName: Duration] = [:]

    /// Frames of a period's last seconds may be on their way to the archive.
    package static let settling = Duration.seconds(30)

    package init(_ rule: TimelapseRule) { self.rule = rule }

    // MARK: - Prints

    /// What is to be made of a print that is over; `nil` where nothing is, or not yet.
    ///
    /// A print that turned out to go on is the same one: its timelapse is made again, under the same name.
    ///
    /// - Parameter known: what there is of it already.
    package func timelapse(
        of print: FinishedPrint, known: ArchivedTimelapse?, standing: RuleStanding, at now: Timestamp
    ) -> ArchivedTimelapse? {
        guard case .afterPrint = rule.occasion, rule.takes(print.camera) else { return nil }
        guard let due = due(print), due <= now || print.endedAt > now else { return nil }
        guard var known else {
            guard print.endedAt >= standing.since else { return nil }
            var timelapse = ArchivedTimelapse(
                rule: rule.name, camera: print.camera, subject: .print(print.id), since: print.startedAt,
                until: print.endedAt, dueAt: min(due, now))
            if let reason = refusal(of: print) { timelapse.skip(because: reason) }
            return timelapse
        }
        guard known.until < print.endedAt, known.state != .forgotten, known.state != .making else { return nil }
        known.renew(until: print.endedAt, since: print.startedAt, at: now)
        if let reason = refusal(of: print) { known.skip(because: reason) }
        return known
    }

    /// When a print's timelapse is due: it may go on, and the camera after it.
    package func due(_ print: FinishedPrint) -> Timestamp? {
        guard case .afterPrint(let patience) = rule.occasion else { return nil }
        return print.endedAt + max(patience, postRolls[print.camera] ?? .zero)
    }

    private func refusal(of print: FinishedPrint) -> String? {
        rule.prints.refusal(of: print) ?? tooFew(print.frames)
    }

    /// - Returns: why there is none of so few frames.
    package func tooFew(_ frames: Int) -> String? {
        guard frames < max(1, rule.leastFrames) else { return nil }
        return frames == 0
            ? "there is no frame of it" : "there are \(frames) frames of it, fewer than \(rule.leastFrames)"
    }

    // MARK: - Periods

    /// The periods that have ended and were not looked at yet, each to be made of every camera that has frames in it.
    package func periods(standing: RuleStanding, at now: Timestamp) -> [Range<Timestamp>] {
        guard case .every(let period, let time) = rule.occasion else { return [] }
        return period.periods(
            endingAfter: max(standing.since, standing.plannedUntil), by: now - Self.settling, at: time,
            in: rule.timeZone)
    }

    /// - Parameter frames: how many the camera has in it.
    package func timelapse(
        of period: Range<Timestamp>, camera: CameraName, frames: Int, at now: Timestamp
    ) -> ArchivedTimelapse? {
        guard rule.takes(camera), frames > 0 else { return nil }
        var timelapse = ArchivedTimelapse(
            rule: rule.name, camera: camera, subject: .period(period.lowerBound), since: period.lowerBound,
            until: period.upperBound, dueAt: min(period.upperBound, now))
        if let reason = tooFew(frames) { timelapse.skip(because: reason) }
        return timelapse
    }

    // MARK: - Rolling

    /// The stretch that a rolling timelapse is of now; `nil` for another rule.
    package func window(at now: Timestamp) -> Range<Timestamp>? {
        guard case .rolling(let time, let renewal) = rule.occasion, renewal.milliseconds > 0 else { return nil }
        let end = Timestamp(milliseconds: now.milliseconds - now.milliseconds % renewal.milliseconds)
        return end - time..<end
    }

    /// - Parameters:
    ///   - newFrames: how many the camera has that were not there when it was last made.
    ///   - frames: how many it has in the window.
    package func timelapse(
        of window: Range<Timestamp>, camera: CameraName, known: ArchivedTimelapse?, newFrames: Int, frames: Int,
        at now: Timestamp
    ) -> ArchivedTimelapse? {
        guard rule.takes(camera), tooFew(frames) == nil, newFrames > 0 else { return nil }
        guard var known else {
            return ArchivedTimelapse(
                rule: rule.name, camera: camera, subject: .rolling, since: window.lowerBound, until: window.upperBound,
                dueAt: min(window.upperBound, now))
        }
        // One that is of a time to come was made by a clock that was wrong.
        guard known.until < window.upperBound || known.until > now, known.state != .forgotten, known.state != .making
        else { return nil }
        let isWaiting = known.state == .waiting
        let (attempts, nextTry) = (known.attempts, known.nextTryAt)
        known.renew(until: window.upperBound, since: window.lowerBound, at: now)
        // One that fails is not tried more often because it is renewed.
        if isWaiting { known.putOff(after: attempts, until: nextTry) }
        return known
    }

    // MARK: - When to look again

    /// When something may become due by the clock alone.
    package func nextInstant(after now: Timestamp) -> Timestamp? {
        switch rule.occasion {
        case .afterPrint: nil
        case .every(let period, let time):
            period.end(after: now - Self.settling, at: time, in: rule.timeZone) + Self.settling
        case .rolling(_, let renewal): window(at: now).map { $0.upperBound + renewal }
        }
    }
}
