import CPowerLoss
import Foundation
import TestSupport

/// What was done to the files of a folder, in order, with the places at which something was promised.
struct DiskJournal {
    enum Step {
        case write(offset: Int, bytes: [UInt8])
        case truncate(to: Int)
        case delete
        /// Puts what the file was told before that event on disk.
        case sync(before: Int)
    }

    struct Event {
        let file: String
        let step: Step
    }

    private(set) var events: [Event] = []

    /// How many events there are so far.
    static var place: Int { power_loss_count() }

    /// Runs `body` while what SQLite does to files in the folder is written down.
    static func recording(_ folder: TemporaryFolder, _ body: () async throws -> Void) async throws -> DiskJournal {
        guard power_loss_watch(folder.path) == 0 else { throw CocoaError(.featureUnsupported) }
        defer { power_loss_discard() }
        do {
            defer { power_loss_end() }
            try await body()
        }
        var journal = DiskJournal()
        for index in 0..<power_loss_count() {
            let event = power_loss_event_at(index)
            guard let name = power_loss_file(event.file) else { continue }
            journal.events.append(Event(file: String(cString: name), step: Step(event)))
        }
        return journal
    }
}

extension DiskJournal.Step {
    fileprivate init(_ event: power_loss_event) {
        switch UInt32(event.kind) {
        case POWER_LOSS_WRITE.rawValue:
            let bytes = Array(UnsafeBufferPointer(start: event.bytes, count: event.length))
            self = .write(offset: Int(event.offset), bytes: bytes)
        case POWER_LOSS_TRUNCATE.rawValue: self = .truncate(to: Int(event.offset))
        case POWER_LOSS_SYNC.rawValue: self = .sync(before: Int(event.offset))
        default: self = .delete
        }
    }
}
