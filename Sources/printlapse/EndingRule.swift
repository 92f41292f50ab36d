@preconcurrency import Dispatch
import Glibc
import Synchronization

/// What SIGTERM and SIGINT do to a program that has something to tidy up. A pure value.
struct EndingRule {
    enum Response: Hashable {
        /// Lets what is under way be ended in good order, within ``EndingSignals/limit``.
        case endInOrder
        /// Ends at once.
        case endNow
    }

    private var hasWorked = false
    /// Whether work that begins now is to be ended as well.
    private(set) var wasSignalled = false

    mutating func workBegins() { hasWorked = true }

    /// Work that has just ended was done, and the program is about to say so and to end itself.
    mutating func signalled() -> Response {
        defer { wasSignalled = true }
        return hasWorked && !wasSignalled ? .endInOrder : .endNow
    }
}
