internal import Archive
internal import Deduplication
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

/// Reads some pictures back, and holds each against its digest and the decoder.
enum PictureCheck {
    struct Result: Sendable {
        var suspects: ArchiveVerifier.Suspects = [:]
        /// What sound pictures are suspected of.
        var doubts: [SHA256Digest: Suspicion] = [:]
        /// Seams in them, which may be of things in front of the camera.
        var seams: [SHA256Digest: Seam] = [:]
        /// Contents or pictures that were not found together: removed meanwhile, or half missing.
        var unmatched: [StoredPicture] = []
        /// How many pictures could not be fetched from the packs in which they lie, by why.
        var unfetched: [String: Int] = [:]
        /// Those of them whose pack is gone or was cut short, with what is said of it.
        var lost: [SHA256Digest: String] = [:]
        /// How many were not asked for from their packs.
        var passedOver = 0
        var pictures = 0
        var frames = 0
        var bytes = ByteCount.zero
    }

    /// How closely to look.
    enum Depth: Sendable { case hashes, decoding }

    fileprivate enum Reading: Sendable {
        case picture(ByteBuffer, stored: SHA256Digest, frames: Int)
        case packed(PackedPlace, stored: SHA256Digest, frames: Int)
        case unfetched(ArchiveError)
        case passedOver
        case unmatched
        case unreadable(String)
    }

    /// Some pictures as they are on record, and what is on its way of those that lie in packs.
    struct Look: Sendable {
        fileprivate let entries: [StoredPicture]
        fileprivate let readings: [Reading]
        /// `nil` where nothing comes.
        fileprivate let arrival: PackedPictures.Arrival?
    }

    /// One look into the archive; pictures that lie in packs are sent for when it is over.
    ///
    /// - Parameter packs: `nil` to pass over the pictures that lie in packs.
    static func look(
        at entries: [StoredPicture], in pictures: ArchivePictures, _ packs: (any PackedPictures)?,
        _ database: any DatabaseReader
    ) async throws -> Look {
        let readings = try await database.read { database in
            try entries.map { try read($0, from: pictures, database) }
        }
        let places = readings.compactMap { reading -> PackedPlace? in
            if case .packed(let place, _, _) = reading { place } else { nil }
        }
        let arrival = places.isEmpty ? nil : await packs?.send(for: places, anew: false)
        return Look(entries: entries, readings: readings, arrival: arrival)
    }

    static func check(
        _ entries: [StoredPicture], in pictures: ArchivePictures, _ packs: (any PackedPictures)?, _ depth: Depth,
        _ database: any DatabaseReader
    ) async throws -> Result {
        try await check(look(at: entries, in: pictures, packs, database), depth, database)
    }

    /// - Parameter before: what pictures are compared with; `nil` to look at each by itself and for no seams.
    static func check(
        _ look: Look, _ depth: Depth, _ database: any DatabaseReader, beside before: PicturesBefore? = nil
    ) async throws -> Result {
        let (entries, readings) = (look.entries, try await arrived(look))
        var result = Result()
        for (entry, reading) in zip(entries, readings) {
            try Task.checkCancellation()
            switch reading {
            case .unmatched: result.unmatched.append(entry)
            case .passedOver, .packed: result.passedOver += 1
            case .unfetched(let error):
                result.pictures += 1
                result.unfetched[error.description, default: 0] += 1
                if error.isOfOnePack { result.lost[entry.sha256] = error.description }
            case .unreadable(let problem):
                result.pictures += 1
                result.suspects[entry.sha256] = problem
            case .picture(let bytes, let stored, let frames):
                result.pictures += 1
                result.frames += frames
                result.bytes += ByteCount(bytes.readableBytes)
                switch finding(on: bytes, stored, depth, withEdges: before != nil) {
                case .problem(let problem): result.suspects[entry.sha256] = problem
                case .hashed: break
                case .decoded(let picture):
                    before?.keep(picture, of: entry.content)
                    let trace = try await before?.trace(before: entry.content, in: database)
                    result.doubts[entry.sha256] = picture.takenAsWhole.suspicion ?? picture.oddScan(after: trace)
                    result.seams[entry.sha256] = picture.suspectSeam(after: trace)
                }
            }
        }
        return result
    }

    /// The readings with the bytes of those that lie in packs.
    private static func arrived(_ look: Look) async throws -> [Reading] {
        guard let arrival = look.arrival else {
            return look.readings.map { reading -> Reading in
                if case .packed = reading { .passedOver } else { reading }
            }
        }
        var found = try await arrival().makeIterator()
        return look.readings.map { reading -> Reading in
            guard case .packed(_, let stored, let frames) = reading, let bytes = found.next() else { return reading }
            return switch bytes {
            case .success(let bytes): .picture(bytes, stored: stored, frames: frames)
            case .failure(let error): .unfetched(error)
            }
        }
    }

    private static func read(
        _ entry: StoredPicture, from pictures: ArchivePictures, _ database: Database
    ) throws -> Reading {
        do {
            guard let record = try PictureTable.record(of: entry.sha256, in: database),
                record.content == entry.content,
                try pictures.picture(of: entry.content, in: database) == entry.sha256,
                let place = try pictures.place(of: entry.content, in: database)
            else { return .unmatched }
            switch place {
            case .here(let bytes): return .picture(bytes, stored: record.stored, frames: record.frames)
            case .packed(let place): return .packed(place, stored: record.stored, frames: record.frames)
            case .elsewhere: return .passedOver
            }
        } catch let error as DatabaseError where error.resultCode != .SQLITE_INTERRUPT {
            return .unreadable("its picture cannot be read: \(error.message ?? "\(error.resultCode)")")
        } catch is MisreadColumn {
            return .unreadable("its picture's record cannot be read")
        }
    }

    /// What is wrong with bytes that should have this digest; `nil` where nothing is.
    static func problem(of bytes: ByteBuffer, _ sha256: SHA256Digest, _ depth: Depth) -> String? {
        if case .problem(let problem) = finding(on: bytes, sha256, depth, withEdges: false) { problem } else { nil }
    }

    private enum Finding {
        case hashed
        case decoded(ExaminedPicture)
        case problem(String)
    }

    /// How the problem begins that is none where all of a camera's pictures have it.
    static let leftOver = "its picture was torn: "

    private static func finding(
        on bytes: ByteBuffer, _ sha256: SHA256Digest, _ depth: Depth, withEdges: Bool
    ) -> Finding {
        guard SHA256Digest(hashing: bytes) == sha256 else { return .problem("its picture is not what was stored") }
        guard depth == .decoding else { return .hashed }
        do {
            let picture = try FrameValidator.ofStoredPictures.examine(bytes, withEdges: withEdges)
            if let fault = picture.leftOver { return .problem(leftOver + fault.description) }
            // Nothing is stored without its end but what its camera sends so: the digest says that it is what was stored.
            return .decoded(picture)
        } catch {
            return .problem("its picture does not decode: \(error)")
        }
    }
}
