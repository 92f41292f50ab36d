internal import Archive
package import Catalog
internal import GRDB
package import Stores
package import Vocabulary

extension Catalog {
    /// What an offload would move, without moving anything; of one that makes room, an estimate by the pictures' sizes.
    ///
    /// - Throws: `ArchiveError`, `CancellationError`.
    package func offloadPlan(
        _ request: OffloadRequest, to store: StoreLocation, at now: Timestamp
    ) async throws -> OffloadReport {
        try await OffloadPlan(database: pool, path: path).report(request, to: store, at: now)
    }
}

/// Counts what would go.
struct OffloadPlan {
    let database: any DatabaseReader
    let path: String

    func report(
        _ request: OffloadRequest, to store: StoreLocation, at now: Timestamp
    ) async throws -> OffloadReport {
        var report = OffloadReport(store: store.description)
        report.isDryRun = true
        do {
            var seen: Set<SHA256Digest> = []
            if let age = request.olderThan { try await count(before: now - age, at: now, until: nil, &seen, &report) }
            if let keepFree = request.keepFree {
                let wanting = try await OffloadRoom.wanting(to: keepFree, beside: path, in: database)
                let left = max(0, wanting.bytes - report.bytes.bytes)
                report.shortfall = ByteCount(left)
                let before = report.bytes
                try await count(before: now - OffloadRequest.youngest, at: now, until: left, &seen, &report)
                report.shortfall = ByteCount(max(0, left - (report.bytes - before).bytes))
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
        return report
    }

    /// - Parameter enough: bytes that are enough; `nil` for all.
    private func count(
        before end: Timestamp, at now: Timestamp, until enough: Int64?, _ seen: inout Set<SHA256Digest>,
        _ report: inout OffloadReport
    ) async throws {
        var left = enough ?? .max
        let (kept, lists) = try await database.read { database in
            (try KeptPictures(youngFrom: end, now: now, in: database), try OffloadList.all(before: end, in: database))
        }
        for list in lists {
            var (list, bytes) = (list, Int64(0))
            while left > 0, let next = try await list.peek(database, keeping: kept) {
                list.take()
                guard seen.insert(next.sha256).inserted else { continue }
                report.pictures += 1
                report.bytes += ByteCount(next.bytes)
                bytes += next.bytes
                left -= next.bytes
            }
            report.packs += Int((bytes + PackWriter.limit - 1) / PackWriter.limit)
        }
    }
}

/// The room beside an archive.
enum OffloadRoom {
    /// How much is wanting to so much free room; the pages of the archive's file that hold nothing are as good as free.
    static func wanting(
        to free: ByteCount, beside path: String, in database: any DatabaseReader
    ) async throws -> ByteCount {
        let spare = try await database.read { database in
            try Int64.fetchOne(
                database, sql: "SELECT freelist_count * page_size FROM pragma_freelist_count(), pragma_page_size()")
                ?? 0
        }
        guard let now = ByteCount.free(besides: path) else { return .zero }
        return ByteCount(max(0, free.bytes.subtractingSaturating(now.bytes.addingSaturating(spare))))
    }
}
