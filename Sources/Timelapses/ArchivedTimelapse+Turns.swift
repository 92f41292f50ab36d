package import Archive
package import Vocabulary

/// What becomes of a timelapse, from one state to the next.
extension ArchivedTimelapse {
    /// It is being made now.
    ///
    /// - Parameter files: the names that it gets. They are noted before anything stands under them, so that whoever goes on after a
    ///   kill knows what is theirs.
    package mutating func begin(as files: [File]) {
        state = .making
        attempts += 1
        self.files = files
    }

    /// Nobody makes it any more, although it was begun: the program ended in the midst of it.
    ///
    /// A restart is no reason to wait, unless it is what ends the program.
    package mutating func resume(at now: Timestamp) {
        state = .waiting
        if attempts < Self.patience {
            nextTryAt = now
        } else {
            nextTryAt = now + Self.pause(after: attempts - Self.patience + 1)
            reason = "the program ended \(attempts) times in the midst of it"
            hint = "See whether the machine runs out of memory meanwhile; smaller pictures need less: “scale: 720p”."
        }
    }

    /// It could not be made, and is tried again later.
    package mutating func fail(_ reason: String, hint: String?, at now: Timestamp) {
        (state, self.reason, self.hint) = (.waiting, reason, hint)
        nextTryAt = now + Self.pause(after: attempts)
    }

    /// It was taken back: nothing is wrong with it.
    package mutating func putBack(at now: Timestamp) {
        (state, attempts, nextTryAt) = (.waiting, max(0, attempts - 1), now)
    }

    package mutating func finish(
        files: [File], poster: String?, frames: Int, length: Duration?, at now: Timestamp
    ) {
        (state, madeAt, reason, hint) = (.made, now, nil, nil)
        (self.files, self.poster, self.frames, self.length) = (files, poster, frames, length)
    }

    package mutating func skip(because reason: String) { (state, self.reason, hint) = (.skipped, reason, nil) }

    package mutating func remove() { state = .removed }

    package mutating func forget() { state = .forgotten }

    package mutating func pin(_ isPinned: Bool) { self.isPinned = isPinned }

    /// It waits again, from now on.
    package mutating func renew(until end: Timestamp, since start: Timestamp, at now: Timestamp) {
        (since, until, state) = (start, end, .waiting)
        (dueAt, nextTryAt, attempts, reason, hint) = (now, now, 0, nil, nil)
    }

    /// It waits as it did before.
    mutating func putOff(after attempts: Int, until instant: Timestamp) {
        (self.attempts, nextTryAt) = (attempts, instant)
    }

    /// Whether it can be begun.
    ///
    /// What waits longer than the longest pause was put off by a clock that has been set back since.
    package func isReady(at now: Timestamp) -> Bool {
        state == .waiting && (nextTryAt <= now || nextTryAt - now > Self.longestPause)
    }

    /// How often a program may end in the midst of one before that counts against it.
    static let patience = 3
    static let longestPause = Duration.seconds(86_400)
    private static let pauses: [Duration] = [60, 300, 1800, 7200, 43_200].map { .seconds($0) }

    /// Until the next attempt, longer after each: what ails it may pass by itself, or need somebody.
    static func pause(after attempts: Int) -> Duration {
        let place = max(0, attempts - 1)
        return place < pauses.count ? pauses[place] : longestPause
    }
}
