import Glibc
import Synchronization
import Vocabulary

/// Looks once a minute how much room the archive's file system has.
final class DiskWatch: Sendable {
    private let path: String
    private let tell: @Sendable (CaptureEvent) -> Void
    private let last = Mutex<Timestamp?>(nil)

    static let interval = Duration.seconds(60)

    init(path: String, tell: @escaping @Sendable (CaptureEvent) -> Void) {
        (self.path, self.tell) = (path, tell)
    }

    /// Looks if the last look is a minute ago; called after every slot.
    func look(at now: Timestamp) {
        let isDue = last.withLock { last in
            guard last.map({ now - $0 >= Self.interval }) ?? true else { return false }
            last = now
            return true
        }
        var status = statvfs()
        guard isDue, statvfs(path, &status) == 0 else { return }
        tell(.disk(free: ByteCount(Int64(status.f_bavail) * Int64(status.f_frsize))))
    }
}
