internal import Archive
internal import Foundation
internal import GRDB
internal import Vocabulary

/// What a segment tells.
struct GatheredSegment: Sendable {
    var records: [SegmentRecord] = []
    /// Up to where all is told with it.
    var cursor: PublicationCursor
    /// Whether more is to be told.
    var isCut = false
}

/// Gathers what a segment tells from one state of the archive: what was not told yet and what changed since, some thousand records
/// at most.
///
/// The order is that in which the one who takes it in needs it: cameras and prints, frames, what changed of them, where pictures lie,
/// ledgers. Where it is too much, a later segment goes on. Records that cannot be, which a check of the archive calls damage, are
/// left out.
struct SegmentGathering {
    private(set) var gathered: GatheredSegment

    private let database: Database
    private let publication: Publication
    private let limit: Int

    private var room: Int { limit - gathered.records.count }

    init(_ publication: Publication, limit: Int, in database: Database) throws {
        (self.publication, self.limit, self.database) = (publication, limit, database)
        gathered = GatheredSegment(
            cursor: PublicationCursor(
                frame: publication.frame, round: publication.round,
                until: PublicationCursor.Note(kind: 0, number: 0, at: 0)))
        try gatherNotes(of: 1...2)
        if !gathered.isCut { try gatherFrames() }
        if !gathered.isCut { try gatherNotes(of: 3...6) }
        if !gathered.isCut { try gatherLedgers() }
    }

