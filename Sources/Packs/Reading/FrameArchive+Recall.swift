package import Archive
internal import Care
internal import GRDB
internal import NIOCore
package import Storage
package import Vocabulary

/// Which pictures come back from packs.
package struct RecallSelection: Hashable, Sendable {
    /// Whose; `nil` for all cameras'.
    package var camera: CameraName?
    /// Those that a frame shows which was captured then or later.
    package var since: Timestamp?
    /// And before this instant.
    package var until: Timestamp?

    package init(camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil) {
        (self.camera, self.since, self.until) = (camera, since, until)
    }
}

/// What came back.
package struct RecallReport: Hashable, Sendable {
    package internal(set) var pictures = 0
    package internal(set) var bytes = ByteCount.zero
    /// What is wrong with those that stay where they are; at most ``problemLimit``.
    package internal(set) var problems: [String] = []
    package internal(set) var leftThere = 0
    /// Those of other machines that are followed here: they stay in those machines' packs, and are read from there.
    package internal(set) var ofOthers = 0

    static let problemLimit = 100
}

extension RecallReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("pictures", \.pictures),
        Field("bytes", \.bytes),
        Field("left_there", \.leftThere),
        Field("problems", \.problems),
        Field("of_others", \.ofOthers),
    ]
}

extension FrameArchive {
    /// Brings pictures back from packs, some megabytes at a time, so that a capture may go on beside it. The packs stay as they are:
    /// what nothing needs any more `PackCleaning` removes.
    ///
    /// - Parameters:
    ///   - packs: reads them.
    ///   - progress: called from the calling task: how many are back, and of how many.
    /// - Throws: `ArchiveError`, `store` where one does not answer; ``PackError/noRoom(path:wanted:free:)``; `CancellationError`:
    ///   what came back till then stays.
    package func recall(
        _ selection: RecallSelection, from packs: any PackedPictures, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws -> RecallReport {
        var recall = Recall(archive: self, packs: packs, selection: selection)
        try await recall.run(progress)
        return recall.report
    }
}

/// One recall.
private struct Recall {
    let archive: FrameArchive
    let packs: any PackedPictures
    let selection: RecallSelection
    var report = RecallReport()
    private var last: (capturedAt: Int64, id: Int64)
    private var step = CareStep(1...4_194_304)

    /// Frames that are looked at at once.
    private static let pageSize = 256
    /// What is left free besides.
    private static let reserve: Int64 = 64 << 20

    init(archive: FrameArchive, packs: any PackedPictures, selection: RecallSelection) {
        (self.archive, self.packs, self.selection) = (archive, packs, selection)
        last = (selection.since?.milliseconds ?? .min, .min)
    }

    private struct Packed: Sendable {
        let frame: FrameID
        let sha256: SHA256Digest
        let content: Int64
        let stored: SHA256Digest
        let place: PackedPlace
    }

    mutating func run(_ progress: (Int, Int) -> Void) async throws {
        let (pictures, bytes, ofOthers) = try await archive.explained { [self] in
            try await archive.pool.read { database in
                let (pictures, bytes) = try total(database)
                return (pictures, bytes, try othersTotal(database))
            }
        }
        report.ofOthers = ofOthers
        if let free = ByteCount.free(besides: archive.path), bytes.bytes > free.bytes - Self.reserve {
            throw PackError.noRoom(path: archive.path, wanted: bytes, free: free)
        }
        while true {
            try Task.checkCancellation()
            let (page, end) = try await archive.explained { [self] in try await archive.pool.read { try read($0) } }
            guard let end else { break }
            last = end
            var rest = page[...]
            while !rest.isEmpty {
                var taken: [Packed] = []
                var size = 0
                while let next = rest.first, taken.isEmpty || size < step.size {
                    taken.append(rest.removeFirst())
                    size += next.place.range.count
                }
                try await bringBack(taken)
                progress(report.pictures, max(pictures, report.pictures))
            }
        }
    }

