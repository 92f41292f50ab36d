internal import Archive
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Storage
internal import Vocabulary

/// Why a segment's records are not taken in.
enum TakingInProblem: Error, Hashable {
    /// - `owner`: the machine that has a camera of this name here; `nil`: this archive itself.
    case cameraTaken(CameraName, owner: String?)
    case unreadable(String)

    /// `nil` for what the segment has no part in, as a full disk.
    init?(_ error: any Error) {
        switch error {
        case let problem as TakingInProblem: self = problem
        // What the tables' own checks keep out.
        case let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT:
            self = .unreadable(error.message ?? "it breaks a rule of the archive's tables")
        default: return nil
        }
    }
}

/// Takes the records of a machine's segment in, within one transaction.
///
/// Each says how a record stands now, so that taking it in twice is taking it in once. Of what is this archive's own nothing is
/// changed: a machine's word goes for the cameras that belong to it.
struct TakingIn {
    /// The machine's row.
    let machine: Int64
    let pictures: ArchivePictures
    /// What its cameras are to be called here, where that differs.
    let names: [CameraName: CameraName]
    let database: Database
    private var cameras: [Int64: (id: Int64, name: CameraName)] = [:]
    private var prints: [Int64: Int64] = [:]
    private(set) var newFrames = 0
    private(set) var removedFrames = 0

    init(
        _ machine: Int64, pictures: ArchivePictures, calling names: [CameraName: CameraName], in database: Database
    ) throws {
        (self.machine, self.pictures, self.names, self.database) = (machine, pictures, names, database)
        for row in try Row.fetchAll(
            database,
            sql: """
                SELECT number, camera_id, camera.name FROM followed_camera JOIN camera ON camera.id = camera_id
                WHERE machine_id = ? AND number IS NOT NULL
                """, arguments: [machine])
        {
            cameras[try row.value(at: 0)] = (try row.value(at: 1), try row.cameraName(at: 2))
        }
    }

    mutating func take(_ record: SegmentRecord) throws {
        if let camera = record.camera { try take(camera) }
        if let print = record.print { try take(print) }
        if let print = record.noPrint { try takeBack(print: print) }
        if let frame = record.frame { try take(frame) }
        if let frame = record.noFrame { try takeBack(frame: frame) }
        if let pack = record.pack { try take(pack) }
        if let pack = record.noPack { try takeBack(pack: pack) }
        if let place = record.place { try take(place) }
        if let home = record.home { try take(home) }
        if let runs = record.runs { try take(runs) }
        if let run = record.run { try take(run) }
        if let run = record.noRun { try takeBack(run: run) }
    }

    // MARK: Cameras and prints

