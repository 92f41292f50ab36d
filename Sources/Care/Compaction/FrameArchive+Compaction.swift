internal import Archive
internal import Foundation
internal import GRDB
internal import NIOCore
package import Storage
internal import Vocabulary

extension FrameArchive {
    /// Makes the stored pictures smaller without changing a pixel of them or a byte of their metadata, and gives the space
    /// back to the file system.
    ///
    /// Pictures are coded anew on all cores, and stored instead of the originals a few at a time, each wholly or not at all, so that
    /// a capture goes on beside it. The originals' digests stay the pictures' identity. A picture that was tried before is
    /// not tried again: a compaction that was interrupted goes on where it was.
    ///
    /// - Parameter progress: called from the calling task, after every few pictures.
    /// - Throws: ``ArchiveError``; `CancellationError` where the task is cancelled: what was done till then stays.
    package func compact(
        _ selection: CompactionSelection = CompactionSelection(), progress: (CompactionProgress) -> Void = { _ in }
    ) async throws -> CompactionReport {
        do {
            let fileBefore = max(try fileSize(), try databaseSize())
            var compaction = Compaction(archive: self, selection: selection)
            try await compaction.run(progress)
            var report = compaction.report
            try await returnSpace { progress(.space($0)) }
            try Task.checkCancellation()
            (report.fileBefore, report.fileAfter) = (fileBefore, try fileSize())
            return report
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}

/// One run through a selection.
private struct Compaction {
    let archive: FrameArchive
    var list: CompactionList
    var report = CompactionReport()
    private var step = CareStep(1...4_194_304)
    /// What waits for its transaction.
    private var settled: [Settled] = []
    private var settledBytes = 0
    /// What the transactions before came to last: the neighbours of pictures in the next one.
    private var lately: [Place] = []
    /// Contents that are being worked on: another frame may show the same picture.
    private var underWay: Set<Int64> = []

    struct Settled: Sendable {
        let candidate: CompactionCandidate
        let result: CompactionCandidate.Result
        /// How many frames are done with it.
        let share: Double
    }

    /// A picture that left its place in the file for a smaller one, or stayed.
    private struct Place: Sendable {
        let candidate: CompactionCandidate
        let isShrunk: Bool

        /// Whether it stayed, and a picture that was stored right before or after it did not.
        func isLeftBetween(_ others: [Place]) -> Bool {
            !isShrunk
                && others.contains { other in
                    other.isShrunk
                        && other.candidate.content.subtractingSaturating(candidate.content).magnitude <= 2
                }
        }
    }

    /// Pictures are done nearly in the order in which they lie in the file.
    private static let neighbours = 8

    init(archive: FrameArchive, selection: CompactionSelection) {
        (self.archive, list) = (archive, CompactionList(selection))
    }

    mutating func run(_ progress: (CompactionProgress) -> Void) async throws {
        let total = try await list.end(atNewestIn: archive.pool)
        let width = ProcessInfo.processInfo.activeProcessorCount + 1  // no core waits for a transaction
        var (done, working) = (0.0, 0)
        func settleOne(_ group: inout ThrowingTaskGroup<Settled, any Error>) async throws {
            guard let next = try await group.next() else { return }
            working -= 1
            done += next.share
            try await settle(next)
            progress(.pictures(done: Int(done), of: max(total, Int(done))))
        }
        try await withThrowingTaskGroup(of: Settled.self) { group in
            while true {
                let page = try await list.next(archive.pool)
                guard page.frames > 0 else { break }
                let fresh = page.candidates.filter { underWay.insert($0.content).inserted }
                // The frames of a page are done as its pictures are, one after the other.
                if fresh.isEmpty { done += Double(page.frames) }
                let share = Double(page.frames) / Double(max(1, fresh.count))
                for candidate in fresh {
                    if working >= width { try await settleOne(&group) }
                    working += 1
                    group.addTask { [archive] in
                        try Task.checkCancellation()
                        let result = try await candidate.shrink(archive.pool, archive.pictures)
                        return Settled(candidate: candidate, result: result, share: share)
                    }
                }
                progress(.pictures(done: Int(done), of: max(total, Int(done))))
                try Task.checkCancellation()
            }
            while working > 0 { try await settleOne(&group) }
            try await commit()
        }
    }

    private mutating func settle(_ next: Settled) async throws {
        settled.append(next)
        settledBytes += next.writtenBytes
        if settledBytes >= step.size { try await commit() }
    }

    /// Writes what is settled, in one transaction.
    private mutating func commit() async throws {
        guard !settled.isEmpty else { return }
        let places =
            lately
            + settled.compactMap { settled in
                switch settled.result {
                case .shrunk: Place(candidate: settled.candidate, isShrunk: true)
                case .asSmallAsItGets: Place(candidate: settled.candidate, isShrunk: false)
                case .leftAlone, .gone: nil
                }
            }
        let (applied, time) = try await archive.commitStep { [settled, pictures = archive.pictures] database in
            let applied = try settled.map { try $0.record(in: database) }
            var moves: [(candidate: CompactionCandidate, bytes: ByteBuffer)] = []
            for (settled, isApplied) in zip(settled, applied) where isApplied {
                if case .shrunk(let picture) = settled.result { moves.append((settled.candidate, picture.bytes)) }
            }
            // One that stays as it is moves as well, out of a page that its neighbours have left.
            for place in places where place.isLeftBetween(places) {
                guard let bytes = try pictures.getHere(place.candidate.content, in: database) else { continue }
                moves.append((place.candidate, bytes))
            }
            try CompactionCandidate.place(moves, in: pictures, database)
            return applied
        }
        lately = places.filter { !$0.isLeftBetween(places) }.suffix(Self.neighbours)
        step.measured(settledBytes, took: time)
        for (settled, isApplied) in zip(settled, applied) {
            if isApplied { report.add(settled.result, of: settled.candidate) }
            underWay.remove(settled.candidate.content)
        }
        (settled, settledBytes) = ([], 0)
    }
}

extension Compaction.Settled {
    /// What its transaction writes, about.
    fileprivate var writtenBytes: Int {
        if case .shrunk(let picture) = result { picture.bytes.readableBytes } else { 0 }
    }

    /// - Returns: whether it is to be told of.
    fileprivate func record(in database: Database) throws -> Bool {
        switch result {
        case .shrunk(let picture): try candidate.record(picture, in: database)
        case .asSmallAsItGets: try candidate.noteAsSmallAsItGets(in: database)
        case .leftAlone: true
        case .gone: false
        }
    }
}
