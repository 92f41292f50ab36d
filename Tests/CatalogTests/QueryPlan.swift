import GRDB
import Synchronization

@testable import Catalog

/// How SQLite goes about the statements of a question.
struct QueryPlan: CustomStringConvertible {
    /// The lines of `EXPLAIN QUERY PLAN`, of one statement after the other.
    let steps: [String]

    var description: String { steps.joined(separator: "\n") }

    /// Steps that go through a whole table, or through an index from its beginning to its end.
    ///
    /// - Parameter tables: the names that count, as the statement calls them.
    func scans(of tables: String...) -> [String] {
        steps.filter { step in
            let words = step.split(separator: " ").map(String.init)
            return words.first == "SCAN" && words.count > 1 && tables.contains(words[1])
        }
    }

    /// Steps that gather rows before the first one is known. Sorting rows of one millisecond by their numbers is none.
    var sorts: [String] { steps.filter { $0.hasPrefix("USE TEMP B-TREE FOR ORDER BY") } }
}

extension Catalog {
    /// The plan of every statement that `ask` has this catalog run.
    func queryPlan(of ask: (Catalog) async throws -> Void) async throws -> QueryPlan {
        let statements = Mutex<[String]>([])
        // One question after another is asked on one connection of the pool.
        try await pool.read { database in
            database.trace { event in
                if case .statement(let statement) = event { statements.withLock { $0.append(statement.sql) } }
            }
        }
        try await ask(self)
        return try await pool.read { database in
            database.trace(options: [])
            let asked = statements.withLock { $0 }.filter { $0.hasPrefix("SELECT") || $0.hasPrefix("WITH") }
            return QueryPlan(
                steps: try asked.flatMap { sql in
                    let explanation = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
                    explanation.setUncheckedArguments(StatementArguments())
                    return try Row.fetchAll(explanation).map { $0["detail"] as String }
                })
        }
    }
}
