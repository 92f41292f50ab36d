internal import Archive
internal import GRDB
public import Vocabulary

extension Catalog {
    /// The frames that look most like one, by their perceptual hashes: the nearest first, and by the query's order of numbers
    /// among those equally near. The frame itself is not in the list.
    ///
    /// The first question that concerns many frames reads the hashes of all into memory, 28 bytes a frame; those that follow
    /// take milliseconds.
    ///
    /// - Parameters:
    ///   - id: the one that they are compared with.
    ///   - query: which frames count. Its ranking does not matter, its cursor is a ``NearFrame/cursor``, and its
    ///     limit is 1,000 at most.
    /// - Throws: `ArchiveError.noSuchFrame(_:)`
    public func frames(near id: FrameID, _ query: FrameQuery = FrameQuery()) async throws -> [NearFrame] {
        let limit = min(max(0, query.limit ?? 1000), 1000)
        let (frame, table, camera, query) = try await hashes(toCompareWith: id, for: query)
        var search = HashSearch(
            wanted: frame.perceptualHash, camera: camera,
            instants: (query.since?.milliseconds ?? .min)..<max(query.until?.milliseconds ?? .max, .min + 1),
            order: query.order, after: query.after.map { .init(distance: $0.rank ?? 0, id: $0.id.number) },
            // One more, for the frame itself is found as well.
            limit: limit + 1)
        var near: [NearFrame] = []
        while near.count < limit {
            let hits = await search.nearest(in: table)
            // Frames removed meanwhile have no record, and some conditions only the record can tell.
            near += try await records(of: hits.filter { $0.id != id.number }, query)
            guard hits.count == search.limit, let last = hits.last else { break }
            search.after = last
            search.limit = min(2 * search.limit, FrameQuery.fewFrames)
        }
        return Array(near.prefix(limit))
    }

    /// The hashes to search for a query: those of its own frames where they are few, else of all.
    ///
    /// - Returns: the frame with this number, the number of the query's camera, and the query with the time of its print as well.
    private func hashes(
        toCompareWith id: FrameID, for query: FrameQuery
    ) async throws -> (ArchivedFrame, HashTable, camera: Int32?, FrameQuery) {
        let (frame, few, camera, narrowed) = try await read { database in
            guard let frame = try FrameTable.frame(id, in: database) else { throw ArchiveError.noSuchFrame(id) }
            let camera = try query.camera.flatMap { camera in
                try Int32.fetchOne(
                    database.cachedStatement(sql: "SELECT id FROM camera WHERE name = ?"), arguments: [camera.text])
            }
            let few = try query.hasMany(in: database) ? nil : HashTable.few(query, in: database)
            return (frame, few, camera, try query.limitedToPrintsTime(in: database))
        }
        if let few { return (frame, few, nil, query) }
        let all = try await sharedHashTable.current { [self] last, limit in
            try await read { try HashTable.rows(after: last, limit: limit, in: $0) }
        }
        return (frame, all, camera, narrowed)
    }

    /// Those of the hits that the query wants, in their order.
    private func records(of hits: [HashSearch.Hit], _ query: FrameQuery) async throws -> [NearFrame] {
        let numbers = "[\(hits.map { "\($0.id)" }.joined(separator: ","))]"
        var selection = FrameSelection(filtering: query)
        selection.require("frame.id IN (SELECT value FROM json_each(?))", numbers)
        let frames = try await read { [selection] database in
            let statement = try database.cachedStatement(sql: "SELECT \(FrameTable.columns) \(selection.from(nil))")
            let rows = try Row.fetchCursor(statement, arguments: selection.arguments)
            return try Dictionary(
                uniqueKeysWithValues: Array(rows.map { try ArchivedFrame($0) }).map { ($0.id.number, $0) })
        }
        return hits.compactMap { hit in frames[hit.id].map { NearFrame(frame: $0, distance: hit.distance) } }
    }
}
