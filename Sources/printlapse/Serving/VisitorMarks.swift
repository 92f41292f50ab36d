import Archive
import Care
import Catalog
import Gallery
import Storage
import Synchronization
import Vocabulary

/// Marks frames for the gallery's visitors, and takes that back.
final class VisitorMarks: Sendable {
    /// What was there before.
    private struct Undo: Sendable {
        let id: String
        let marks: [(frames: [ClosedRange<FrameID>], mark: FrameMark)]
        let print: (number: Int64, mark: FrameMark)?
    }

    private let catalog: Catalog
    private let archive: ChangedArchive
    /// The newest last.
    private let undos = Mutex<[Undo]>([])
    private static let mostUndos = 256

    init(_ catalog: Catalog, _ archive: ChangedArchive) { (self.catalog, self.archive) = (catalog, archive) }

    func mark(_ marking: GalleryMarking) async throws -> GalleryMarkReport {
        let mark = FrameMark(marking.mark)
        let frames = try await frames(of: marking.subject)
        let before = Dictionary(grouping: frames.filter { mark.isNew(to: $0) }) { mark.before($0) }
        let changed = before.values.joined().map(\.id).sorted { $0 < $1 }
        var print: (number: Int64, mark: FrameMark)?
        if case .print(let number) = marking.subject {
            guard let record = try await catalog.print(number) else { throw GalleryFailure.noSuchPrint(number) }
            print = (number, mark.before(record))
        } else if frames.isEmpty {
            throw GalleryFailure.noSuchFrame(marking.subject.firstFrame)
        }
        let isOfPrintAlone = print != nil && mark.isNote
        let undo = Undo(
            id: String(UInt64.random(in: .min ... .max), radix: 36),
            marks: isOfPrintAlone ? [] : before.map { (Self.ranges($0.value.map(\.id)), $0.key) }, print: print)
        try await archive.change { archive in
            if let print {
                try await archive.mark(.print(print.number), mark)
            } else if !changed.isEmpty {
                try await archive.mark(.numbers(Self.ranges(changed)), mark)
            }
        }
        undos.withLock { undos in
            undos.append(undo)
            if undos.count > Self.mostUndos { undos.removeFirst() }
        }
        return GalleryMarkReport(
            frames: isOfPrintAlone ? 0 : frames.count, changed: isOfPrintAlone ? 0 : changed.count,
            print: print?.number,
            undo: undo.id,
            changedFrames: isOfPrintAlone
                ? [] : Self.ranges(changed).map { $0.lowerBound.number...$0.upperBound.number })
    }

    func undo(_ id: String) async throws -> Bool {
        let undo = undos.withLock { undos in
            undos.firstIndex { $0.id == id }.map { undos.remove(at: $0) }
        }
        guard let undo else { return false }
        try await archive.change { archive in
            if let print = undo.print { try await archive.markPrintAlone(print.number, print.mark) }
            for (frames, mark) in undo.marks { try await archive.markThoseThere(frames, mark) }
        }
        return true
    }

    /// Those of the subject that are there.
    private func frames(of subject: GalleryMarking.Subject) async throws -> [ArchivedFrame] {
        var frames: [ArchivedFrame] = []
        switch subject {
        case .print(let number): try await catalog.forEachFrame(FrameQuery(print: number)) { frames.append($0) }
        case .frames(let ranges):
            for range in ranges {
                var last = FrameID(range.lowerBound - 1)
                while true {
                    let page = try await catalog.frames(behind: last, limit: 1000)
                    frames += page.filter { $0.id.number <= range.upperBound }
                    guard let end = page.last, end.id.number < range.upperBound else { break }
                    last = end.id
                }
            }
        }
        return frames
    }

    /// Neighbouring numbers together.
    private static func ranges(_ frames: [FrameID]) -> [ClosedRange<FrameID>] {
        frames.sorted { $0 < $1 }.reduce(into: []) { ranges, frame in
            if let last = ranges.last, last.upperBound.number + 1 >= frame.number {
                ranges[ranges.count - 1] = last.lowerBound...frame
            } else {
                ranges.append(frame...frame)
            }
        }
    }
}

extension GalleryMarking.Subject {
    fileprivate var firstFrame: FrameID {
        switch self {
        case .frames(let ranges): FrameID(ranges.first?.lowerBound ?? 0)
        case .print: FrameID(0)
        }
    }
}

extension FrameMark {
    fileprivate init(_ mark: GalleryMarking.Mark) {
        switch mark {
        case .excluded(let isSet): self = .excluded(isSet)
        case .pinned(let isSet): self = .pinned(isSet)
        case .note(let note): self = .note(note)
        }
    }

    fileprivate var isNote: Bool { if case .note = self { true } else { false } }

    fileprivate func isNew(to frame: ArchivedFrame) -> Bool { before(frame) != self }

    /// What the frame has in its place.
    fileprivate func before(_ frame: ArchivedFrame) -> FrameMark {
        switch self {
        case .excluded: .excluded(frame.excluded)
        case .pinned: .pinned(frame.pinned)
        case .note: .note(frame.note.flatMap { try? Note($0) })
        }
    }

    fileprivate func before(_ print: ArchivedPrint) -> FrameMark {
        switch self {
        case .excluded: .excluded(print.excluded)
        case .pinned: .pinned(print.pinned)
        case .note: .note(print.note.flatMap { try? Note($0) })
        }
    }
}

extension FrameArchive {
    /// Some may have been pruned meanwhile.
    fileprivate func markThoseThere(_ frames: [ClosedRange<FrameID>], _ mark: FrameMark) async throws {
        for range in frames {
            do { try await self.mark(.numbers([range]), mark) } catch ArchiveError.noSuchFrame, ArchiveError
                .noSuchFrames
            {}
        }
    }
}
