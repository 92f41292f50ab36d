package import Vocabulary

extension Budget {
    /// Whether a request may be made; by default any, however small.
    ///
    /// Announced pictures that were measured to cost nothing take nothing from anybody: they go on above our stop, until the
    /// server refuses them itself. What is metered around them, the live camera and questions to OctoPrint, is asked for by its own route.
    ///
    /// - Parameters:
    ///   - amount: the most that it may bring.
    ///   - share: for live pictures that may take no more than this part of the cap, 0 to 1, with all else that is proxied.
    package func permission(
        for amount: ByteCount = ByteCount(1), by route: FetchRoute = .announced, within share: Double? = nil,
        at now: Timestamp
    ) -> BudgetPermission {
        if let refusedUntil, now < refusedUntil, refusedRoutes.contains(route) {
            return .refused(until: refusedUntil, reason: .serverRefused)
        }
        if route == .announced, metering.announcedAreFree { return .granted }
        let reading = reading(at: now)
        if let share, let refusal = refusal(ofLive: amount, within: share, reading, at: now) { return refusal }
        if stop == .off, ownersReserve == .none { return .granted }
        var more = outstanding
        more.add(amount, by: route)
        guard let reading else {
            return more.received <= Self.margin
                ? .granted : .refused(until: now + Self.readingPatience, reason: .noReading)
        }
        guard let bounds = bounds(by: reading) else { return .granted }
        let used = reading.total + ageMargin(ofCap: reading.monthlyCap)
        // Exactly at the stop is stopped, also where a request may turn out to cost nothing.
        for (limit, reason) in [(bounds.stop, CapReason.ownStop), (bounds.ceiling, .ownersReserve)] {
            guard used + charge(for: outstanding) < limit, used + charge(for: more) <= limit else {
                return .refused(until: reading.resetAt, reason: reason)
            }
        }
        return .granted
    }

    /// The bytes that we may yet be charged this month; `nil` where nothing bounds them, or without a reading.
    func room(at now: Timestamp) -> ByteCount? {
        guard let reading = reading(at: now), let bounds = bounds(by: reading) else { return nil }
        return bounds.ceiling - (reading.total + ageMargin(ofCap: reading.monthlyCap) + charge(for: outstanding))
    }

    /// The bytes that live pictures may yet bring within a part of the cap; `nil` where nothing bounds them.
    func liveRoom(within share: Double, at now: Timestamp) -> ByteCount? {
        reading(at: now)?.monthlyCap.map { $0.part(share) - (outstanding.proxied + monthBeforeReading.proxied) }
    }

    /// What was received this month of announced pictures.
    var announcedThisMonth: ByteCount { (received - receivedAtMonth).announced }

    private func refusal(
        ofLive amount: ByteCount, within share: Double, _ reading: UsageReading?, at now: Timestamp
    ) -> BudgetPermission? {
        guard let reading else { return .refused(until: now + Self.readingPatience, reason: .noReading) }
        guard let room = liveRoom(within: share, at: now), amount > room else { return nil }
        return .refused(until: reading.resetAt, reason: .liveShare)
    }

    /// The newest reading, unless the month that it is about is over.
    func reading(at now: Timestamp) -> UsageReading? {
        newest.flatMap { now < $0.resetAt ? $0 : nil }
    }

    /// What is not in the reading: received since, or reserved.
    var outstanding: Receipts { received - receivedAtReading + reserved }

    /// What was received this month up to the reading.
    var monthBeforeReading: Receipts { receivedAtReading - receivedAtMonth }

    func charge(for receipts: Receipts) -> ByteCount {
        receipts.proxied + ByteCount(Int64((Double(receipts.announced.bytes) * metering.share).rounded(.up)))
    }

    /// What others had spent of the account's month by the reading, by difference and so from below: our own charge is
    /// known from above.
    func others(by reading: UsageReading) -> ByteCount {
        reading.total - charge(for: monthBeforeReading)
    }

    /// The use at which captures stop, and the one at which they would take what is kept for the owner; `nil` where nothing
    /// bounds them. Without a stop the reserve is kept below the cap.
    func bounds(by reading: UsageReading) -> (stop: ByteCount, ceiling: ByteCount)? {
        let cap = reading.monthlyCap
        guard let stop = stop.threshold(ofCap: cap) ?? (ownersReserve == .none ? nil : cap) else { return nil }
        let kept = ownersReserve.amount(ofCap: cap) - others(by: reading)
        return (stop, stop - kept)
    }

    private func ageMargin(ofCap cap: ByteCount?) -> ByteCount {
        isReadingOld ? min(Self.margin, ByteCount((cap?.bytes ?? .max) / 20)) : .zero
    }
}
