internal import Archive
internal import GRDB
internal import Vocabulary

extension ValueMending {
    /// Tables whose rows are a camera's. Totals are derived, and counted anew where they are nobody's.
    private static let ofCameras = ["frame", "ledger_run", "print", "usage_reading", "quarantine"]

    /// Rows that refer to what is not there: a camera's get one, so that nothing of them is lost, and frames of a print that is
    /// gone are of none.
    mutating func mendReferences() throws {
        // It keeps frames from moving between cameras and prints, which these do not: theirs are not there.
        try withoutTriggers(["frame_stays_itself"]) { mending in
            try mending.letGoOfLostPrints()
            for witness in Self.witnesses { try mending.take(witness) }
            try mending.makeLostCameras()
        }
    }

    private mutating func letGoOfLostPrints() throws {
        let lost = try Row.fetchAll(
            database,
            sql: """
                SELECT print_id, count(*), min(id) FROM frame
                WHERE print_id IS NOT NULL AND print_id NOT IN (SELECT id FROM print) GROUP BY print_id
                """)
        for row in lost {
            let (print, frames, first): (Int64, Int, Int64) = try (row.value(at: 0), row.value(at: 1), row.value(at: 2))
            let which = frames == 1 ? "frame \(first) is" : "\(frames) frames from \(first) on are"
            tell(["\(which) of print \(print), which is not there: \(frames == 1 ? "it is" : "they are") of none now"])
            try database.execute(sql: "UPDATE frame SET print_id = NULL WHERE print_id = ?", arguments: [print])
        }
    }

    /// What else tells whose a row is.
    private struct Witness {
        let table: String
        /// What a row is called, as SQL.
        let row: String
        let reason: String
        /// Selects the camera, or nothing.
        let camera: String
        /// What tells the rows of one camera apart.
        var key = "id"
    }

    private static let known = "IN (SELECT id FROM camera)"

    private static let witnesses = [
        Witness(
            table: "print", row: "format('print %d', id)", reason: "its frames",
            camera: "SELECT min(camera_id) FROM frame WHERE print_id = print.id AND camera_id \(known)"),
        Witness(
            table: "frame", row: "format('frame %d', id)", reason: "its print",
            camera: "SELECT camera_id FROM print WHERE print.id = frame.print_id AND camera_id \(known)"),
        // A slot in which a frame was stored, and has none: of one camera alone, from which none were removed.
        Witness(
            table: "frame", row: "format('frame %d', id)", reason: "its slot",
            camera: """
                SELECT CASE WHEN count(*) = 1 THEN min(run.camera_id) END FROM ledger_run AS run
                WHERE outcome = 'stored' AND removed = 0 AND from_at <= frame.slot_at AND frame.slot_at < until_at
                    AND (frame.slot_at - from_at) % interval_ms = 0 AND run.camera_id \(known) AND NOT EXISTS (
                        SELECT 1 FROM frame AS other
                        WHERE other.camera_id = run.camera_id AND other.slot_at = frame.slot_at)
                """),
        // The slots between those before and after them.
        Witness(
            table: "ledger_run", row: "format('the run of %d slots', slots)", reason: "its neighbours",
            camera: """
                SELECT CASE WHEN count(*) = 1 THEN min(before.camera_id) END FROM ledger_run AS before
                JOIN ledger_run AS after
                    ON after.camera_id = before.camera_id AND after.from_at = ledger_run.until_at
                WHERE before.until_at = ledger_run.from_at AND before.camera_id \(known) AND NOT EXISTS (
                    SELECT 1 FROM ledger_run AS other
                    WHERE other.camera_id = before.camera_id AND other.from_at = ledger_run.from_at)
                """, key: "from_at"),
    ]

    private mutating func take(_ witness: Witness) throws {
        let lost = try Row.fetchAll(
            database,
            sql: """
                SELECT \(witness.key), \(witness.row), camera_id, (\(witness.camera)) FROM \(witness.table)
                WHERE camera_id NOT \(Self.known)
                """)
        for row in lost {
            guard let camera = row[3] as Int64? else { continue }
            let (id, what, old): (Int64, String, Int64) = try (row.value(at: 0), row.value(at: 1), row.value(at: 2))
            // Another print of that camera may have its number.
            try database.execute(
                sql: "UPDATE OR IGNORE \(witness.table) SET camera_id = ? WHERE camera_id = ? AND \(witness.key) = ?",
                arguments: [camera, old, id])
            guard database.changesCount > 0 else { continue }
            tell(["\(what) is of camera \(old), which is not there: \(witness.reason) tells that it is of \(camera)"])
        }
    }

    private mutating func makeLostCameras() throws {
        var lost: Set<Int64> = []
        for table in Self.ofCameras {
            lost.formUnion(
                try Int64.fetchAll(
                    database,
                    sql: "SELECT DISTINCT camera_id FROM \(table) WHERE camera_id NOT IN (SELECT id FROM camera)"))
        }
        try database.execute(sql: "DELETE FROM frame_hour WHERE camera_id NOT IN (SELECT id FROM camera)")
        for old in lost.sorted() {
            let isUsable = (1...ValueRule.greatestNumber).contains(old)
            let next = try Int64.fetchOne(
                database,
                sql: "SELECT 1 + coalesce(max(id), 0) FROM camera WHERE id < ?", arguments: [ValueRule.greatestNumber])
            let id = isUsable ? old : next ?? 1
            let name = try unusedName("recovered-\(id)")
            try database.execute(sql: "INSERT INTO camera (id, name) VALUES (?, ?)", arguments: [id, name])
            let frames = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM frame WHERE camera_id = ?", arguments: [old])
            tell([
                "camera \(old) is not there, and \(frames ?? 0) frames and its slots are: they are “\(name)”'s now"
            ])
            guard id != old else { continue }
            for table in Self.ofCameras {
                try database.execute(
                    sql: "UPDATE \(table) SET camera_id = ? WHERE camera_id = ?", arguments: [id, old])
            }
        }
    }

    private func unusedName(_ wanted: String) throws -> String {
        let taken = Set(try String.fetchAll(database, sql: "SELECT name FROM camera"))
        var (name, number) = (wanted, 1)
        while taken.contains(name) {
            number += 1
            name = "\(wanted)-\(number)"
        }
        return name
    }
}