    private mutating func bringBack(_ pictures: [Packed]) async throws {
        var sound: [(picture: Packed, bytes: ByteBuffer)] = []
        for (picture, found) in zip(pictures, try await packs.bytes(at: pictures.map(\.place), anew: false)) {
            do {
                var bytes = try found.get()
                if SHA256Digest(hashing: bytes) != picture.stored {
                    let again = try await packs.bytes(at: [picture.place], anew: true)
                    bytes = try again.first?.get() ?? ByteBuffer()
                }
                guard SHA256Digest(hashing: bytes) == picture.stored else {
                    leave("the picture of frame \(picture.frame) in \(picture.place.pack) is not what was stored")
                    continue
                }
                sound.append((picture, bytes))
            } catch let error as ArchiveError where error.isOfOnePack {
                leave("the picture of frame \(picture.frame): \(error.description)")
            }
        }
        guard !sound.isEmpty else { return }
        let ((count, size), time) = try await archive.commitStep { [sound, pictures = archive.pictures] database in
            var back = (count: 0, size: 0)
            for (picture, bytes) in sound {
                // It may have gone or come back meanwhile.
                guard let record = try PictureTable.record(of: picture.sha256, in: database),
                    record.content == picture.content, record.stored == picture.stored,
                    try PackTable.place(of: picture.content, in: database) == picture.place
                else { continue }
                try pictures.bringBack(picture.content, bytes, in: database)
                back.count += 1
                back.size += bytes.readableBytes
            }
            return back
        }
        step.measured(size, took: time)
        report.pictures += count
        report.bytes += ByteCount(size)
    }

    private mutating func leave(_ problem: String) {
        report.leftThere += 1
        if report.problems.count < RecallReport.problemLimit { report.problems.append(problem) }
    }

    // MARK: - Lists

    private func total(_ database: Database) throws -> (pictures: Int, bytes: ByteCount) {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), CAST(total(bytes) AS INTEGER) FROM packed_content WHERE id IN (
                    SELECT picture.content_id \(frames))
                """, arguments: arguments)
        return (try row?.count(at: 0) ?? 0, try row?.byteCount(at: 1) ?? .zero)
    }

    private func othersTotal(_ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM followed_content WHERE pack_id IS NOT NULL AND id IN (
                    SELECT picture.content_id \(allFrames))
                """, arguments: arguments) ?? 0
    }

    private func read(_ database: Database) throws -> (page: [Packed], end: (Int64, Int64)?) {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT frame.captured_at, frame.id, frame.sha256, picture.content_id,
                        coalesce(picture.stored_sha256, picture.sha256)
                    \(frames) ORDER BY frame.captured_at, frame.id LIMIT \(Self.pageSize)
                    """), arguments: arguments)
        var (page, end, seen) = ([Packed](), (Int64, Int64)?.none, Set<Int64>())
        for row in rows {
            let (capturedAt, id, content): (Int64, Int64, Int64) = (
                try row.value(at: 0), try row.value(at: 1), try row.value(at: 3)
            )
            end = (capturedAt, id)
            guard seen.insert(content).inserted, let place = try PackTable.place(of: content, in: database) else {
                continue
            }
            page.append(
                Packed(
                    frame: FrameID(id), sha256: try row.sha256(at: 2), content: content, stored: try row.sha256(at: 4),
                    place: place))
        }
        return (page, end)
    }

    /// Each of both indexes has the order.
    private var frames: String { "\(allFrames) AND \(PackTable.isPacked(contentIn: "picture.content_id"))" }

    private var allFrames: String {
        let place = "(frame.captured_at, frame.id) > (:time, :id) AND frame.captured_at < :until"
        let index =
            selection.camera == nil
            ? "frame INDEXED BY frame_by_time" : "frame INDEXED BY frame_by_camera"
        let camera =
            selection.camera == nil ? "" : "frame.camera_id = (SELECT id FROM camera WHERE name = :camera) AND"
        return """
            FROM \(index) CROSS JOIN picture ON picture.sha256 = frame.sha256
            WHERE \(camera) \(place)
            """
    }

    private var arguments: StatementArguments {
        var arguments: StatementArguments = [
            "time": last.capturedAt, "id": last.id, "until": selection.until?.milliseconds ?? .max,
        ]
        if let camera = selection.camera { arguments += ["camera": camera.text] }
        return arguments
    }
}
