package import Archive
internal import Foundation
internal import GRDB
package import Storage
package import Vocabulary

extension FrameArchive {
    /// Gives the space of removed and shrunk pictures back to the file system, in steps of a few milliseconds, so that a
    /// capture may go on beside it.
    ///
    /// Pages from the file's end move into its holes; then the log is copied into the file, which cuts it off. Where a reader
    /// stands in the way of that, a later checkpoint does it. Where the task is cancelled it ends early.
    ///
    /// - Parameter progress: called from the calling task, after every step.
    /// - Returns: how much shorter the file gets.
    @discardableResult
    package func returnSpace(
        _ progress: (SpaceReturnProgress) -> Void = { _ in }
    ) async throws(ArchiveError) -> ByteCount {
        var step = CareStep(128 << 10...(isShortOfRoom ? 1 << 20 : 64 << 20))
        var returned = ByteCount.zero
        var shortened = returned
        while !Task.isCancelled {
            let (result, time) = try await commitRemoval { [size = step.size] database in
                try FreePages.cutOff(ByteCount(size), from: database)
            }
            guard result.pages > 0 else { break }
            let size = result.size(of: result.pages)
            returned += size
            step.measured(Int(size.bytes), took: time)
            progress(SpaceReturnProgress(returned: returned, remaining: result.size(of: result.left)))
            if returned - shortened >= Self.cutAtOnce {
                try await shortenFile(attempts: 8)
                shortened = returned
            }
        }
        if returned > .zero { try await shortenFile(attempts: 40) }
        return returned
    }

    /// The length of the archive's file, without its log.
    package func fileSize() throws(ArchiveError) -> ByteCount {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ArchiveError(systemError: errno, path: path) }
        return ByteCount(Int64(status.st_size))
    }

    /// The length that the archive's file has when the whole log is copied into it.
    func databaseSize() throws(ArchiveError) -> ByteCount {
        try read { try FreePages.length(of: $0) }
    }

    /// A file system that cuts off much at once keeps everybody's syncing waiting meanwhile.
    private static var cutAtOnce: ByteCount { ByteCount(4 << 20) }

    /// Has the log copied until the file is as long as the database says.
    ///
    /// SQLite cuts the file only at the end of a checkpoint during which nobody wrote. The first one may take long; those
    /// after it have little to copy, and soon one of them falls between two commits of a capture.
    private func shortenFile(attempts: Int) async throws(ArchiveError) {
        for _ in 0..<attempts {
            try await copyLog()
            if try fileSize() <= databaseSize() || Task.isCancelled { return }
            // Cut short where the task is cancelled; the next round asks for it.
            try? await Task.sleep(for: CareStep.pause)
        }
    }
}

/// The pages inside the archive's file that hold nothing.
private struct FreePages {
    /// How many were cut off.
    let pages: Int
    /// How many there still are.
    let left: Int
    private let pageSize: Int

    func size(of pages: Int) -> ByteCount { ByteCount(pages * pageSize) }

    /// Moves pages from the end into free ones, and cuts off as many.
    static func cutOff(_ size: ByteCount, from database: Database) throws -> FreePages {
        let pageSize = try number("page_size", database)
        let pages = max(1, Int(size.bytes) / pageSize)
        let before = try number("page_count", database)
        // A pragma takes no parameters; the number is our own.
        if try number("freelist_count", database) > 0 {
            try database.execute(sql: "PRAGMA incremental_vacuum(\(pages))")
        }
        return FreePages(
            pages: before - (try number("page_count", database)), left: try number("freelist_count", database),
            pageSize: pageSize)
    }

    /// The length of the database, as of the last commit.
    static func length(of database: Database) throws -> ByteCount {
        ByteCount(try number("page_count", database) * number("page_size", database))
    }

    private static func number(_ pragma: String, _ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0
    }
}
