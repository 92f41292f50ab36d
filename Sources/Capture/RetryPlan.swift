import NIOCore
import Vocabulary

/// When a source is asked again within a slot, by what is known of its ways. A pure value.
///
/// The pauses grow over the slot: a picture that was torn by being overwritten is whole a moment later, and a camera that sleeps needs
/// a second to wake. But some faults are the source's own: the same bytes come again, or slot after slot the same thing is
/// wrong. Such a source is asked once a slot, until it is healed by a picture; six downloads a slot would bring nothing,
/// and cost their bytes where bytes are metered.
struct RetryPlan: Sendable {
    /// Why an attempt brought no picture.
    enum Fault: Hashable, Sendable {
        /// What came was torn or damaged.
        ///
        /// - Parameters:
        ///   - label: a short constant.
        ///   - body: what came, where it is at hand.
        case torn(label: String, body: ByteBuffer?)
        /// Only the owner can mend it, unless it was a server's passing whim: a single 401 while it restarts, a redirect of a proxy.
        case refused
        /// Asking again in this slot is of no use.
        case other
    }

    /// What a slot changed in what is known of the source.
    enum Change: Hashable, Sendable {
        /// The fault is the source's own.
        case lasts
        /// A whole picture came all the same.
        case healed
    }

    /// At most so many attempts a slot.
    let attempts: Int
    /// Whether the source always does what it did last, so that it is asked once a slot.
    private(set) var isSettled = false
    /// The fault that the last slots had in common, and how many.
    private var streak: (label: String, slots: Int)?
    /// Whether the last slot ended with a refusal.
    private var wasRefused = false

    // Of the present slot.
    private var end = Timestamp(milliseconds: 0)
    private var slotEnd = Timestamp(milliseconds: 0)
    private var spread = Duration.zero
    private var made = 0
    private var bodies: [ByteBuffer] = []
    private var labels: Set<String> = []
    private var isRefused = false
    private var wasSettled = false

    /// Each pause is so many times the one before.
    static let growth = 3
    /// Time for all attempts, where the interval is shorter: a whole picture is worth a slot that follows too soon.
    static let shortestWindow = Duration.seconds(2)
    /// The part of a slot over which the pauses together are spread: the rest is for the attempts themselves.
    static let part = 0.6
    /// The pauses together, however short or long the slot is.
    static let together = Duration.milliseconds(300) ... .seconds(60)
    /// Before a refusal is believed.
    static let refusalPause = Duration.seconds(1)
    /// The same fault in so many slots, one after the other, is the source's way.
    static let slots = 3

    init(attempts: Int = 6) {
        self.attempts = attempts
    }

    mutating func begin(at now: Timestamp, within interval: Duration) {
        (slotEnd, end) = (now + interval, now + max(interval, Self.shortestWindow))
        spread = min(max(interval * Self.part, Self.together.lowerBound), Self.together.upperBound)
        (made, bodies, labels, isRefused, wasSettled) = (0, [], [], false, isSettled)
    }

    /// What is left of the slot itself: who waits for a silent source any longer costs the slots after it.
    func left(at now: Timestamp) -> Duration { max(.zero, slotEnd - now) }

    /// Takes an attempt that brought no picture.
    ///
    /// - Returns: how long to wait before the next one; `nil` where there is none in this slot.
    mutating func pause(after fault: Fault, at now: Timestamp) -> Duration? {
        made += 1
        isRefused = fault == .refused
        let pause: Duration
        switch fault {
        case .other:
            return nil
        case .refused:
            guard made == 1, !wasRefused else { return nil }
            pause = min(Self.refusalPause, spread / 4)
        case .torn(let label, let body):
            labels.insert(label)
            if let body, body.readableBytes > 0 {
                // A picture that is torn by being overwritten is torn elsewhere the next time.
                if bodies.contains(body) { isSettled = true }
                bodies.append(body)
            }
            guard !isSettled, made < attempts else { return nil }
            pause = self.pause(before: made)
        }
        return now + pause < end ? pause : nil
    }

    /// Ends the slot.
    ///
    /// - Parameter sawPicture: whether a whole picture came.
    /// - Returns: what is to be told, once.
    mutating func finish(sawPicture: Bool) -> Change? {
        bodies = []
        wasRefused = isRefused && !sawPicture
        if sawPicture {
            (streak, isSettled) = (nil, false)
            return wasSettled ? .healed : nil
        }
        guard let label = labels.first else { return nil }
        if labels.count == 1 {
            streak = (label, streak?.label == label ? (streak?.slots ?? 0) + 1 : 1)
            if let streak, streak.slots >= Self.slots { isSettled = true }
        } else {
            streak = nil
        }
        return isSettled && !wasSettled ? .lasts : nil
    }

    /// - Parameter attempt: how many were made before it.
    private func pause(before attempt: Int) -> Duration {
        let weights = (1..<max(2, attempts)).map { power(of: $0 - 1) }
        return max(spread * power(of: attempt - 1) / weights.reduce(0, +), .milliseconds(10))
    }

    private func power(of exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * Self.growth } }
}
