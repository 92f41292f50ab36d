internal import Archive
internal import Care
internal import GRDB
internal import NIOCore
package import Storage
package import Stores
package import Vocabulary

// A pack is noted before it is written and relied on only when it was read back; killed anywhere, an offload leaves every picture
// here or in such a pack, and at most a pack that nothing is in.
extension FrameArchive {
    /// Moves pictures into packs, the oldest first, and gives the space back to the file system. A capture may go on beside it, also
    /// as the one that has opened the archive: what is changed is changed in turn with whoever else takes care of it.
    ///
    /// - Parameters:
    ///   - store: where the packs go; it is made ready where it is new.
    ///   - open: opens the other stores in which packs are: whoever cleans those is to see that this archive goes on.
    ///   - total: how many pictures are to go, where that is known, for the progress.
    ///   - progress: called from the calling task, after every pack.
    /// - Returns: what was moved.
    /// - Throws: `ArchiveError`, ``PackError``, `StoreError`; `CancellationError`: what was moved till then stays so.
    package func offload(
        _ request: OffloadRequest, to store: any ObjectStore, beside open: @escaping StoreOpening, at now: Timestamp,
        total: Int? = nil, progress: (OffloadProgress) -> Void = { _ in }
    ) async throws -> OffloadReport {
        try await withPacks { try await moveOut(request, to: store, beside: open, at: now, total: total, progress) }
    }

    private func moveOut(
        _ request: OffloadRequest, to store: any ObjectStore, beside open: @escaping StoreOpening, at now: Timestamp,
        total: Int?, _ progress: (OffloadProgress) -> Void
    ) async throws -> OffloadReport {
        // Only where no pack is known to be: in the place of one that is not mounted there is to be nothing.
        let location = store.location.description
        if try !read({ try PackTable.isKnown(location, in: $0) }) {
            try await store.prepare()
            _ = try await commit { try PackTable.store(at: location, in: $0) }
        }
        var offload = Offload(archive: self, store: store, now: now, total: total)
        let folders = PackFolders(archive: self, open: open)
        offload.report.isBesideAnother = try await folders.leaveWhereOthersWrite(in: store)
        offload.report.unmarked = try await folders.leaveMarks(by: location)
        offload.report.fileBefore = try fileSize()
        defer { PackFile.remove(at: offload.path) }
        if let age = request.olderThan {
            // Pictures that others compacted while their pack was on its way are still here: once more, and not for ever.
            for _ in 0..<3 {
                offload.overtaken = 0
                try await offload.run(before: now - age, nil, waiting: request.patience, progress)
                if offload.overtaken == 0 { break }
            }
        }
        if let keepFree = request.keepFree {
            offload.report.sharesRoom = try await store.sharesRoom(with: path)
            try await offload.run(before: now - OffloadRequest.youngest, keepFree, progress)
        }
        _ = try await inTurn { try await returnSpace { progress(.space($0)) } }
        try Task.checkCancellation()
        offload.report.fileAfter = try fileSize()
        return offload.report
    }
}

/// One offload.
private struct Offload {
    let archive: FrameArchive
    let store: any ObjectStore
    let now: Timestamp
    let total: Int?
    var report: OffloadReport
    /// Pictures of packs that were delivered, which are here all the same: they were changed meanwhile.
    var overtaken = 0
    private var step = CareStep(1...16_777_216)

    /// Read at once, when a pack is packed or read back.
    private static let pieceSize: Int64 = 4 << 20

    init(archive: FrameArchive, store: any ObjectStore, now: Timestamp, total: Int?) {
        (self.archive, self.store, self.now, self.total) = (archive, store, now, total)
        report = OffloadReport(store: store.location.description)
    }

    var path: String { PackFile.path(besideArchive: archive.path) }

    /// - Parameters:
    ///   - keepFree: where it stops as soon as so much is free.
    ///   - patience: how long pictures wait for others to fill a pack with; `nil`: not at all.
    mutating func run(
        before end: Timestamp, _ keepFree: ByteCount?, waiting patience: Duration? = nil,
        _ progress: (OffloadProgress) -> Void
    ) async throws {
        let (kept, all) = try await archive.explained { [now] in
            try await archive.pool.read { database in
                (
                    try KeptPictures(youngFrom: end, now: now, in: database),
                    try OffloadList.all(before: end, in: database)
                )
            }
        }
        var lists = all
        while true {
            if let keepFree {
                report.shortfall = try await archive.explained {
                    try await OffloadRoom.wanting(to: keepFree, beside: archive.path, in: archive.pool)
                }
                guard report.shortfall > .zero else { return }
            }
            guard let oldest = try await oldest(of: &lists, keeping: kept) else { return }
            if let patience, try await !isWorthAPack(lists[oldest], keeping: kept, before: end - patience) {
                lists[oldest].close()
                continue
            }
            try await offload(&lists[oldest], keeping: kept)
            progress(.pictures(report.pictures, of: total))
            // SQLite goes through its list of free pages for each page that it moves, so that giving back twice as much takes four
            // times as long: a gigabyte at once took minutes, and pack by pack takes seconds.
            _ = try await archive.inTurn { try await archive.returnSpace { progress(.space($0)) } }
            try Task.checkCancellation()
        }
    }

