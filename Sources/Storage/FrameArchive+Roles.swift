package import Archive
internal import Vocabulary

extension FrameArchive {
    /// Does something in another role than the one in which the archive was opened: nobody else is in it meanwhile.
    ///
    /// - Parameter program: for others to see who is.
    /// - Throws: `inUse` where somebody is.
    package func inRole<Value>(
        _ role: ArchiveRole, as program: String, _ work: () async throws -> Value
    ) async throws -> Value {
        let right = try HeldRole(role, ofArchive: path, as: program)
        defer { withExtendedLifetime(right) {} }
        return try await work()
    }
}

/// The right to do something with an archive, until it is let go.
package final class HeldRole: Sendable {
    private let lock: WriterLock?
    private let lockOfFile: FileLock

    /// - Throws: `inUse` where somebody else has it.
    package init(_ role: ArchiveRole, ofArchive path: String, as program: String) throws(ArchiveError) {
        lock = try WriterLock(archive: path, role: role, holder: .current(program: program))
        lockOfFile = try FileLock(archive: path, role: role)
    }
}
