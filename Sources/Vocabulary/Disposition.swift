/// What the job does about an error. The job switches on this alone.
public enum Disposition: Hashable, Sendable {
    /// Record the slot's outcome and go on at the next slot.
    case skipSlot
    /// Leave the camera alone for at least this long. `nil`: the job's own back-off decides.
    case wait(atLeast: Duration?)
    /// Only the owner can mend it: say so once, and try again seldom.
    case askUser
    /// Nothing can be stored any more: end the job with the reason.
    case stop

    /// Whether the job ends with it. Whatever else became of what could not be done, the job goes on.
    public var endsJob: Bool {
        switch self {
        case .skipSlot, .wait, .askUser: false
        case .stop: true
        }
    }
}
