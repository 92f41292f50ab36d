import Archive
import Storage
import Synchronization
import Vocabulary

/// Hears what others say of the clock, and notes when it is doubted and when not any more.
final class ClockWatch: Sendable {
    private let archive: FrameArchive
    private let clock: any JobClock
    private let tell: @Sendable (CaptureEvent) -> Void
    private let trust = Mutex(ClockTrust())

    init(archive: FrameArchive, clock: any JobClock, tell: @escaping @Sendable (CaptureEvent) -> Void) {
        (self.archive, self.clock, self.tell) = (archive, clock, tell)
    }

    /// Asks the system.
    func askSystem() async throws(ArchiveError) {
        let doubt = clock.doubt
        try await record(trust.withLock { $0.hear(system: doubt) })
    }

    /// Takes the server's time.
    func hear(server instant: Timestamp) async throws(ArchiveError) {
        let now = clock.now()
        try await record(trust.withLock { $0.hear(server: instant, at: now) })
    }

    /// Takes when a new picture was taken, by the server's clock.
    func hear(picture takenAt: Timestamp) async throws(ArchiveError) {
        let now = clock.now()
        try await record(trust.withLock { $0.hear(picture: takenAt, at: now) })
    }

    /// Where there is no room to note it, it was told.
    private func record(_ word: ClockTrust.Word?) async throws(ArchiveError) {
        guard let word else { return }
        do throws(ArchiveError) {
            switch word {
            case .doubt(let reason):
                tell(.clockDoubtful(reason: reason))
                try await archive.recordDoubt(.doubt, at: clock.now(), reason: reason)
            case .trust(let reason):
                tell(.clockTrusted(reason: reason))
                try await archive.recordDoubt(.trust, at: clock.now(), reason: reason)
            }
        } catch {
            guard !error.disposition.endsJob else { throw error }
        }
    }
}
