package import Archive
internal import GRDB
package import Storage

extension FrameArchive {
    /// Marks frames, beside a running capture if need be.
    ///
    /// The frames are those of one instant; of a print, those that come later as well. Each transaction is a short one, so
    /// that a capture need not wait; where the work was interrupted, doing it again completes it.
    ///
    /// - Throws: ``ArchiveError/noSuchFrame(_:)``, ``ArchiveError/noSuchPrint(_:)``, ``ArchiveError/noSuchFrames``, or
    ///   ``ArchiveError/followed(camera:machine:)`` where one of them belongs to another machine; then nothing was changed.
    @discardableResult
    package func mark(_ frames: MarkedFrames, _ mark: FrameMark) async throws(ArchiveError) -> MarkReport {
        var report = MarkReport()
        if case .print(let print) = frames {
            try read { try MarkTable.requireOwn(print: print, in: $0) }
            // Before its frames: those that are stored meanwhile have the mark from the print.
            try await commit { try MarkTable.set(mark, ofPrint: print, in: $0) }
            report.print = print
            if case .note = mark { return report }
        }
        let ids = try read { try MarkTable.ids(of: frames, in: $0) }
        report.frames = ids.count
        try read { try MarkTable.requireOwn(ids, in: $0) }
        for start in stride(from: 0, to: ids.count, by: MarkTable.pageSize) {
            let page = ids[start..<min(start + MarkTable.pageSize, ids.count)]
            let unmarked = try read { try MarkTable.unmarked(page, mark, in: $0) }
            if unmarked.isEmpty { continue }
            report.changed += try await commit { try MarkTable.set(mark, of: unmarked, in: $0) }
        }
        return report
    }

    /// Marks a print's own record, without its frames: those to come have the mark, or no longer.
    ///
    /// - Throws: ``ArchiveError/noSuchPrint(_:)``
    package func markPrintAlone(_ print: Int64, _ mark: FrameMark) async throws(ArchiveError) {
        try read { try MarkTable.requireOwn(print: print, in: $0) }
        try await commit { try MarkTable.set(mark, ofPrint: print, in: $0) }
    }
}
