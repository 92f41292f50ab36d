internal import Vocabulary

extension Budget {
    /// Takes over another budget, whose tunnel turned out to belong to the same account: what it reserved and what it
    /// received unread count here from now on. Its reservations are settled here.
    ///
    /// Record a reading that has arrived before this: a mark taken from ``received`` earlier makes the next reading
    /// overstate what came meanwhile.
    package mutating func absorb(_ other: Budget) {
        let month = other.received - other.receivedAtMonth
        let unread = other.received - other.receivedAtReading
        received += month
        receivedAtReading += month - unread
        open.formUnion(other.open)
        reserved += other.reserved
        metering.absorb(other.metering)
        if let theirs = other.newest, newest.map({ $0.readAt < theirs.readAt }) ?? true {
            (newest, isReadingOld) = (theirs, other.isReadingOld)
        }
        refusedUntil = [refusedUntil, other.refusedUntil].compactMap(\.self).max()
        refusedRoutes.formUnion(other.refusedRoutes)
        monthEnd = [monthEnd, other.monthEnd].compactMap(\.self).max()
    }

    /// A budget for a tunnel that turned out to belong to another account than this one's.
    ///
    /// It keeps what was measured, has no reading, and counts all that is reserved or unread here as received: some of it
    /// may be its own. What is reserved stays to be settled here. A mark taken from this one's ``received`` before the reading
    /// that told them apart goes with that reading there.
    package func separated() -> Budget {
        var budget = self
        (budget.newest, budget.isReadingOld) = (nil, false)
        (budget.refusedUntil, budget.refusedRoutes) = (nil, [])
        budget.received = receivedAtReading + outstanding
        (budget.open, budget.reserved) = ([], Receipts())
        return budget
    }
}
