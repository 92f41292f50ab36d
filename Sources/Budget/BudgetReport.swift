package import Vocabulary

/// The month's allowance as it stands, for showing.
package struct BudgetReport: Hashable, Sendable {
    /// Used by the account: the server's total, and what we have been charged since. `nil` without a reading.
    package let total: ByteCount?
    /// `nil` where it is unlimited or not known.
    package let monthlyCap: ByteCount?
    /// Whether the server says that there is no cap.
    package let unlimited: Bool
    package let resetAt: Timestamp?
    /// Up to the cap, not to our stop.
    package let remaining: ByteCount?
    /// Of the cap that is used; more than 1 is possible.
    package let fraction: Double?
    package let capStop: CapStop
    package let ownersReserve: OwnersReserve
    /// The use at which captures stop; `nil` where nothing stops them.
    package let stopsAt: ByteCount?
    /// The same, less what is kept for the owner's own use.
    package let ceiling: ByteCount?
    /// What we were charged this month, by measurement and from above. `nil` without a reading.
    package let ours: ByteCount?
    /// Why captures pause at present, if they do.
    package let pause: CapReason?
    /// Why proxied calls pause at present, the live camera's pictures and questions to OctoPrint, if they do.
    package let proxiedPause: CapReason?
    /// The part of a byte of the webcam API's pictures that is charged, from above; `nil` until it is measured.
    package let announcedShare: Double?
    /// What a picture of the webcam API was seen to cost, from above; `nil` until it is measured.
    package let bytesPerAnnouncedFrame: ByteCount?
    /// What a picture of the live camera costs, which is its bytes; `nil` until one came.
    package let bytesPerLiveFrame: ByteCount?

    /// What a capture was seen to cost: the webcam API's where it is measured, else the live camera's.
    package var meteredBytesPerFrame: ByteCount? { bytesPerAnnouncedFrame ?? bytesPerLiveFrame }

    /// How many captures fit before our stop; `nil` where nothing bounds them or their cost is not known.
    package var framesLeft: Int64? { framesLeft(each: meteredBytesPerFrame) }

    /// How many captures of that cost fit before our stop; `nil` where nothing bounds them.
    package func framesLeft(each cost: ByteCount?) -> Int64? {
        guard let total, let cost, cost > .zero, let end = ceiling ?? monthlyCap else { return nil }
        return (end - total).bytes / cost.bytes
    }

    /// The server itself refuses proxied calls above this much of the cap (481).
    package static let serversLimit = 1.1

    /// Whether announced pictures go on above the stop, because they were measured to cost nothing.
    package var announcedAreFree: Bool { announcedShare == 0 }

    /// Whether the server refuses what is metered, by its own figures.
    package var isOverServersLimit: Bool { fraction.map { $0 > Self.serversLimit } ?? false }

    /// Whether slots are skipped at present for the sake of the allowance.
    package var skipping: Bool { pause != nil }
}

extension Budget {
    /// The allowance as it stands.
    package func report(at now: Timestamp) -> BudgetReport {
        let reading = reading(at: now)
        let total = reading.map { $0.total + charge(for: outstanding) }
        let cap = reading?.monthlyCap
        let bounds = reading.flatMap(bounds(by:))
        return BudgetReport(
            total: total, monthlyCap: cap, unlimited: reading.map { $0.monthlyCap == nil } ?? false,
            resetAt: reading?.resetAt, remaining: cap.flatMap { cap in total.map { cap - $0 } },
            fraction: cap.flatMap { cap in total.map { Double($0.bytes) / Double(max(1, cap.bytes)) } },
            capStop: stop, ownersReserve: ownersReserve, stopsAt: bounds?.stop, ceiling: bounds?.ceiling,
            ours: total.map { min($0, charge(for: monthBeforeReading + outstanding)) },
            pause: permission(at: now).reason, proxiedPause: permission(by: .proxied, at: now).reason,
            announcedShare: metering.measuredShare, bytesPerAnnouncedFrame: metering.bytesPerAnnouncedCapture,
            bytesPerLiveFrame: metering.bytesPerLiveCapture)
    }
}
