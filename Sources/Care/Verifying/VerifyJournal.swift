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
        let tally: VerifyTally
    }

    private struct State {
        var savedAt: ContinuousClock.Instant?
        var failure: String?
    }

    private let archive: String
    private let isResuming: Bool
    private let interval: Duration
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    private var path: String { archive + "-verify" }

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
    func save(_ tally: VerifyTally, _ request: VerifyRequest, isLast: Bool = false) {
        let isDue = state.withLock { state in
            let now = ContinuousClock.now
            guard isLast || state.savedAt.map({ now - $0 >= interval }) ?? true else { return false }
            state.savedAt = now
            return true
        }
        guard isDue else { return }
        let document = Document(
            archive: identity, request: request.options, at: now().milliseconds, tally: tally)
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
    private var identity: String {
        var status = stat()
        return stat(archive, &status) == 0 ? "inode \(status.st_ino)" : ""
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