    /// Whether anything is to be told; a look at a few pages.
    static func hasNews(_ publication: Publication, in database: Database) throws -> Bool {
        let isNoted = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM unpublished) OR coalesce((SELECT max(id) FROM frame), 0) > ?",
            arguments: [publication.frame])
        if isNoted ?? false { return true }
        return try LedgerEnd.all(in: database).contains { $0.hasNews }
    }

    private mutating func take(_ record: SegmentRecord) {
        if record.problem == nil { gathered.records.append(record) }
    }

    // MARK: What changed

    private mutating func gatherNotes(of kinds: ClosedRange<Int64>) throws {
        // Each tells one record at least, or that it is gone.
        let notes = try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT kind, number, at FROM unpublished WHERE kind BETWEEN ? AND ? ORDER BY kind, number, at LIMIT ?
                """, arguments: [kinds.lowerBound, kinds.upperBound, room + 1])
        for row in notes {
            let note = PublicationCursor.Note(
                kind: try row.value(at: 0), number: try row.value(at: 1), at: try row.value(at: 2))
            guard room > 0 else {
                gathered.isCut = true
                return
            }
            switch note.kind {
            case 1: try takeCamera(note.number)
            case 2: try takePrint(note.number)
            case 3: try takeFrame(note.number)
            case 4:
                let pack = try pack(note.number)
                guard pack.count <= room || gathered.records.isEmpty else {
                    gathered.isCut = true
                    return
                }
                for record in pack { take(record) }
            case 5: try takeContent(note.number)
            default: try takeRun(of: note.number, at: note.at)
            }
            gathered.cursor.until = note
        }
        gathered.cursor.until = .end(of: kinds.upperBound)
    }

    private static let own = FollowedTable.isOwn(cameraIn: "camera_id")

    private mutating func takeCamera(_ number: Int64) throws {
        let name = try String.fetchOne(
            database,
            sql: "SELECT name FROM camera WHERE id = ? AND \(FollowedTable.isOwn(cameraIn: "camera.id"))",
            arguments: [number])
        if let name { take(SegmentRecord(camera: Told.Camera(id: number, name: name))) }
    }

    private mutating func takePrint(_ number: Int64) throws {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT camera_id, number, series, told_by, name, state, started_at, ended_at, excluded, pinned, note, \(Self.own)
                FROM print WHERE id = ?
                """, arguments: [number])
        guard let row else { return take(SegmentRecord(noPrint: number)) }
        guard try row.value(at: 11) else { return }
        take(
            SegmentRecord(
                print: Told.Print(
                    id: number, camera: try row.value(at: 0), number: try row.value(at: 1),
                    series: try row.value(at: 2),
                    toldBy: try row.value(at: 3), name: try row.value(at: 4), state: try row.value(at: 5),
                    startedAt: try row.value(at: 6), endedAt: try row.value(at: 7), excluded: try row.value(at: 8),
                    pinned: try row.value(at: 9), note: try row.value(at: 10))))
    }

    private mutating func takeFrame(_ number: Int64) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT \(Told.Frame.columns) FROM frame WHERE id = ?"), arguments: [number])
        guard let row else { return take(SegmentRecord(noFrame: number)) }
        let frame = try Told.Frame(row)
        if try FollowedTable.machine(ofCamera: frame.camera, in: database) == nil { take(SegmentRecord(frame: frame)) }
    }

    /// What is said of a pack: where it is, and of each picture in it where it lies.
    private func pack(_ number: Int64) throws -> [SegmentRecord] {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT location, name, sha256, bytes FROM pack JOIN pack_store ON pack_store.id = store_id
                WHERE pack.id = ? AND stored_at IS NOT NULL
                """, arguments: [number])
        guard let row else { return [SegmentRecord(noPack: number)] }
        let store: String = try row.value(at: 0)
        let pack = Told.Pack(
            id: number, store: store == publication.store ? nil : store, name: try row.value(at: 1),
            sha256: try row.sha256(at: 2).description, bytes: try row.value(at: 3))
        let places = try Row.fetchAll(
            database,
            sql: """
                SELECT picture.sha256, stored_sha256, start, packed_content.bytes, orientation
                FROM packed_content CROSS JOIN picture ON picture.sha256 = packed_content.sha256
                WHERE pack_id = ? ORDER BY start
                """, arguments: [number])
        return try [SegmentRecord(pack: pack)]
            + places.map { row in
                let stored: Data? = try row.value(at: 1)
                return SegmentRecord(
                    place: Told.Place(
                        pack: number, picture: try row.sha256(at: 0).description,
                        stored: stored.flatMap { SHA256Digest(bytes: $0)?.description }, start: try row.value(at: 2),
                        bytes: try row.value(at: 3), orientation: try row.value(at: 4)))
            }
    }

    /// A content that left a pack: it is here again, or in another one that is told of.
    private mutating func takeContent(_ number: Int64) throws {
        if let picture = try PictureContents.pictureHere(of: number, in: database) {
            take(SegmentRecord(home: Told.Home(picture: picture.description)))
        }
    }

    private mutating func takeRun(of camera: Int64, at instant: Int64) throws {
        guard try FollowedTable.machine(ofCamera: camera, in: database) == nil else { return }
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(Told.Run.columns) FROM ledger_run WHERE camera_id = ? AND from_at = ?"),
            arguments: [camera, instant])
        take(
            try row.map { SegmentRecord(run: try Told.Run($0)) }
                ?? SegmentRecord(noRun: Told.RunKey(camera: camera, from: instant)))
    }

    // MARK: Frames

    private mutating func gatherFrames() throws {
        guard room > 0 else {
            gathered.isCut = true
            return
        }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(Told.Frame.columns) FROM frame WHERE id > ? AND \(Self.own) ORDER BY id LIMIT ?
                """, arguments: [publication.frame, room])
        var (last, count) = (publication.frame, 0)
        let all = room
        while let row = try rows.next() {
            let frame = try Told.Frame(row)
            take(SegmentRecord(frame: frame))
            (last, count) = (frame.id, count + 1)
        }
        // Those that came since the round began are told once more: what changes of them is not noted yet.
        gathered.isCut = count == all && last < publication.notedFrame
        gathered.cursor.frame = gathered.isCut ? last : publication.notedFrame
    }

    // MARK: Ledgers

    private mutating func gatherLedgers() throws {
        for ledger in try LedgerEnd.all(in: database) where ledger.hasNews {
            guard room > 1 else {
                gathered.isCut = true
                return
            }
            let begin = ledger.told?.from ?? .min
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT \(Told.Run.columns) FROM ledger_run WHERE camera_id = ? AND from_at >= ? ORDER BY from_at LIMIT ?
                    """, arguments: [ledger.camera, begin, room])
            var runs = try rows.map { try Told.Run($0) }
            // One more than is told, where there is more.
            let next = runs.count == room ? runs.removeLast() : nil
            take(
                SegmentRecord(
                    runs: Told.Runs(
                        camera: ledger.camera, from: begin == .min ? nil : begin, until: next?.from)))
            for run in runs { take(SegmentRecord(run: run)) }
            let last = try runs.last ?? LedgerEnd.lastRun(of: ledger.camera, in: database)
            let noted = ledger.told?.noted ?? .min
            // Changes of those behind what is noted are not: the next segment tells them again.
            let from = min(last?.from ?? .min, noted)
            gathered.cursor.ledgers.append(
                PublicationCursor.Ledger(
                    camera: ledger.camera, from: from, lastRun: last?.from == from ? try last?.text ?? "" : ""))
            gathered.isCut = gathered.isCut || next != nil
        }
    }
}

/// Where a camera's ledger ends, and where it ended when it was told.
struct LedgerEnd {
    let camera: Int64
    /// `nil` where nothing was told of it yet.
    let told: (from: Int64, noted: Int64, lastRun: String)?
    let last: Told.Run?

    var hasNews: Bool {
        guard let told else { return last != nil }
        guard let last, last.from == told.from else { return last != nil || told.from != .min }
        return (try? last.text) != told.lastRun
    }

    /// Of all cameras that are this archive's own.
    static func all(in database: Database) throws -> [LedgerEnd] {
        let cameras = try Row.fetchAll(
            database,
            sql: """
                SELECT camera.id, from_at, noted_from_at, last_run
                FROM camera LEFT JOIN published_ledger ON published_ledger.camera_id = camera.id
                WHERE \(FollowedTable.isOwn(cameraIn: "camera.id")) ORDER BY camera.id
                """)
        return try cameras.map { row in
            let camera: Int64 = try row.value(at: 0)
            let from: Int64? = try row.value(at: 1)
            return LedgerEnd(
                camera: camera,
                told: try from.map { ($0, try row.value(at: 2), try row.value(at: 3)) },
                last: try lastRun(of: camera, in: database))
        }
    }

    static func lastRun(of camera: Int64, in database: Database) throws -> Told.Run? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(Told.Run.columns) FROM ledger_run WHERE camera_id = ? ORDER BY from_at DESC LIMIT 1"),
            arguments: [camera]
        ).map { try Told.Run($0) }
    }
}

extension Told.Frame {
    /// What ``init(_:)`` reads.
    static let columns = FrameColumn.allCases.map { "frame.\($0.name)" }.joined(separator: ", ")

    init(_ row: Row) throws {
        let row = NamedRow(row, by: FrameColumn.self)
        self.init(
            id: try row.value(.id), camera: try row.value(.camera), capturedAt: try row.value(.capturedAt),
            takenAt: try row.value(.takenAt), slotAt: try row.value(.slotAt), lastSeenAt: try row.value(.lastSeenAt),
            seen: try row.value(.seen), width: Int(clamping: try row.value(.width) as Int64),
            height: Int(clamping: try row.value(.height) as Int64), bytes: try row.value(.bytes),
            sha256: try row.sha256(.sha256).description,
            perceptualHash: PerceptualHash(bits: UInt64(bitPattern: try row.value(.perceptualHash))).description,
            print: try row.value(.print), variant: try row.value(.variant), source: try row.value(.source),
            excluded: try row.value(.excluded), pinned: try row.value(.pinned), progress: try row.value(.progress),
            printerState: try row.value(.printerState), prediction: try row.value(.prediction),
            brightness: try row.value(.brightness), sharpness: try row.value(.sharpness),
            change: try row.value(.change), changedPercent: try row.value(.changedPercent),
            note: try row.value(.note), damagedAt: try row.value(.damagedAt), suspect: try row.value(.suspect),
            suspectPlace: try row.value(.suspectPlace))
    }
}

extension Told.Run {
    /// What ``init(_:)`` reads.
    static let columns = "camera_id, from_at, interval_ms, slots, outcome, detail, bytes, frame_id, removed"

    init(_ row: Row) throws {
        self.init(
            camera: try row.value(at: 0), from: try row.value(at: 1), interval: try row.value(at: 2),
            slots: try row.value(at: 3), outcome: try row.value(at: 4), detail: try row.value(at: 5),
            bytes: try row.value(at: 6), frame: try row.value(at: 7), removed: try row.value(at: 8))
    }

    /// To be compared with what was told.
    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return try String(decoding: encoder.encode(self), as: UTF8.self)
        }
    }
}