    /// Whether a camera's next pictures fill a pack, or the first has waited for others long enough.
    private func isWorthAPack(
        _ list: OffloadList, keeping kept: KeptPictures, before waited: Timestamp
    ) async throws -> Bool {
        try await archive.explained {
            var list = list
            var bytes: Int64 = 0
            while bytes < PackWriter.limit * 3 / 4, let next = try await list.peek(archive.pool, keeping: kept) {
                if next.capturedAt < waited { return true }
                list.take()
                bytes += next.bytes
            }
            return bytes >= PackWriter.limit * 3 / 4
        }
    }

    /// The camera whose next picture is the oldest.
    private func oldest(of lists: inout [OffloadList], keeping kept: KeptPictures) async throws -> Int? {
        var found: (index: Int, capturedAt: Timestamp)?
        for index in lists.indices {
            let next = try await archive.explained { [list = lists[index]] in
                var list = list
                let next = try await list.peek(archive.pool, keeping: kept)
                return (list, next)
            }
            lists[index] = next.0
            guard let capturedAt = next.1?.capturedAt else { continue }
            if found.map({ capturedAt < $0.capturedAt }) ?? true { found = (index, capturedAt) }
        }
        return found?.index
    }

    /// One pack.
    private mutating func offload(_ list: inout OffloadList, keeping kept: KeptPictures) async throws {
        guard let draft = try await pack(&list, keeping: kept) else { return }
        let number = try await PackDelivery(archive: archive, store: store, now: now).deliver(draft)
        try await archive.inTurn { try await settle(number, draft) }
        report.packs += 1
    }

    /// Notes that a pack was read back whole, and moves its pictures out, some at a time: removing all of them at once would keep a
    /// capture waiting.
    private mutating func settle(_ pack: Int64, _ draft: PackDraft) async throws {
        var rest = draft.pictures[...]
        var isNoted = false
        while !isNoted || !rest.isEmpty {
            var taken: [DraftPicture] = []
            var size = 0
            while let next = rest.first, taken.isEmpty || size + next.range.count <= step.size {
                taken.append(rest.removeFirst())
                size += next.range.count
            }
            let (moved, time) = try await archive.commitStep {
                [now, pictures = archive.pictures, taken] database in
                try PackTable.settle(pack, with: taken, at: now, in: pictures, database)
            }
            isNoted = true
            step.measured(size, took: time)
            report.pictures += moved.pictures
            report.bytes += moved.bytes
            overtaken += taken.count - moved.pictures
            // The rest stays here.
            try Task.checkCancellation()
        }
    }

    /// Writes the camera's next pictures into a pack beside the archive, as many as it takes.
    ///
    /// - Returns: `nil` where there are none to be packed after all.
    private func pack(_ list: inout OffloadList, keeping kept: KeptPictures) async throws -> PackDraft? {
        var writer = try PackWriter(at: path, camera: list.name)
        var packed: Set<SHA256Digest> = []
        while true {
            var (page, bytes) = ([OffloadList.Candidate](), Int64(0))
            var isFull = false
            while bytes < Self.pieceSize, let next = try await list.peek(archive.pool, keeping: kept) {
                // Into an empty pack goes any.
                guard writer.hasRoom(for: bytes + next.bytes, in: page.count + 1) || writer.isEmpty && page.isEmpty
                else {
                    isFull = true
                    break
                }
                list.take()
                guard packed.insert(next.sha256).inserted else { continue }
                page.append(next)
                bytes += next.bytes
            }
            for (frame, candidate, bytes) in try await read(page) {
                try writer.add(frame, bytes, content: candidate.content, stored: candidate.stored)
            }
            if isFull || page.isEmpty { break }
        }
        guard !writer.isEmpty else { return nil }
        return try writer.finish()
    }

    /// The pictures of a page, hashed again. One that was removed meanwhile, or is not what was stored, stays where it is:
    /// `verify` names it.
    private func read(
        _ page: [OffloadList.Candidate]
    ) async throws -> [(ArchivedFrame, OffloadList.Candidate, ByteBuffer)] {
        let found = try await archive.explained { [pictures = archive.pictures] in
            try await archive.pool.read { database in
                try page.compactMap { candidate -> (ArchivedFrame, OffloadList.Candidate, ByteBuffer)? in
                    guard let frame = try FrameTable.frame(candidate.frame, in: database),
                        let record = try PictureTable.record(of: candidate.sha256, in: database),
                        record.content == candidate.content, record.stored == candidate.stored,
                        let bytes = try pictures.getHere(candidate.content, in: database)
                    else { return nil }
                    return (frame, candidate, bytes)
                }
            }
        }
        return found.filter { SHA256Digest(hashing: $0.2) == $0.1.stored }
    }
}
