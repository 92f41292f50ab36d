internal import Archive
internal import Foundation
package import GRDB
internal import Vocabulary

/// Tries a compaction on some pictures of a selection, and changes nothing.
package struct CompactionEstimate: Sendable {
    private let database: any DatabaseReader
    private let pictures: ArchivePictures
    private let selection: CompactionSelection

    package init(database: any DatabaseReader, path: String, selection: CompactionSelection) {
        (self.database, self.selection) = (database, selection)
        pictures = ArchivePictures(ofArchive: path)
    }

    /// - Parameter sample: how many pictures to try, at most; they lie evenly in time.
    package func report(sample: Int, progress: (CompactionProgress) -> Void) async throws -> CompactionReport {
        let (total, choice) = try await database.read { [self] database in
            (try CompactionList(selection).count(in: database), try chosen(sample, database))
        }
        var tried = CompactionReport()
        let width = ProcessInfo.processInfo.activeProcessorCount
        try await withThrowingTaskGroup(of: (CompactionCandidate, CompactionCandidate.Result).self) { group in
            var done = 0
            for (index, candidate) in choice.candidates.enumerated() {
                if index >= width, let (candidate, result) = try await group.next() {
                    tried.add(result, of: candidate)
                    done += 1
                    progress(.pictures(done: done, of: choice.candidates.count))
                }
                group.addTask { [database, pictures] in
                    try Task.checkCancellation()
                    return (candidate, try await candidate.shrink(database, pictures))
                }
            }
            while let (candidate, result) = try await group.next() { tried.add(result, of: candidate) }
        }
        return tried.scaled(to: total.frames, total.bytes, waiting: choice.waitingShare)
    }

    /// Pictures at places that lie evenly in time, and which share of the frames there was not coded anew yet.
    private func chosen(_ sample: Int, _ database: Database) throws -> Choice {
        var choice = Choice()
        guard let (first, last) = try CompactionList(selection).span(in: database) else { return choice }
        var (frames, waiting, contents) = (0, 0, Set<Int64>())
        for index in 0..<sample {
            var place = selection
            let share = (Double(index) + 0.5) / Double(sample)
            place.since = Timestamp(
                milliseconds: first.addingSaturating(Int64(Double(last.subtractingSaturating(first)) * share)))
            let page = try CompactionList(place, pageSize: 8).read(database).page
            frames += page.frames
            waiting += page.candidates.count
            if let candidate = page.candidates.first, contents.insert(candidate.content).inserted {
                choice.candidates.append(candidate)
            }
        }
        if frames > 0 { choice.waitingShare = Double(waiting) / Double(frames) }
        return choice
    }

    private struct Choice: Sendable {
        var candidates: [CompactionCandidate] = []
        var waitingShare = 0.0
    }
}

extension CompactionReport {
    /// The numbers of this sample for all frames, of which a share waits to be coded anew.
    fileprivate func scaled(to frames: Int, _ bytes: ByteCount, waiting share: Double) -> CompactionReport {
        var report = self
        report.sample = pictures
        report.pictures = Int(Double(frames) * share)
        report.shrunk = pictures == 0 ? 0 : report.pictures * shrunk / pictures
        report.bytesBefore = ByteCount(Int64(Double(bytes.bytes) * share))
        report.bytesAfter = ByteCount(Int64(Double(report.bytesBefore.bytes) * (1 - savedShare)))
        return report
    }
}
