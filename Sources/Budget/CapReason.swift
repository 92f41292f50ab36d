/// Why captures pause for the sake of the allowance.
package enum CapReason: String, Hashable, Sendable, CaseIterable {
    /// Our own stop, short of the cap.
    case ownStop = "own_stop"
    /// What is left is kept for the owner's own use.
    case ownersReserve = "owners_reserve"
    /// The server said that the account is over its cap (481).
    case serverRefused = "server_refused"
    /// The use is not known, and the margin of trust is spent.
    case noReading = "no_reading"
    /// The slot is left out, so that what is left lasts until the reset.
    case pace
    /// The part of the cap that live pictures may take is spent.
    case liveShare = "live_share"

    /// What it means, as one clause.
    package var sentence: String {
        switch self {
        case .ownStop: "The stop short of the month's cap is reached; captures pause"
        case .ownersReserve: "The rest of the month's allowance is kept for your own use; captures pause"
        case .serverRefused: "The server says that the month's allowance is used up; captures pause"
        case .noReading: "The month's use is not known; captures pause"
        case .pace: "The slot is left out, so that the allowance lasts to the reset; captures pause"
        case .liveShare: "The live camera's part of the month's allowance is spent; live pictures pause"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .ownStop:
            "Wait for the reset, or raise the stop. Announced pictures go on above it once they were measured to cost nothing."
        case .ownersReserve: "Wait for the reset, or make the reserve smaller."
        case .serverRefused:
            "Wait for the reset, or get an account without a cap. Pictures that the webcam API announces cost nothing, and go on where captures take those alone."
        case .noReading: "See why the tunnel's usage cannot be read: “printlapse usage”."
        case .pace: "Nothing needs doing; without a pace every slot is taken while the allowance lasts."
        case .liveShare: "Wait for the reset, or let live pictures take a larger part with live_share."
        }
    }
}
