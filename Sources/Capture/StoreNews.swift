internal import Vocabulary

/// What a capture has a store for, beside its cameras.
package enum StoreTask: Hashable, Sendable, CaseIterable {
    /// Older pictures are moved there.
    case offload
    /// A hub is told there what is new on record.
    case publish
}

/// How it is with a task that a store has a part in.
package enum StoreNews: Hashable, Sendable {
    /// Something was done, in a sentence.
    case done(String)
    /// It cannot be done, and is tried again with growing pauses; told once, and again where the reason is another.
    case failing(store: String, reason: String, hint: String)
    /// It is done, for the first time since the job's start or again.
    case works(store: String)
    /// Nothing is to be done, so that what failed before fails no more.
    case off

    /// What happened, for a person.
    package func sentence(of task: StoreTask) -> String {
        switch self {
        case .done(let sentence): sentence
        case .failing(let store, let reason, let hint): "\(task.failure(store)): \(reason.asSentence) \(hint)"
        case .works(let store): task.success(store)
        case .off: task.rest
        }
    }
}

extension StoreTask {
    /// That it cannot be done, up to the reason.
    package func failure(_ store: String) -> String {
        switch self {
        case .offload: "Older pictures cannot be moved to \(store.printable)"
        case .publish: "This archive's records cannot be published to \(store.printable)"
        }
    }

    fileprivate func success(_ store: String) -> String {
        switch self {
        case .offload: "Older pictures are moved to \(store.printable)."
        case .publish: "This archive's records are published to \(store.printable)."
        }
    }

    fileprivate var rest: String {
        switch self {
        case .offload: "Older pictures stay where they are."
        case .publish: "No hub is told of this archive."
        }
    }
}
