import Foundation
import GRDB
import Testing

@Suite struct `The least and the greatest number in any column` {
    private struct Trial {
        let table, column: String
        let value: Int64
        let isInAll: Bool
    }

    private static let commands = ["frames --json", "timeline", "stats --json", "export OUT/a.zip", "verify --repair"]

    @Test func `ends no command, and keeps none from ending`() async throws {
        let sweep = try await Sweep()
        let trials = try DamagedArchive.numbers(in: sweep.sound).flatMap { table, columns in
            columns.flatMap { column in
                [(Int64.min, false), (.max, true), (.max, false)].map {
                    Trial(table: table, column: column, value: $0, isInAll: $1)
                }
            }
        }
        #expect(trials.count > 150)
        for trial in SweepSize.sample(trials, of: 20) {
            let (table, column) = (trial.table, trial.column)
            let how = "\(table).\(column) = \(trial.value) in \(trial.isInAll ? "all rows" : "one row")"
            let commands = SweepSize.isFull ? EveryCommand.reading + EveryCommand.writing : Self.commands
            try await sweep.damaged(how, run: commands) { archive in
                try DamagedArchive.changing(archive) { database in
                    let key = try String.fetchAll(
                        database, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0", arguments: [table]
                    ).joined(separator: ", ")
                    try database.execute(
                        sql: """
                            UPDATE OR IGNORE \(table) SET \(column) = \(trial.value)
                            WHERE (\(key)) IN (SELECT \(key) FROM \(table) \(trial.isInAll ? "" : "LIMIT 1"))
                            """)
                }
            }
        }
    }
}
