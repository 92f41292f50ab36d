package import Vocabulary

/// Leave to spend bytes of the month's allowance, so that captures stop before the cap does it.
///
/// Used is what the server's newest reading says, and a charge for every byte received or reserved since. Bytes are
/// reserved **before** a request and settled after it, so what is known to be used can be overstated and is never understated.
/// A pure value of one account: it has no clock and asks nobody.
package struct Budget: Hashable, Sendable {
    /// How many bytes may be received without any reading, and by how much a reading is topped up once a later one failed
    /// or the program was started anew (but there by no more than a twentieth of the cap): others may spend unseen, and
    /// what was on its way when the program was killed is in no record. 8 MiB.
    package static let margin = ByteCount(8 * 1024 * 1024)
    /// How long a pause for want of a reading is, before asking again makes sense.
    package static let readingPatience: Duration = .seconds(60)

    /// Where captures stop.
    package let stop: CapStop
    /// What is left to the owner.
    package let ownersReserve: OwnersReserve
    /// All that was received so far. Note it before asking for a usage reading, and hand it to
    /// ``record(_:receivedBefore:)`` with the answer.
    package internal(set) var received = Receipts()

    var newest: UsageReading?
    /// Whether a usage call failed after the reading, or the program was started anew.
    var isReadingOld = false
    var metering = Metering()
    /// What had been received when the newest reading was asked for.
    var receivedAtReading = Receipts()
    /// What had been received when the month began.
    var receivedAtMonth = Receipts()
    var monthEnd: Timestamp?
    /// The numbers of the reservations that are not settled, and what they set aside.
    var open: Set<UInt64> = []
    var reserved = Receipts()
    /// When the refusal over the cap (481) ends at the latest.
    var refusedUntil: Timestamp?
    /// What was refused: with proxied calls alone, the announced pictures go on.
    var refusedRoutes: Set<FetchRoute> = []

    package init(stop: CapStop = .standard, ownersReserve: OwnersReserve = .none) {
        (self.stop, self.ownersReserve) = (stop, ownersReserve)
    }

    /// Takes the server's word, which replaces our own reckoning since the reading before. A reading older than the newest
    /// one changes nothing.
    ///
    /// A refusal by the server ends with a reading that shows room: below our stop, or below the cap where there is no stop.
    ///
    /// - Parameter mark: ``received`` as it was before the server was asked. What came since then the server may or may not
    ///   have counted, so it goes on being charged. `nil`: nothing came meanwhile.
    /// - Returns: what came between the reading before and this one, for the record.
    @discardableResult
    package mutating func record(_ reading: UsageReading, receivedBefore mark: Receipts? = nil) -> Receipts {
        if let newest, reading.readAt < newest.readAt { return Receipts() }
        turnMonth(at: reading.readAt)
        let mark = mark ?? received
        let between = mark - receivedAtReading
        metering.record(reading, meanwhile: received - mark)
        (newest, isReadingOld, receivedAtReading) = (reading, false, mark)
        let ceiling = stop.threshold(ofCap: reading.monthlyCap) ?? reading.monthlyCap
        if ceiling.map({ reading.total < $0 }) ?? true { endRefusal() }
        return between
    }

    /// Takes a reading from the record of an earlier run, oldest first, with what came between it and the one before.
    ///
    /// Until a reading of this run it is topped up by the ``margin``: what was on its way when that run ended is in no record.
    ///
    /// - Parameters:
    ///   - bytes: by all routes.
    ///   - proxied: those of them that came by proxied calls.
    ///   - captures: pictures, by all routes.
    package mutating func replay(
        _ reading: UsageReading, received bytes: ByteCount, proxied: ByteCount = .zero, captures: Int
    ) {
        turnMonth(at: reading.readAt)
        replay(received: bytes, proxied: proxied, captures: captures)
        record(reading)
        isReadingOld = true
    }

    /// Takes what came after the newest reading of an earlier run, as the slot ledger has it.
    package mutating func replay(received bytes: ByteCount, proxied: ByteCount = .zero, captures: Int) {
        let receipts = Receipts(received: bytes, proxied: proxied, captures: captures)
        received += receipts
        metering.add(receipts)
    }

    /// Notes that a usage call failed: the reading before it is used on, with the ``margin``.
    package mutating func recordFailedReading(at now: Timestamp) {
        isReadingOld = true
    }

    /// Notes that the server refused a request over the cap (481).
    ///
    /// The server says it of proxied calls, which are metered; what the webcam API announces goes on then, for it costs nothing.
    /// Where the webcam API itself refuses, nothing goes on.
    package mutating func serverRefusedOverCap(by route: FetchRoute, at now: Timestamp) {
        if let refusedUntil, now >= refusedUntil { endRefusal() }
        refusedUntil = reading(at: now)?.resetAt ?? now.startOfNextMonth
        refusedRoutes.formUnion(route == .proxied ? [.proxied] : FetchRoute.allCases)
    }

    private mutating func endRefusal() { (refusedUntil, refusedRoutes) = (nil, []) }

    /// Sets bytes aside for a request.
    ///
    /// - Parameters:
    ///   - amount: the most that the request may bring. The promise not to pass the stop holds as far as this does.
    ///   - purpose: pictures alone are captures.
    ///   - share: for live pictures that may take no more than this part of the cap, 0 to 1, with all else that is proxied.
    /// - Throws: ``BudgetError/capReached(until:reason:)`` where they might pass the stop.
    package mutating func reserve(
        _ amount: ByteCount, by route: FetchRoute = .announced, for purpose: FetchPurpose = .picture,
        within share: Double? = nil, at now: Timestamp
    ) throws(BudgetError) -> BudgetReservation {
        turnMonth(at: now)
        if case .refused(let until, let reason) = permission(for: amount, by: route, within: share, at: now) {
            throw .capReached(until: until, reason: reason)
        }
        let reservation = BudgetReservation(amount, by: route, for: purpose)
        open.insert(reservation.number)
        reserved.add(amount, by: route)
        return reservation
    }

    /// Replaces what was set aside by what came, whether or not the request succeeded. A second time changes nothing.
    package mutating func settle(_ reservation: BudgetReservation, received bytes: ByteCount) {
        guard open.remove(reservation.number) != nil else { return }
        var settled = Receipts()
        settled.add(reservation.amount, by: reservation.route)
        reserved = reserved - settled
        received.add(bytes, by: reservation.route)
        if reservation.purpose == .picture, bytes > .zero { received.captures += 1 }
        metering.settle(reservation, received: bytes)
    }

    /// The server's counter begins anew with each month in UTC, and so do ours.
    private mutating func turnMonth(at now: Timestamp) {
        if let monthEnd, now < monthEnd { return }
        if monthEnd != nil { (receivedAtMonth, receivedAtReading) = (received, received) }
        monthEnd = now.startOfNextMonth
    }
}
