import Foundation
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

/// The schema lists words that types have as well: it stands for itself, and is not made of what they are today.
@Suite struct `The words of the schema` {
    @Test(arguments: [
        ("ledger_run", "outcome", SlotOutcome.allCases.map(\.rawValue)),
        ("frame", "source", SnapshotSourceKind.allCases.map(\.rawValue)),
        ("frame", "variant", PictureVariant.allCases.map(\.rawValue)),
        ("print", "state", PrintState.allCases.map(\.rawValue)),
        ("print", "told_by", PrintWitness.allCases.map(\.rawValue)),
        ("alert_log", "change", LoggedAlert.Change.allCases.map(\.rawValue)),
        ("timelapse", "state", ArchivedTimelapse.State.allCases.map(\.rawValue)),
        ("clock_event", "kind", ClockEvent.Kind.allCases.map(\.rawValue)),
    ])
    func `are those of the types`(table: String, column: String, words: [String]) throws {
        let made = try #require(try SchemaStatements().all.first { $0.type == "table" && $0.name == table })
        let list = try #require(Self.list(of: column, in: made.sql), "\(table).\(column) has no list")
        #expect(
            Set(list) == Set(words),
            "a word more wants a migration that takes it into \(table).\(column); else archives refuse rows with it")
    }

    @Test func `tell gaps from other outcomes wherever indexes and views do`() throws {
        let list = "outcome NOT IN " + SlotOutcome.sqlList { !$0.isGap }
        let gaps = try SchemaStatements().all.filter { $0.sql.contains("outcome NOT IN") }
        #expect(gaps.count >= 3)
        for statement in gaps { #expect(statement.sql.contains(list), "\(statement.name)") }
    }

    /// `column TEXT … CHECK (column IN ('one', 'two'))`
    private static func list(of column: String, in sql: String) -> [String]? {
        guard let start = sql.range(of: "CHECK (\(column) IN (") else { return nil }
        return sql[start.upperBound...].prefix { $0 != ")" }.split(separator: ",").map {
            String($0.drop { $0 != "'" }.dropFirst().prefix { $0 != "'" })
        }
    }
}
