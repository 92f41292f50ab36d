internal import Vocabulary

/// Why a check cannot go on where an earlier one was interrupted.
package enum VerifyJournalError: ExplainedError, Hashable {
    /// No check was interrupted.
    case nothingToResume(path: String)
    /// The note of it is of another program, or damaged.
    case unreadable(path: String)
    /// It is about a file that has been replaced since.
    case ofAnotherArchive(path: String)
    /// That check was to cover something else.
    case otherRequest(path: String, was: String)
    /// It was interrupted too long ago.
    case tooOld(path: String, age: Duration)

    package var label: String {
        switch self {
        case .nothingToResume: "nothing_to_resume"
        case .unreadable: "unreadable_state"
        case .ofAnotherArchive: "state_of_another_archive"
        case .otherRequest: "state_of_another_request"
        case .tooOld: "state_too_old"
        }
    }

    package var description: String {
        switch self {
        case .nothingToResume(let path): "no check was interrupted: there is no \(path)"
        case .unreadable(let path): "\(path) is not what an interrupted check leaves"
        case .ofAnotherArchive(let path): "\(path) is about another file than the archive that is there now"
        case .otherRequest(let path, let was):
            was.isEmpty
                ? "the interrupted check in \(path) was of all pictures"
                : "the interrupted check in \(path) was with “\(was)”"
        case .tooOld(let path, let age): "the check in \(path) was interrupted \(age.shortText) ago"
        }
    }

    package var hint: String {
        switch self {
        case .otherRequest: "Ask for the same, or begin anew."
        case .nothingToResume, .unreadable, .ofAnotherArchive, .tooOld: "Begin anew."
        }
    }
}
