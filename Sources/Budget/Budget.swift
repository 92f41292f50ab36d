public import Vocabulary

/// Leave to spend bytes of the month's allowance, so that captures stop before the cap does it.
///
/// Used is what the server's newest reading says, and a charge for every byte received or reserved since. Bytes are
/// reserved **before** a request and settled after it, so what is known to be used can be overstated and is never understated.
/// A pure value: it has no clock and asks nobody.
public struct Budget: Hashable, Sendable {
    /// How many bytes may be received without any reading, and by how much a reading is topped up once a later one failed
    /// (but there by no more than a twentieth of the cap): others may spend unseen. 8 MiB.
    public static let margin = ByteCount(8 * 1024 * 1024)
    /// How long a pause for want of a reading is, before asking again makes sense.
    public static let readingPatience: Duration = .seconds(60)

    /// Where captures stop.
    public let stop: CapStop
    private var reading: UsageReading?
    /// Whether a usage call failed after the reading.
    private var isReadingOld = false
    private var metering = Metering()
    /// Received since the reading, or since ever.
    private var received: ByteCount = .zero
    private var reserved: [UInt64: ByteCount] = [:]
    private var nextReservation: UInt64 = 0
    /// When the refusal over the cap (481) ends at the latest.
    private var refusedUntil: Timestamp?

    public init(stop: CapStop = .standard) {
        self.stop = stop
    }

    /// Takes the server's word, which replaces our own reckoning since the reading before.
    ///
    /// A refusal by the server ends with a reading that shows room: below our stop, or below the cap where there is no stop.
    ///
    /// - Parameters:
    ///   - receivedMeanwhile: bytes that came between asking and the answer. The server may have told its total before it
    ///     counted them, so they go on being charged.
    ///   - capturesMeanwhile: the pictures that they belong to.
    public mutating func record(
        _ reading: UsageReading, receivedMeanwhile: ByteCount = .zero, capturesMeanwhile: Int = 0
    ) {
        metering.record(
            reading, meanwhile: (receivedMeanwhile.bytes, Int64(capturesMeanwhile)), nextReservation: nextReservation)
        self.reading = reading
        isReadingOld = false
        received = receivedMeanwhile
        let ceiling = stop.threshold(ofCap: reading.monthlyCap) ?? reading.monthlyCap
        if ceiling.map({ reading.total < $0 }) ?? true { refusedUntil = nil }
    }

    /// Takes a reading from a record, oldest first, with what was received between it and the one before.
    public mutating func replay(_ reading: UsageReading, received bytes: ByteCount, captures: Int) {
        metering.add(received: bytes, captures: captures)
        record(reading)
    }

    /// Notes that a usage call failed: the reading before it is used on, with the ``margin``.
    public mutating func recordFailedReading(at now: Timestamp) {
        isReadingOld = true
    }

    /// Notes that the server refused a request over the cap (481).
    public mutating func serverRefusedOverCap(at now: Timestamp) {
        refusedUntil = reading(at: now)?.resetAt ?? now.startOfNextMonth
    }

    /// Whether a request may be made, however small.
    public func permission(at now: Timestamp) -> BudgetPermission {
        permission(for: ByteCount(1), at: now)
    }

    /// Sets bytes aside for a request.
    ///
    /// - Parameter amount: the most that the request may bring. The promise not to pass the stop holds as far as this does.
    /// - Throws: ``BudgetError/capReached(until:reason:)`` where they might pass the stop.
    public mutating func reserve(
        _ amount: ByteCount, at now: Timestamp
    ) throws(BudgetError) -> BudgetReservation {
        if case .refused(let until, let reason) = permission(for: amount, at: now) {
            throw .capReached(until: until, reason: reason)
        }
        let reservation = BudgetReservation(number: nextReservation, amount: amount)
        nextReservation += 1
        reserved[reservation.number] = amount
        return reservation
    }

    /// Replaces what was set aside by what came, whether or not the request succeeded. A second time changes nothing.
    public mutating func settle(_ reservation: BudgetReservation, received bytes: ByteCount) {
        guard reserved.removeValue(forKey: reservation.number) != nil else { return }
        received += bytes
        metering.settle(reservation, received: bytes)
    }

    /// The allowance as it stands.
    public func report(at now: Timestamp) -> BudgetReport {
        let reading = reading(at: now)
        let total = reading.map { $0.total + charge(for: outstanding) }
        let cap = reading?.monthlyCap
        var pause: CapReason?
        if case .refused(_, let reason) = permission(at: now) { pause = reason }
        let perFrame = metering.bytesPerCapture
        var framesLeft: Int64?
        if let total, let perFrame, perFrame > .zero, let threshold = stop.threshold(ofCap: cap) ?? cap {
            framesLeft = (threshold - total).bytes / perFrame.bytes
        }
        return BudgetReport(
            total: total, monthlyCap: cap, unlimited: reading.map { $0.monthlyCap == nil } ?? false,
            resetAt: reading?.resetAt, remaining: cap.flatMap { cap in total.map { cap - $0 } },
            fraction: cap.flatMap { cap in total.map { Double($0.bytes) / Double(max(1, cap.bytes)) } },
            capStop: stop, pause: pause, meteredBytesPerFrame: perFrame, framesLeft: framesLeft)
    }

    // MARK: - The decision

    private func permission(for amount: ByteCount, at now: Timestamp) -> BudgetPermission {
        if let refusedUntil, now < refusedUntil { return .refused(until: refusedUntil, reason: .serverRefused) }
        if stop == .off { return .granted }
        guard let reading = reading(at: now) else {
            return outstanding + amount <= Self.margin
                ? .granted : .refused(until: now + Self.readingPatience, reason: .noReading)
        }
        guard let threshold = stop.threshold(ofCap: reading.monthlyCap) else { return .granted }
        let used = reading.total + (isReadingOld ? ageMargin(ofCap: reading.monthlyCap) : .zero)
        // Exactly at the stop is stopped, also where requests cost nothing.
        guard used + charge(for: outstanding) < threshold, used + charge(for: outstanding + amount) <= threshold else {
            return .refused(until: reading.resetAt, reason: .ownStop)
        }
        return .granted
    }

    /// The newest reading, unless the month that it is about is over.
    private func reading(at now: Timestamp) -> UsageReading? {
        reading.flatMap { now < $0.resetAt ? $0 : nil }
    }

    private var outstanding: ByteCount { reserved.values.reduce(received, +) }

    private func charge(for bytes: ByteCount) -> ByteCount {
        ByteCount(Int64((Double(bytes.bytes) * metering.share).rounded(.up)))
    }

    private func ageMargin(ofCap cap: ByteCount?) -> ByteCount {
        min(Self.margin, ByteCount((cap?.bytes ?? .max) / 20))
    }
}
