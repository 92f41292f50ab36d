import Budget
import Vocabulary

/// An instant in the middle of a month.
let start = Timestamp(milliseconds: 1_763_900_000_000)

func reading(
    _ total: Int64, of cap: Int64? = 1_000_000, at time: Timestamp = start, resetIn: Duration? = nil
) -> UsageReading {
    UsageReading(readAt: time, total: ByteCount(total), monthlyCap: cap.map { ByteCount($0) }, resetIn: resetIn)
}

extension Budget {
    init(_ stop: CapStop, reserve: OwnersReserve = .none, _ readings: UsageReading...) {
        self.init(stop: stop, ownersReserve: reserve)
        for reading in readings { record(reading) }
    }

    /// Fetches: reserves and settles the same number of bytes.
    mutating func spend(_ bytes: Int64, by route: FetchRoute = .announced, at time: Timestamp = start) throws {
        settle(try reserve(ByteCount(bytes), by: route, at: time), received: ByteCount(bytes))
    }
}

extension CameraName {
    static func number(_ number: Int) -> CameraName { try! CameraName("camera \(number)") }
}