    private mutating func take(_ camera: Told.Camera) throws {
        let name = try CameraName(camera.name)
        let known = try Int64.fetchOne(
            database,
            sql:
                "SELECT camera_id FROM followed_camera WHERE machine_id = ?1 AND (number = ?2 OR name = ?3) ORDER BY name <> ?3",
            arguments: [machine, camera.id, name.text])
        if let known {
            try database.execute(
                sql: "UPDATE followed_camera SET number = ?, name = ? WHERE camera_id = ?",
                arguments: [camera.id, name.text, known])
        } else {
            let own = names[name] ?? name
            if let taken = try CameraTable.id(of: own, in: database) {
                throw TakingInProblem.cameraTaken(
                    own, owner: try FollowedTable.machine(ofCamera: taken, in: database))
            }
            try database.execute(sql: "INSERT INTO camera (name) VALUES (?)", arguments: [own.text])
            try database.execute(
                sql: "INSERT INTO followed_camera (camera_id, machine_id, name, number) VALUES (?, ?, ?, ?)",
                arguments: [database.lastInsertedRowID, machine, name.text, camera.id])
        }
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT camera_id, camera.name FROM followed_camera JOIN camera ON camera.id = camera_id
                WHERE machine_id = ? AND number = ?
                """, arguments: [machine, camera.id])
        if let row { cameras[camera.id] = (try row.value(at: 0), try row.cameraName(at: 1)) }
    }

    private func camera(_ number: Int64) throws -> (id: Int64, name: CameraName) {
        guard let camera = cameras[number] else {
            throw TakingInProblem.unreadable("it tells of camera \(number), of which nothing was told")
        }
        return camera
    }

    private mutating func take(_ print: Told.Print) throws {
        let camera = try camera(print.camera).id
        let known =
            try self.print(print.id)
            ?? Int64.fetchOne(
                database,
                sql: """
                    SELECT id FROM print WHERE camera_id = ? AND number IS ? AND series IS ? AND told_by = ? AND started_at = ?
                    """, arguments: [camera, print.number, print.series, print.toldBy, print.startedAt])
        let arguments: StatementArguments = [
            camera, print.number, print.series, print.toldBy, print.name, print.state, print.startedAt, print.endedAt,
            print.excluded, print.pinned, print.note,
        ]
        let id: Int64
        if let known {
            id = known
            try database.execute(
                sql: """
                    UPDATE print SET camera_id = ?, number = ?, series = ?, told_by = ?, name = ?, state = ?, started_at = ?,
                        ended_at = ?, excluded = ?, pinned = ?, note = ? WHERE id = ?
                    """, arguments: arguments + [id])
        } else {
            try database.execute(
                sql: """
                    INSERT INTO print (camera_id, number, series, told_by, name, state, started_at, ended_at, excluded, pinned,
                        note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, arguments: arguments)
            id = database.lastInsertedRowID
        }
        try database.execute(
            sql: "INSERT OR REPLACE INTO followed_print (machine_id, number, print_id) VALUES (?, ?, ?)",
            arguments: [machine, print.id, id])
        prints[print.id] = id
    }

    private mutating func print(_ number: Int64) throws -> Int64? {
        if let known = prints[number] { return known }
        let found = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT print_id FROM followed_print WHERE machine_id = ? AND number = ?"),
            arguments: [machine, number])
        prints[number] = found
        return found
    }

    private mutating func takeBack(print number: Int64) throws {
        guard let print = try print(number) else { return }
        prints[number] = nil
        try database.execute(
            sql: "DELETE FROM followed_print WHERE machine_id = ? AND number = ?", arguments: [machine, number])
        try database.execute(
            sql: "DELETE FROM print WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM frame WHERE print_id = ?1)",
            arguments: [print])
    }

    // MARK: Frames

    private mutating func take(_ told: Told.Frame) throws {
        let camera = try camera(told.camera)
        let print = try told.print.flatMap { try self.print($0) }
        guard told.print == nil || print != nil else {
            throw TakingInProblem.unreadable("frame \(told.id) is of a print of which nothing was told")
        }
        guard let sha256 = SHA256Digest(hexadecimal: told.sha256),
            var frame = ArchivedFrame(told, camera: camera.name, print: print, sha256: sha256)
        else { throw TakingInProblem.unreadable("frame \(told.id) has a word that cannot be") }
        let slot = told.slotAt.map(Timestamp.init(milliseconds:))
        let known = try self.known(told.id) ?? same(frame, camera.id)
        if let known {
            if known.camera == frame.camera, known.capturedAt == frame.capturedAt, known.sha256 == frame.sha256,
                known.bytes == frame.bytes, known.print == frame.print
            {
                frame.id = known.id
                try FrameTable.update(frame, slot: slot, in: database)
                return try note(known.id, as: told.id)
            }
        } else {
            newFrames += 1
        }
        try requirePicture(of: frame)
        frame.id = try FrameTable.nextID(in: database)
        try FrameTable.insert(frame, camera: camera.id, slot: slot, into: database)
        try FrameTotals.rollUpIfDue(after: frame.id, in: database)
        try note(frame.id, as: told.id)
        // Another time, as when the machine's clock was put right, is another row. The picture stays where it lies, as the one takes
        // it over before the other goes; and nothing was removed, as far as the ledger is concerned.
        if let known {
            try database.execute(sql: "UPDATE frame SET slot_at = NULL WHERE id = ?", arguments: [known.id.number])
            try database.execute(sql: "DELETE FROM frame WHERE id = ?", arguments: [known.id.number])
        }
    }

    private func note(_ frame: FrameID, as number: Int64) throws {
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO followed_frame (machine_id, number, frame_id) VALUES (?, ?, ?)"
        ).execute(arguments: [machine, number, frame.number])
    }

    private func number(here number: Int64) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT frame_id FROM followed_frame WHERE machine_id = ? AND number = ?"),
            arguments: [machine, number])
    }

    private func known(_ number: Int64) throws -> ArchivedFrame? {
        try self.number(here: number).flatMap { try FrameTable.frame(FrameID($0), in: database) }
    }

    /// The frame itself, where an earlier generation told of it.
    private func same(_ frame: ArchivedFrame, _ camera: Int64) throws -> ArchivedFrame? {
        try FrameTable.frame(camera: camera, at: frame.capturedAt, sha256: frame.sha256, in: database)
    }

    /// The picture's record; its bytes are with the machine until it says where.
    private func requirePicture(of frame: ArchivedFrame) throws {
        let known = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT bytes FROM picture WHERE sha256 = ?"), arguments: [frame.sha256.data])
        if let known {
            guard known == frame.bytes.bytes else {
                throw TakingInProblem.unreadable("the picture \(frame.sha256) has \(known) bytes here")
            }
            return
        }
        let content = try pictures.putElsewhere(frame.sha256, machine: machine, in: database)
        try database.cachedStatement(
            sql: "INSERT INTO picture (sha256, bytes, content_id, reference_count) VALUES (?, ?, ?, 0)"
        ).execute(arguments: [frame.sha256.data, frame.bytes.bytes, content])
    }

    private mutating func takeBack(frame number: Int64) throws {
        guard let frame = try self.number(here: number) else { return }
        try database.cachedStatement(sql: "DELETE FROM frame WHERE id = ?").execute(arguments: [frame])
        removedFrames += database.changesCount
        try database.cachedStatement(sql: "DELETE FROM followed_frame WHERE machine_id = ? AND number = ?")
            .execute(arguments: [machine, number])
    }

    // MARK: Where pictures lie

    private func take(_ pack: Told.Pack) throws {
        guard let sha256 = SHA256Digest(hexadecimal: pack.sha256) else { return }
        try database.execute(
            sql: """
                INSERT INTO followed_pack (machine_id, number, store, name, sha256, bytes) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (machine_id, number) DO UPDATE SET store = excluded.store, name = excluded.name,
                    sha256 = excluded.sha256, bytes = excluded.bytes
                """, arguments: [machine, pack.id, pack.store, pack.name, sha256.data, pack.bytes])
    }

    private func takeBack(pack number: Int64) throws {
        try database.execute(
            sql: """
                UPDATE followed_content SET pack_id = NULL, start = NULL, bytes = NULL, orientation = NULL
                WHERE pack_id = (SELECT id FROM followed_pack WHERE machine_id = ?1 AND number = ?2)
                """, arguments: [machine, number])
        try database.execute(
            sql: "DELETE FROM followed_pack WHERE machine_id = ? AND number = ?", arguments: [machine, number])
    }

    /// Notes where a picture lies. One that is here, or that another machine has put somewhere, is where it is.
    private func take(_ place: Told.Place) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT id, bytes FROM followed_pack WHERE machine_id = ? AND number = ?"),
            arguments: [machine, place.pack])
        guard let row else {
            throw TakingInProblem.unreadable("it tells of pack \(place.pack), of which nothing was told")
        }
        let (pack, size): (Int64, Int64) = (try row.value(at: 0), try row.value(at: 1))
        guard place.start <= size - place.bytes else {
            throw TakingInProblem.unreadable("a picture is behind the end of pack \(place.pack)")
        }
        try settle(place.picture, place.stored, place.bytes) { content in
            try database.cachedStatement(
                sql: """
                    UPDATE followed_content SET machine_id = ?1, pack_id = ?2, start = ?3, bytes = ?4, orientation = ?5
                    WHERE id = ?6 AND (machine_id = ?1 OR pack_id IS NULL)
                    """
            ).execute(arguments: [machine, pack, place.start, place.bytes, place.orientation, content])
        }
    }

    private func take(_ home: Told.Home) throws {
        try settle(home.picture, nil, 0) { content in
            try database.cachedStatement(
                sql: """
                    UPDATE followed_content SET pack_id = NULL, start = NULL, bytes = NULL, orientation = NULL
                    WHERE id = ? AND machine_id = ?
                    """
            ).execute(arguments: [content, machine])
        }
    }

    /// - Parameters:
    ///   - stored: the digest of its bytes, where they are not as captured.
    ///   - change: of its content's row; told whether by how many rows it changed.
    private func settle(_ picture: String, _ stored: String?, _ bytes: Int64, _ change: (Int64) throws -> Void) throws {
        guard let sha256 = SHA256Digest(hexadecimal: picture),
            let content = try PictureTable.content(of: sha256, in: database)
        else { return }
        try change(content)
        guard database.changesCount > 0 else { return }
        let smaller = stored.flatMap { SHA256Digest(hexadecimal: $0) }
        try database.cachedStatement(
            sql: """
                UPDATE picture SET stored_sha256 = ?1, stored_bytes = ?2
                WHERE sha256 = ?3 AND (stored_sha256 IS NOT ?1 OR stored_bytes IS NOT ?2)
                """
        ).execute(arguments: [smaller?.data, smaller == nil ? nil : bytes, sha256.data])
    }

    // MARK: Ledgers

    private func take(_ runs: Told.Runs) throws {
        try database.execute(
            sql: "DELETE FROM ledger_run WHERE camera_id = ? AND from_at >= ? AND from_at < ?",
            arguments: [try camera(runs.camera).id, runs.from ?? .min, runs.until ?? .max])
    }

    private func take(_ run: Told.Run) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO ledger_run
                    (camera_id, from_at, interval_ms, slots, outcome, detail, bytes, frame_id, removed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            try camera(run.camera).id, run.from, run.interval, run.slots, run.outcome, run.detail, run.bytes,
            // A frame that was removed since is none here.
            try run.frame.flatMap { try number(here: $0) }, run.removed,
        ])
    }

    private func takeBack(run: Told.RunKey) throws {
        try database.cachedStatement(sql: "DELETE FROM ledger_run WHERE camera_id = ? AND from_at = ?")
            .execute(arguments: [try camera(run.camera).id, run.from])
    }
}

