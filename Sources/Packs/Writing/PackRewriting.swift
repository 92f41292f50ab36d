internal import Archive
internal import GRDB
internal import NIOCore
internal import Storage
internal import Stores
internal import Vocabulary

/// Moves what is still needed of packs that are mostly dead into new ones, so that the old ones can go.
///
/// A pack is mostly dead where less than a third of it is needed. To move that share `s` it is read, written and read back, `3 s` of a
/// pack, for `1 - s` that get free: at a third one and a half bytes go over the line for each that is saved, at a half it would be three.
/// Where a GB that is read costs as much as storing it for four months (Amazon: 0.09 and 0.023 USD), a third is earned again within four
/// months, and a half within eight. And no store holds more than three times what is needed.
struct PackRewriting {
    let archive: FrameArchive
    let store: any ObjectStore
    let now: Timestamp

    /// So many packs are emptied at once, at most.
    private static let most = 32
    private static let framesAtOnce = 4096

    static func isMostlyDead(_ pack: PackTable.Pack) -> Bool {
        // Of small pictures their place in the manifest is most.
        let live = pack.liveBytes.bytes + Int64(pack.livePictures) * PackWriter.overhead
        return pack.isStored && pack.livePictures > 0 && live < pack.bytes.bytes / 3
    }

    /// A picture in one of the packs, and the first frame that shows it.
    private struct Needed: Sendable {
        let frame: ArchivedFrame
        let content: Int64
        let stored: SHA256Digest
        let place: PackedPlace
    }

    init(archive: FrameArchive, store: any ObjectStore, now: Timestamp) {
        (self.archive, self.store, self.now) = (archive, store, now)
    }

    /// - Parameter isOwn: whether a pack may be removed afterwards.
    /// - Returns: how many pictures lie in new packs.
    func run(where isOwn: @Sendable (PackTable.Pack) -> Bool) async throws -> Int {
        var moved = 0
        var tried: Set<Int64> = []
        while true {
            let packs = try archive.read { try PackTable.all(in: $0) }
                .filter { isOwn($0) && Self.isMostlyDead($0) && !tried.contains($0.id) }.prefix(Self.most)
            guard !packs.isEmpty else { return moved }
            tried.formUnion(packs.map(\.id))
            for pictures in try await needed(of: packs.map(\.id)) { moved += try await rewrite(pictures) }
        }
    }

    /// One camera's, in the order of time.
    private func rewrite(_ pictures: [Needed]) async throws -> Int {
        let path = PackFile.path(besideArchive: archive.path)
        defer { PackFile.remove(at: path) }
        var rest = pictures[...]
        var moved = 0
        while let first = rest.first {
            var writer = try PackWriter(at: path, camera: first.frame.camera)
            while let next = rest.first, writer.isEmpty || writer.hasRoom(for: Int64(next.place.range.count), in: 1) {
                try Task.checkCancellation()
                rest.removeFirst()
                guard let name = ObjectName(rawValue: next.place.pack) else { continue }
                let bytes = try await store.read(name, next.place.range)
                // What is damaged stays in its pack, which `verify` names.
                guard SHA256Digest(hashing: bytes) == next.stored else { continue }
                try writer.add(next.frame, bytes, content: next.content, stored: next.stored)
            }
            guard !writer.isEmpty else { continue }
            let draft = try writer.finish()
            let pack = try await PackDelivery(archive: archive, store: store, now: now).deliver(draft)
            moved += try await archive.inTurn {
                try await archive.commit { [now] in try PackTable.move(draft.pictures, to: pack, at: now, in: $0) }
            }
        }
        return moved
    }

    /// What is needed of some packs, by camera.
    private func needed(of packs: [Int64]) async throws -> [[Needed]] {
        var contents: [SHA256Digest: Int64] = [:]
        for pack in packs {
            for (sha256, content) in try archive.read({ try PackTable.pictures(in: pack, $0) }) {
                contents[sha256] = content
            }
        }
        var cameras: [[Needed]] = []
        for camera in try archive.read({ try Int64.fetchAll($0, sql: "SELECT id FROM camera ORDER BY name") }) {
            var (needed, place) = ([Needed](), (capturedAt: Int64.min, id: Int64.min))
            while !contents.isEmpty {
                try Task.checkCancellation()
                let page = try archive.read { try PackTable.frames(of: camera, after: place, Self.framesAtOnce, $0) }
                guard let last = page.last else { break }
                place = (last.capturedAt, last.id)
                for frame in page {
                    guard let content = contents.removeValue(forKey: frame.sha256) else { continue }
                    let found = try archive.read { try Self.needed(content, shownBy: FrameID(frame.id), $0) }
                    if let found { needed.append(found) }
                }
            }
            if !needed.isEmpty { cameras.append(needed) }
        }
        return cameras
    }

    private static func needed(_ content: Int64, shownBy id: FrameID, _ database: Database) throws -> Needed? {
        guard let frame = try FrameTable.frame(id, in: database),
            let record = try PictureTable.record(of: frame.sha256, in: database), record.content == content,
            let place = try PackTable.place(of: content, in: database)
        else { return nil }
        return Needed(frame: frame, content: content, stored: record.stored, place: place)
    }
}

extension PackTable {
    /// The locations of all stores that are on record.
    static func locations(in database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT location FROM pack_store ORDER BY id")
    }

    /// The pictures in a pack and their contents.
    fileprivate static func pictures(in pack: Int64, _ database: Database) throws -> [(SHA256Digest, Int64)] {
        try Row.fetchAll(
            database, sql: "SELECT sha256, id FROM packed_content WHERE pack_id = ? ORDER BY start", arguments: [pack]
        ).map { (try $0.sha256(at: 0), try $0.value(at: 1)) }
    }

    /// A camera's frames in the order of time, a page of them.
    fileprivate static func frames(
        of camera: Int64, after place: (capturedAt: Int64, id: Int64), _ count: Int, _ database: Database
    ) throws -> [(capturedAt: Int64, id: Int64, sha256: SHA256Digest)] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT captured_at, id, sha256 FROM frame INDEXED BY frame_by_camera
                    WHERE camera_id = ? AND (captured_at, id) > (?, ?) ORDER BY captured_at, id LIMIT ?
                    """), arguments: [camera, place.capturedAt, place.id, count]
        ).map { (try $0.value(at: 0), try $0.value(at: 1), try $0.sha256(at: 2)) }
    }
}
