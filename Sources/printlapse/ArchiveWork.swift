import Archive
import Storage

/// Runs work that a signal may interrupt with the archive opened in a role, which is closed however it ends.
///
/// - Parameters:
///   - command: the program's command, for others to see who writes.
///   - ending: is called before the archive is closed, however it ends.
func interruptible<Value: Sendable>(
    as command: String, in role: ArchiveRole, _ common: CommonOptions,
    _ work: @escaping @Sendable (FrameArchive) async throws -> Value, ending: () -> Void = {}
) async throws -> Value {
    let archive = try await FrameArchive.open(
        at: common.archive.path, application: "printlapse \(command)", role: role)
    let result: Result<Value, any Error>
    do { result = .success(try await interruptible { try await work(archive) }) } catch { result = .failure(error) }
    ending()
    try await archive.close()
    return try result.get()
}
