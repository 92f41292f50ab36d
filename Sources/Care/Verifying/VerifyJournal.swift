internal import Archive
internal import Foundation
internal import Synchronization
internal import Vocabulary

/// Notes how far a check has come, in a file beside the archive (`PATH-verify`), so that one that was interrupted, even by
/// `kill -9`, can be gone on with.
///
/// The file is replaced in one step every few seconds, and goes away when the check comes to its end.
package final class VerifyJournal: Sendable {
    /// A check that was interrupted longer ago says little about today.
    static let lifetime = Duration.seconds(7 * 86_400)

    /// Every damaged frame of a large archive.
    private static let longest = 256 << 20

    private struct Document: Codable {
        var format = 1
        let archive: String
        let request: String
        let at: Int64
        /// About how many pictures there are to check.
        var pictures: Int?
        let tally: VerifyTally
    }

    /// How far a check is, of what its note says.
    private struct Position: Decodable {
        struct Tally: Decodable {
            let pictures: Int
            let bytes: Int64
        }

        let format: Int
        let archive: String
        let at: Int64
        let pictures: Int?
        let tally: Tally
    }

    /// A check that runs notes its progress every few seconds.
    private static let pulse = Duration.seconds(20)
    /// A longer note, of very many damaged pictures, is not read just to tell how far the check is.
    private static let longestToTell = 1 << 20

    private struct State {
        var savedAt: ContinuousClock.Instant?
        var failure: String?
    }

    private let archive: String
    private let isResuming: Bool
    private let interval: Duration
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    private var path: String { Self.path(ofArchive: archive) }

    private static func path(ofArchive archive: String) -> String { archive + "-verify" }

    /// - Parameters:
    ///   - path: the archive's.
    ///   - resuming: whether to go on where an earlier check with the same request was interrupted.
    package convenience init(archive path: String, resuming: Bool) {
        self.init(archive: path, resuming: resuming, interval: .seconds(3)) { .wallClock }
    }

    init(
        archive path: String, resuming: Bool, interval: Duration, now: @escaping @Sendable () -> Timestamp
    ) {
        (archive, isResuming) = (ArchiveFile.resolved(path), resuming)
        (self.interval, self.now) = (interval, now)
    }

    /// Why the check's progress could not be noted; `nil` where it was.
    package var failure: String? { state.withLock(\.failure) }

    /// Whether there is a note to go on from.
    package var isResumable: Bool { failure == nil && FileManager.default.fileExists(atPath: path) }

    /// Where to go on; `nil` where the check begins anew.
    func resumed(_ request: VerifyRequest) throws(VerifyJournalError) -> VerifyTally? {
        guard isResuming else {
            remove()
            return nil
        }
        let file: PlainFile?
        do { file = try PlainFile(at: path, atMost: Self.longest) } catch { throw .unreadable(path: path) }
        guard let content = file.map({ Data($0.bytes) }) else { throw .nothingToResume(path: path) }
        let document: Document
        do { document = try JSONDecoder().decode(Document.self, from: content) } catch { throw .unreadable(path: path) }
        guard document.format == 1 else { throw .unreadable(path: path) }
        guard document.archive == identity else { throw .ofAnotherArchive(path: path) }
        guard document.request == request.options else {
            throw .otherRequest(path: path, was: document.request)
        }
        let age = now() - Timestamp(milliseconds: document.at)
        guard age <= Self.lifetime else { throw .tooOld(path: path, age: age) }
        return document.tally
    }

    /// Notes the state unless that was done a moment ago.
    ///
    /// A check goes on where this fails (a folder that is read-only, a full disk): it cannot be resumed, that is all.
    ///
    /// - Parameter pictures: about how many there are to check.
    func save(_ tally: VerifyTally, _ request: VerifyRequest, of pictures: Int, isLast: Bool = false) {
        let isDue = state.withLock { state in
            let now = ContinuousClock.now
            guard isLast || state.savedAt.map({ now - $0 >= interval }) ?? true else { return false }
            state.savedAt = now
            return true
        }
        guard isDue else { return }
        let document = Document(
            archive: identity, request: request.options, at: now().milliseconds, pictures: pictures, tally: tally)
        do {
            try JSONEncoder().encode(document).write(to: URL(fileURLWithPath: path), options: .atomic)
            state.withLock { $0.failure = nil }
        } catch {
            state.withLock { $0.failure = "\(path) cannot be written" }
        }
    }

    /// Forgets the check: it came to its end, or begins anew.
    func remove() {
        // Where it cannot be removed it could not have been written.
        _ = unlink(path)
    }

    /// The file itself, not its name: a copy that takes the archive's place was never checked.
    private var identity: String { Self.identity(ofArchive: archive) }

    static func identity(ofArchive path: String) -> String {
        var status = stat()
        return stat(path, &status) == 0 ? "inode \(status.st_ino)" : ""
    }

    /// How far the check of an archive is that runs now.
    ///
    /// - Returns: `nil` where there is none, or one that was interrupted.
    static func progress(ofArchive path: String, at now: Timestamp) -> VerifyProgress? {
        let archive = ArchiveFile.resolved(path)
        guard let file = try? PlainFile(at: Self.path(ofArchive: archive), atMost: longestToTell),
            let position = try? JSONDecoder().decode(Position.self, from: Data(file.bytes)), position.format == 1,
            position.archive == identity(ofArchive: archive)
        else { return nil }
        let age = now - Timestamp(milliseconds: position.at)
        guard age > .zero - pulse, age < pulse else { return nil }
        return VerifyProgress(
            picturesChecked: position.tally.pictures, pictures: position.pictures ?? 0,
            bytesChecked: ByteCount(position.tally.bytes))
    }
}

extension VerifyRequest {
    /// The request as options of the command, without `--quick`; it also says whether two are the same.
    package var options: String {
        var options: [String] = []
        if let subset { options.append("--subset \(subset)") }
        if let since { options.append("--since \(since)") }
        return options.joined(separator: " ")
    }
}