extension ArchivedFrame {
    /// As it stands here; `nil` for words that there are none of. Its number is given when it is stored.
    fileprivate init?(_ told: Told.Frame, camera: CameraName, print: Int64?, sha256: SHA256Digest) {
        guard let source = SnapshotSourceKind(rawValue: told.source),
            let hash = UInt64(told.perceptualHash, radix: 16)
        else { return nil }
        func instant(_ milliseconds: Int64?) -> Timestamp? { milliseconds.map(Timestamp.init(milliseconds:)) }
        self.init(
            id: FrameID(0), camera: camera, capturedAt: Timestamp(milliseconds: told.capturedAt),
            takenAt: instant(told.takenAt), lastSeenAt: Timestamp(milliseconds: told.lastSeenAt), seen: Int(told.seen),
            size: PixelSize(width: told.width, height: told.height), bytes: ByteCount(told.bytes), sha256: sha256,
            perceptualHash: PerceptualHash(bits: hash), print: print,
            variant: told.variant.flatMap(PictureVariant.init(rawValue:)), source: source, excluded: told.excluded,
            pinned: told.pinned, progress: told.progress,
            printerState: told.printerState.flatMap(PrintState.init(rawValue:)), prediction: told.prediction,
            brightness: told.brightness, sharpness: told.sharpness, change: told.change,
            changedPercent: told.changedPercent, note: told.note, damagedAt: instant(told.damagedAt),
            suspicion: told.suspect.flatMap(Suspicion.Kind.init(rawValue:))
                .map { Suspicion($0, at: told.suspectPlace ?? "") })
    }
}
