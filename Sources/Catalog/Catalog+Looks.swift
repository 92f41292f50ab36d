internal import GRDB
public import Vocabulary

extension Catalog {
    /// What a camera's frames look like in equal cells of time, however many frames these have: of a cell with more than
    /// eight frames at most eight count, the first after each eighth of its time.
    ///
    /// - Parameters:
    ///   - camera: whose frames.
    ///   - from: the first cell's beginning.
    ///   - step: a cell's length in milliseconds, 1 or more.
    ///   - cells: how many; some hundreds at most, because they are asked for in one read.
    public func looks(of camera: CameraName, from: Timestamp, step: Int64, cells: Int) async throws -> [CellLook] {
        let stretch = CellStretch(camera: camera, from: from.milliseconds, step: step, cells: cells)
        return try await read { database in
            var sums = [CellLookSum](repeating: CellLookSum(), count: cells)
            let counts = try stretch.counts(database)
            for (cell, count) in counts.enumerated() where count > 0 {
                let look = count > CellStretch.most ? stretch.samples : stretch.all
                try look(database, cell, &sums[cell])
            }
            return sums.map(\.mean)
        }
    }
}

/// Cells of a camera's time.
private struct CellStretch {
    let camera: CameraName
    let from: Int64
    let step: Int64
    let cells: Int

    /// The most frames of a cell that are looked at.
    static let most = 8

    private static let within = """
        frame INDEXED BY frame_by_camera WHERE camera_id = (SELECT id FROM camera WHERE name = :camera)
            AND captured_at >= :from AND captured_at < :until
        """

    /// How many frames each cell has, as far as that matters. By the index alone.
    func counts(_ database: Database) throws -> [Int] {
        try Int.fetchAll(
            database.cachedStatement(
                sql: """
                    WITH RECURSIVE cell (number, start) AS (
                        SELECT 0, :first UNION ALL SELECT number + 1, start + :step FROM cell WHERE number + 1 < :cells)
                    SELECT (SELECT count(*) FROM (SELECT 1 FROM frame INDEXED BY frame_by_camera
                        WHERE camera_id = (SELECT id FROM camera WHERE name = :camera)
                        AND captured_at >= cell.start AND captured_at < cell.start + :step LIMIT \(Self.most + 1)))
                    FROM cell
                    """),
            arguments: ["camera": camera.text, "first": from, "step": step, "cells": cells])
    }

    /// All frames of a cell.
    func all(_ database: Database, _ cell: Int, _ sum: inout CellLookSum) throws {
        let start = from + Int64(cell) * step
        try add(database, start, start + step, limit: -1, to: &sum)
    }

    /// The first frame after each eighth of a cell's time.
    func samples(_ database: Database, _ cell: Int, _ sum: inout CellLookSum) throws {
        let start = from + Int64(cell) * step
        var last: Int64?
        for part in 0..<Int64(Self.most) {
            let next = start + step * part / Int64(Self.most)
            // Where an eighth is empty, the frame after it is that of the next one.
            if let last, last >= next { continue }
            last = try add(database, next, start + step, limit: 1, to: &sum)
            if last == nil { return }
        }
    }

    /// - Returns: when the last one of them was captured.
    @discardableResult
    private func add(
        _ database: Database, _ from: Int64, _ until: Int64, limit: Int, to sum: inout CellLookSum
    ) throws -> Int64? {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT captured_at, brightness, changed_percent, prediction FROM \(Self.within)
                    ORDER BY captured_at, id LIMIT :limit
                    """), arguments: ["camera": camera.text, "from": from, "until": until, "limit": limit])
        var last: Int64?
        while let row = try rows.next() {
            last = try row.value(at: 0)
            sum.add(
                brightness: try row.value(at: 1, within: 0...255),
                changedPercent: try row.value(at: 2, within: 0...100),
                prediction: try row.value(at: 3, within: 0...1))
        }
        return last
    }
}

extension Row {
    /// A number that can be; `nil` for one that a damaged file has.
    fileprivate func value<Number: DatabaseValueConvertible & StatementColumnConvertible & Comparable>(
        at column: Int, within range: ClosedRange<Number>
    ) throws -> Number? {
        (try value(at: column) as Number?).flatMap { range.contains($0) ? $0 : nil }
    }
}
