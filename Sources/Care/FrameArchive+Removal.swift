package import Archive
internal import GRDB
package import Storage

extension FrameArchive {
    /// Opens the archive to remove frames: where the disk is too full for what opening takes, the reserve is given up for it.
    ///
    /// - Throws: as ``open(at:application:role:)`` does.
    package static func openToPrune(at path: String) async throws(ArchiveError) -> FrameArchive {
        do throws(ArchiveError) {
            return try await open(at: path, role: .care)
        } catch {
            guard case .diskFull = error, RoomReserve(ofArchive: ArchiveFile.resolved(path)).giveUp() else {
                throw error
            }
            return try await open(at: path, role: .care)
        }
    }

    /// Makes a change that makes room as one step of long work. Where there is none for it, the reserve is given up.
    func commitRemoval<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> (Value, StepTime) {
        let isShort = isShortOfRoom
        let result: (Value, StepTime)
        do throws(ArchiveError) {
            result = try await commitStep(change)
        } catch {
            guard case .diskFull = error, reserve.giveUp() else { throw error }
            _ = await shortenLog()
            result = try await commitStep(change)
        }
        if isShort { try await copyLog() }
        return result
    }
}
