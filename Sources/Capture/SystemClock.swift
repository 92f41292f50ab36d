internal import CClock
package import Vocabulary

/// What this machine says of its own clock.
package enum SystemClock {
    /// Why the clock may be wrong.
    package enum Doubt: CaseIterable, Hashable, Sendable {
        /// It shows a time before this program was made.
        case beforeBuild
        /// The kernel says that nothing keeps it right (`adjtimex`). That is so in many a container whose host does keep it.
        case unsynchronised

        /// Whether it is wrong beyond doubt.
        package var isSure: Bool { self == .beforeBuild }

        package var label: String {
            switch self {
            case .beforeBuild: "before_build"
            case .unsynchronised: "unsynchronised"
            }
        }

        package var sentence: String {
            switch self {
            case .beforeBuild: "a time before this program was made"
            case .unsynchronised: "and nothing keeps it right, says the kernel"
            }
        }

        package var hint: String { "Let the system keep its time: timedatectl set-ntp true" }
    }

    /// No clock that is right shows an earlier time than that of this version: 2026-11-01.
    static let made = Timestamp(milliseconds: 1_793_491_200_000)

    package static func doubt(at now: Timestamp) -> Doubt? {
        if now < made { return .beforeBuild }
        return clock_is_unsynchronised() != 0 ? .unsynchronised : nil
    }
}
