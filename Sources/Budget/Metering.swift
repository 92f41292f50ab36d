internal import Vocabulary

/// Learns from usage readings what part of the announced pictures' bytes the server counts.
///
/// Between two readings the account's total grows by our part and by what others spend. Proxied bytes are counted in full,
/// so they come off first; the ratio of the rest to the announced bytes bounds their part from above, and the smallest ratio
/// seen is the best bound. The guide's counter counts bodies, so no part is larger than 1; until something was measured
/// every byte counts.
struct Metering: Hashable, Sendable {
    private struct Window: Hashable {
        var growth: Double
        var announced: Double
        /// Announced pictures among them, where they are known apart.
        var captures: Double
    }

    /// How many of the newest windows are heeded: a day of readings every five minutes. Others who spend for hours on end
    /// leave no small ratio, and what was measured before them holds on.
    static let heeded = 288
    /// A window with fewer announced bytes goes on beyond its reading: a ratio of next to nothing says nothing.
    static let leastAnnounced = ByteCount(64 * 1024)

    private var windows: [Window] = [] {
        didSet {
            measuredShare = windows.map { min(1, $0.growth / $0.announced) }.min()
        }
    }
    private var start: UsageReading?
    private var newest: ByteCount = .zero
    /// What came in the open window; its captures are those of announced pictures.
    private var open = Receipts()
    private var livePictures = LivePictures()
    /// Reservations older than this are none of the open window's: the server may have counted them before it began.
    private var firstReservation: UInt64 = 0

    /// The part of an announced byte that is charged, 0 to 1; `nil` until it is measured.
    private(set) var measuredShare: Double?

    /// The same, and 1 until it is measured.
    var share: Double { measuredShare ?? 1 }

    /// Whether announced pictures were measured to cost nothing.
    var announcedAreFree: Bool { measuredShare == 0 }

    /// What an announced picture costs, from above; `nil` until it is measured.
    var bytesPerAnnouncedCapture: ByteCount? {
        windows.filter { $0.captures > 0 }.map { $0.growth / $0.captures }.min()
            .map { ByteCount(Int64($0.rounded(.up))) }
    }

    /// What a live picture costs, which is its bytes; `nil` until one came.
    var bytesPerLiveCapture: ByteCount? {
        livePictures.count > 0 ? ByteCount(Int64((livePictures.bytes / livePictures.count).rounded())) : nil
    }

    mutating func settle(_ reservation: BudgetReservation, received bytes: ByteCount) {
        let isCapture = reservation.purpose == .picture
        if reservation.route == .proxied, isCapture, bytes > .zero { livePictures.add(bytes, 1) }
        guard reservation.number >= firstReservation else { return }
        open.add(bytes, by: reservation.route)
        if reservation.route == .announced, isCapture { open.captures += 1 }
    }

    /// Adds what is known to have come in the open window, as an earlier run of the program noted it.
    ///
    /// Where bytes came by both routes the captures are not known apart, and measure nothing.
    mutating func add(_ receipts: Receipts) {
        open.received += receipts.received
        open.proxied += receipts.proxied
        if receipts.proxied == .zero {
            open.captures += receipts.captures
        } else if receipts.announced == .zero {
            livePictures.add(receipts.proxied, receipts.captures)
        }
    }

    /// - Parameter meanwhile: what came while the server was answering. It may be missing in the total, so it measures nothing.
    mutating func record(_ reading: UsageReading, meanwhile: Receipts) {
        let (counted, before) = (open - meanwhile, newest)
        newest = reading.total
        defer {
            if start == nil { begin(with: reading) }
        }
        guard let start else { return }
        // Another month, or a counter that was set back, measures nothing.
        guard reading.readAt < start.resetAt, reading.total >= before else {
            self.start = nil
            return
        }
        guard counted.announced >= Self.leastAnnounced else { return }
        let window = Window(
            growth: Double((reading.total - start.total - counted.proxied).bytes),
            announced: Double(counted.announced.bytes), captures: Double(counted.captures))
        windows = windows.suffix(Self.heeded - 1) + [window]
        self.start = nil
    }

    /// Takes over what another one measured of the same account; the open windows are given up.
    mutating func absorb(_ other: Metering) {
        windows = Array((windows + other.windows).suffix(Self.heeded))
        livePictures.add(other.livePictures)
        start = nil
    }

    private mutating func begin(with reading: UsageReading) {
        (start, open, firstReservation) = (reading, Receipts(), BudgetReservation.nextNumber)
    }
}

/// The mean of the newer live pictures' bytes.
private struct LivePictures: Hashable {
    var bytes = 0.0
    var count = 0.0

    /// More pictures than this weigh half as soon as others come.
    static let heeded = 64.0

    mutating func add(_ bytes: ByteCount, _ count: Int) {
        add(LivePictures(bytes: Double(bytes.bytes), count: Double(count)))
    }

    mutating func add(_ other: LivePictures) {
        let weight = count > Self.heeded ? 0.5 : 1
        (bytes, count) = (bytes * weight + other.bytes, count * weight + other.count)
    }
}
