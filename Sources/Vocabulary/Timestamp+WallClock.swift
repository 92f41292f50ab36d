internal import Glibc

extension Timestamp {
    /// What this machine's clock says, right or wrong: the one place that reads it.
    package static var wallClock: Timestamp {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }
}
