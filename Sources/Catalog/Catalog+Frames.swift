internal import GRDB
public import NIOCore
public import Vocabulary

extension Catalog {
    /// The records of the frames asked for. For more than some thousands take ``forEachFrame(_:_:)``.
    public func frames(_ query: FrameQuery) async throws -> [ArchivedFrame] {
        try await read(query.frames)
    }

    /// Calls `body` with one record after another, in constant memory.
    ///
    /// The records are read a thousand at a time, and no transaction is open while `body` runs: it may take as long
    /// as it likes. Frames stored meanwhile are met where they fall behind the place reached.
    public func forEachFrame(_ query: FrameQuery, _ body: (ArchivedFrame) async throws -> Void) async throws {
        try await forEachFrame(query, pageSize: 1000, body)
    }

    func forEachFrame(
        _ query: FrameQuery, pageSize: Int, _ body: (ArchivedFrame) async throws -> Void
    ) async throws {
        try await query.forEach(pageSize: pageSize, page: frames, body)
    }

    /// How many frames the query has, and the bytes of their pictures, each frame's counted. A ranking does not matter.
    ///
    /// It reads an index alone, unless the query asks for marks.
    public func count(_ query: FrameQuery) async throws -> (frames: Int, bytes: ByteCount) {
        let (selection, arguments) = query.frameSelection
        return try await read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT count(*), CAST(total(bytes) AS INTEGER) FROM (SELECT frame.bytes \(selection))"),
                arguments: arguments)
            return (try row?.value(at: 0) ?? 0, try row?.byteCount(at: 1) ?? .zero)
        }
    }

    /// One frame's record; `nil` where there is no such frame.
    public func frame(_ id: FrameID) async throws -> ArchivedFrame? {
        try await read { try FrameTable.frame(id, in: $0) }
    }

    /// The records of these frames, as many at once as memory holds well; without those that are not there.
    public func frames(_ ids: [FrameID]) async throws -> [FrameID: ArchivedFrame] {
        let numbers = "[\(ids.map(\.description).joined(separator: ","))]"
        return try await read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT \(FrameTable.columns) FROM json_each(?) AS wanted
                    CROSS JOIN frame ON frame.id = wanted.value JOIN camera ON camera.id = frame.camera_id
                    """)
            let rows = try Row.fetchCursor(statement, arguments: [numbers])
            return try rows.map { try ArchivedFrame($0) }.reduce(into: [:]) { records, frame in
                records[frame.id] = frame
            }
        }
    }

    /// The frame's picture, hashed again on the way out.
    ///
    /// - Throws: `ArchiveError.damaged(path:what:)` naming the frame, where the bytes are missing or changed at rest.
    public func picture(of frame: ArchivedFrame) async throws -> ByteBuffer {
        try await checkedPicture(of: frame).bytes
    }

    /// The frame's picture with the digest that its bytes have.
    ///
    /// - Throws: `ArchiveError.damaged(path:what:)` as ``picture(of:)``.
    public func checkedPicture(of frame: ArchivedFrame) async throws -> CheckedPicture {
        let pictures = try await checkedPictures(of: [frame])
        guard let picture = pictures.first else { throw ArchiveError.noSuchFrame(frame.id) }
        return try picture.get()
    }

    /// The same of several frames in one read, which takes as long as there are pictures: some megabytes at most should be
    /// asked for at once. Those that lie in packs are fetched when that read is over.
    ///
    /// - Returns: for each frame its picture, or `ArchiveError.damaged(path:what:)`; of those in packs also
    ///   `ArchiveError.store(location:reason:hint:)` or `offloaded(path:store:)`.
    public func checkedPictures(of frames: [ArchivedFrame]) async throws -> [Result<CheckedPicture, ArchiveError>] {
        let readings = try await read { [path, pictures] in
            try PictureTable.readings(of: frames, from: pictures, archive: path, in: $0)
        }
        return try await PictureReading.fetched(readings, from: packs, archive: path)
    }
}

extension FrameQuery {
    func frames(in database: Database) throws -> [ArchivedFrame] {
        if let ranking { return try ranked(by: ranking, in: database) }
        let (selection, arguments) = selection
        let statement = try database.cachedStatement(sql: "SELECT \(FrameTable.columns) \(selection)")
        return try Array(Row.fetchCursor(statement, arguments: arguments).map { try ArchivedFrame($0) })
    }
}
