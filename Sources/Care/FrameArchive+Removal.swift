package import Archive
internal import GRDB
package import Storage
internal import Vocabulary

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

    /// Whether a removal has to do with little room: in small steps, each of which has the log copied before the next adds to it.
    var isShortOfRoom: Bool {
        ByteCount.free(besides: path).map { $0 < ByteCount(128 << 20) } ?? false
    }

    /// Makes a change that makes room as one step of long work. Where there is none for it, the reserve is given up.
    func commitRemoval<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> (Value, Duration) {
        let isShort = isShortOfRoom
        let result: (Value, Duration)
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
