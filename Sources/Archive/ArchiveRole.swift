/// What somebody who writes to an archive is there for, and so whom they keep out.
///
/// Every change is one transaction, whoever makes it. The locks say who may rely on what: only a capture's frames and slots come
/// one after the other, and only one caretaker at a time goes through the archive, also beside a capture.
package enum ArchiveRole: Hashable, Sendable {
    /// Captures: holds `PATH-lock`.
    case capture
    /// Removes frames, makes them smaller, repairs them or takes in those of others: holds `PATH-care`. Its transactions are to be
    /// short, because a capture may be waiting.
    case care
    /// Makes timelapses that are due, one at a time, and notes what became of them: holds `PATH-timelapses`. Its transactions are
    /// as short.
    case timelapses
    /// Writes packs and removes them, which takes as long as their store does: holds `PATH-packs`. What it changes here it changes
    /// as care.
    case packs
    /// Tells others of this archive's records, or takes in those of others: holds `PATH-sharing`. Its transactions are short, too.
    case sharing
    /// Changes what is said about frames: holds nothing.
    case edit

    /// What the lock's name has behind the archive's.
    var lockSuffix: String? {
        switch self {
        case .capture: "-lock"
        case .care: "-care"
        case .timelapses: "-timelapses"
        case .packs: "-packs"
        case .sharing: "-sharing"
        case .edit: nil
        }
    }
}
