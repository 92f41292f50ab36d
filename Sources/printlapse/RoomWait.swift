import Archive
import FoundationEssentials
import Monitoring
import Storage

/// A capture's wait for room before its archive can be opened: SIGTERM and SIGINT end it, and a service manager is asked for
/// patience meanwhile.
enum RoomWait {
    private static let patience = Duration.seconds(60)

    /// - Throws: `ExitCode` 130 where it was interrupted; what `work` throws.
    static func run(_ work: @Sendable @escaping () async throws -> FrameArchive) async throws -> FrameArchive {
        let manager = try ServiceManager(environment: ProcessInfo.processInfo.environment)
        return try await interruptible {
            try await withThrowingTaskGroup(of: FrameArchive?.self) { group in
                group.addTask { try await work() }
                if let manager {
                    group.addTask {
                        while true {
                            try manager.tell(.status("Waiting for room for the archive"), .starting(for: patience))
                            try await Task.sleep(for: patience / 3)
                        }
                    }
                }
                defer { group.cancelAll() }
                guard let archive = try await group.next() ?? nil else { throw CancellationError() }
                return archive
            }
        }
    }
}
