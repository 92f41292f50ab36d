import Foundation
import GRDB
import TestSupport
import Testing

@Suite(.sweep) struct `The least and the greatest number in any column` {
    /// Every table, in a process of its own: a trap would be the end of it.
    private static let tables = [
        "alert", "archive_info", "camera", "clock_event", "frame", "frame_hour", "ledger_run", "picture",
        "picture_content", "print",
        "quarantine", "usage_reading",
    ]

    @Test(arguments: tables)
    func `ends no command, and keeps none from ending`(table: String) async throws {
        let folder = try TemporaryFolder()
        let sound = try await DamagedArchive.make(in: folder.url)
        #expect(try DamagedArchive.numbers(in: sound).map(\.table) == Self.tables)
        await #expect(processExitsWith: .success, "\(Sweep.place(in: folder.url))") {
            [path = folder.url.path as String, table = table as String] in
            let sweep = try Sweep(in: URL(filePath: path))
            let sound = URL(filePath: path).appending(path: "sound.sqlite")
            let columns = try DamagedArchive.numbers(in: sound).first { $0.table == table }?.columns ?? []
            for column in columns {
                let kinds = [(Int64.min, "one"), (.max, "all"), (.max, "one")]
                for (value, rows) in kinds.prefix(SweepSize.isFull ? 3 : 2) {
                    let how = "\(table).\(column) = \(value) in \(rows)"
                    try await sweep.damaged(how) { archive in
                        try DamagedArchive.changing(archive) { database in
                            let which = rows == "one" ? "LIMIT 1" : ""
                            let key: String = try String.fetchAll(
                                database, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0", arguments: [table]
                            ).joined(separator: ", ")
                            try database.execute(
                                sql: """
                                    UPDATE OR IGNORE \(table) SET \(column) = \(value)
                                    WHERE (\(key)) IN (SELECT \(key) FROM \(table) \(which))
                                    """)
                        }
                    } _: { archive in
                        let some = [
                            "frames --json", "prints", "timeline", "stats --json", "export OUT/a.zip",
                            "verify --repair",
                        ]
                        for line in SweepSize.isFull ? EveryCommand.reading + EveryCommand.writing : some {
                            try await sweep.run(line, archive, how)
                        }
                    }
                }
            }
        }
    }
}
