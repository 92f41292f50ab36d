internal import Archive
internal import Deduplication
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Storage
internal import Validation
internal import Vocabulary

/// Measures how much stored pictures differ, on all cores.
struct PictureComparison: Sendable {
    /// Two frames by their numbers.
    struct Pair: Hashable, Sendable {
        let frame: Int64
        let after: Int64
    }

    let database: any DatabaseReader
    let path: String

    /// - Returns: a change for each pair, in their order; `nil` where the pictures have different sizes, or where one of them is
    ///   gone or damaged.
    func changes(_ pairs: [Pair]) async throws -> [LumaChange?] {
        let share = max(1, (pairs.count + Self.cores - 1) / Self.cores)
        let shares = stride(from: 0, to: pairs.count, by: share).map { pairs[$0..<min($0 + share, pairs.count)] }
        return try await withThrowingTaskGroup(of: (Int, [LumaChange?]).self) { group in
            for (index, share) in shares.enumerated() {
                group.addTask { (index, try await changes(inTurn: share)) }
            }
            var parts = [[LumaChange?]](repeating: [], count: shares.count)
            for try await (index, part) in group { parts[index] = part }
            return Array(parts.joined())
        }
    }

    private static let cores = ProcessInfo.processInfo.activeProcessorCount

    private func changes(inTurn pairs: ArraySlice<Pair>) async throws -> [LumaChange?] {
        // Pairs that stand in the order of time have their pictures in common.
        var last: (frame: Int64, luma: LumaPicture?)?
        var changes: [LumaChange?] = []
        for pair in pairs {
            try Task.checkCancellation()
            let earlier: LumaPicture?
            if let last, last.frame == pair.after { earlier = last.luma } else { earlier = try await luma(pair.after) }
            let later = try await luma(pair.frame)
            last = (pair.frame, later)
            if let earlier, let later {
                changes.append(LumaChange(to: later, from: earlier))
            } else {
                changes.append(nil)
            }
        }
        return changes
    }

    /// `nil` where the frame is gone, or its picture is not what was stored.
    private func luma(_ id: Int64) async throws -> LumaPicture? {
        do {
            let bytes = try await database.read { [path] database -> ByteBuffer? in
                guard let frame = try FrameTable.frame(FrameID(id), in: database) else { return nil }
                return try PictureTable.checkedPicture(of: frame, archive: path, in: database).bytes
            }
            return try bytes.map { try FrameValidator.ofStoredPictures.examine($0, withEdges: false).luma }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // `verify` names it. Whoever compares takes it for all new, and keeps it.
            return nil
        }
    }
}

extension FrameValidator {
    /// The limits guard against what a network sends. What is in the archive passed the limits of its day, which may
    /// have been wider.
    static let ofStoredPictures = {
        var limits = FrameLimits()
        (limits.bytes, limits.pixels) = (ByteCount(Int64.max), .max)
        return FrameValidator(limits: limits)
    }()
}
