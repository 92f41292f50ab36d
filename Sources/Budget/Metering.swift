internal import Vocabulary

/// Learns from usage readings what part of the bytes that we receive the server counts.
///
/// Between two readings the account's total grows by our part and by what others spend, so the ratio of its growth to the
/// bytes received bounds our part from above, and the smallest ratio seen is the best bound. The guide's counter counts
/// bodies, so no part is larger than 1; until something was measured every byte counts.
struct Metering: Hashable, Sendable {
    private struct Window: Hashable {
        var growth: Int64
        var received: Int64
        var captures: Int64
    }

    /// How many of the newest windows are heeded.
    static let heeded = 8
    /// A window with fewer bytes goes on beyond its reading: a ratio of next to nothing says nothing.
    static let leastReceived: Int64 = 64 * 1024

    private var windows: [Window] = []
    private var start: UsageReading?
    private var newest: ByteCount = .zero
    private var received: Int64 = 0
    private var captures: Int64 = 0
    /// Reservations older than this are none of the open window's: the server may have counted them before it began.
    private(set) var firstReservation: UInt64 = 0

    /// The part of a received byte that is charged, 0 to 1.
    var share: Double {
        min(1, windows.map { Double($0.growth) / Double($0.received) }.min() ?? 1)
    }

    /// The growth for each capture, from above; `nil` until it is measured.
    var bytesPerCapture: ByteCount? {
        windows.map { Double($0.growth) / Double($0.captures) }.min().map { ByteCount(Int64($0.rounded(.up))) }
    }

    mutating func settle(_ reservation: BudgetReservation, received bytes: ByteCount) {
        guard reservation.number >= firstReservation else { return }
        received += bytes.bytes
        captures += 1
    }

    /// Adds what is known to have come in the open window, as an earlier run of the program noted it.
    mutating func add(received bytes: ByteCount, captures count: Int) {
        received += bytes.bytes
        captures += Int64(count)
    }

    /// - Parameters:
    ///   - meanwhile: what came while the server was answering. It may be missing in the total, so it measures nothing.
    ///   - next: the number of the next reservation.
    mutating func record(
        _ reading: UsageReading, meanwhile: (bytes: Int64, captures: Int64), nextReservation next: UInt64
    ) {
        let (received, captures) = (received - meanwhile.bytes, captures - meanwhile.captures)
        let before = newest
        newest = reading.total
        defer {
            if start == nil { begin(with: reading, nextReservation: next) }
        }
        guard let start else { return }
        // Another month, or a counter that was set back, measures nothing.
        guard reading.readAt < start.resetAt, reading.total >= before else {
            self.start = nil
            return
        }
        guard received >= Self.leastReceived, captures > 0 else { return }
        windows.append(
            Window(growth: reading.total.bytes - start.total.bytes, received: received, captures: captures))
        windows = windows.suffix(Self.heeded)
        self.start = nil
    }

    private mutating func begin(with reading: UsageReading, nextReservation next: UInt64) {
        (start, received, captures, firstReservation) = (reading, 0, 0, next)
    }
}
