internal import GRDB
internal import Vocabulary

extension Catalog {
    /// A page of a reel. Numbers and times come from one index alone, and marks from indexes that have marked frames only.
    public func reel(_ query: ReelQuery) async throws -> Reel {
        var reel = try await entries(query)
        guard let first = reel.entries.first, let last = reel.entries.last else { return reel }
        let marks = try await read { [reel] database in
            func places(_ index: String, _ condition: String) throws -> [Int] {
                let marked = try ReelMarks(index: index, condition: condition, from: first, until: last).entries(
                    database)
                return marked.compactMap(reel.place)
            }
            var marks = Reel()
            marks.excluded = try places("frame_excluded", "excluded = 1")
            marks.pinned = try places("frame_pinned", "pinned = 1")
            marks.noted = try places("frame_noted", "note IS NOT NULL")
            marks.suspect = try places("frame_suspect", "suspect IS NOT NULL AND \(Suspicion.Kind.sqlIsDoubtful)")
            return marks
        }
        (reel.excluded, reel.pinned, reel.noted, reel.suspect) = (
            marks.excluded, marks.pinned, marks.noted, marks.suspect
        )
        reel.damaged = try await damaged(query, in: reel)
        return reel
    }

    /// Numbers and times alone.
    public func entries(_ query: ReelQuery) async throws -> Reel {
        var asked = query.frames
        asked.limit = max(0, query.limit) + 1  // one more shows that it goes on
        let (selection, arguments) = asked.frameSelection
        return try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: "SELECT frame.captured_at, frame.id \(selection)"), arguments: arguments)
            var reel = Reel()
            reel.entries.reserveCapacity(min(query.limit, 20_000))
            while let row = try rows.next() {
                reel.entries.append(
                    Reel.Entry(capturedAt: try row.timestamp(at: 0), id: FrameID(try row.value(at: 1))))
            }
            reel.isCut = reel.entries.count > query.limit
            if reel.isCut { reel.entries.removeLast(reel.entries.count - query.limit) }
            return reel
        }
    }

    /// How many frames a query has, its limit and place aside: by totals of hours or of the print as far as these go.
    public func count(of query: ReelQuery) async throws -> Int {
        switch query.subject {
        case .camera(let camera):
            let range = LedgerRange(camera: camera, since: query.since, until: query.until)
            return try await read { database in
                try FrameRange(range, in: database).cameras(database).reduce(0) { $0 + $1.frames }
            }
        case .print(let print) where query.since == nil && query.until == nil:
            return try await self.print(print)?.frames ?? 0
        case .print:
            var whole = query.frames
            (whole.limit, whole.after) = (nil, nil)
            return try await count(whole).frames
        }
    }

    /// No index has damaged frames alone, so that their rows are looked at, a thousand in a read.
    private func damaged(_ query: ReelQuery, in reel: Reel) async throws -> [Int] {
        var places: [Int] = []
        for start in stride(from: 0, to: reel.entries.count, by: 1000) {
            try Task.checkCancellation()
            let part = reel.entries[start..<min(start + 1000, reel.entries.count)]
            guard let first = part.first, let last = part.last else { continue }
            var asked = query.frames
            (asked.since, asked.until) = (first.capturedAt, last.capturedAt + .milliseconds(1))
            (asked.limit, asked.after) = (nil, nil)
            var selection = FrameSelection(filtering: asked)
            selection.require("frame.damaged_at IS NOT NULL")
            let (sql, arguments) = (selection.fromFrames(asked.index), selection.arguments)
            let damaged = try await read { database in
                try Array(
                    Row.fetchCursor(
                        database.cachedStatement(sql: "SELECT frame.captured_at, frame.id \(sql)"), arguments: arguments
                    ).map { Reel.Entry(capturedAt: try $0.timestamp(at: 0), id: FrameID(try $0.value(at: 1))) })
            }
            places += damaged.compactMap(reel.place).filter { (start..<start + part.count).contains($0) }
        }
        return places.sorted()
    }
}

/// Marked frames of a stretch of time, of all cameras.
private struct ReelMarks {
    let index: String
    let condition: String
    let from: Reel.Entry
    let until: Reel.Entry

    func entries(_ database: Database) throws -> [Reel.Entry] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT captured_at, id FROM frame INDEXED BY \(index)
                    WHERE \(condition) AND captured_at >= ? AND captured_at <= ? ORDER BY captured_at, id
                    """), arguments: [from.capturedAt.milliseconds, until.capturedAt.milliseconds])
        return try Array(
            rows.map { Reel.Entry(capturedAt: try $0.timestamp(at: 0), id: FrameID(try $0.value(at: 1))) })
    }
}
