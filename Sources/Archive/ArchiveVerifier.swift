package import GRDB

/// Checks everything that an archive promises.
///
/// Each step reads one state of the archive, so a capture may go on beside it. What a step cannot read at all is a
/// finding like any other: the steps after it still run.
package struct ArchiveVerifier: Sendable {
    let database: any DatabaseReader
    let path: String

    package init(database: any DatabaseReader, path: String) {
        (self.database, self.path) = (database, path)
    }

    /// - Parameters:
    ///   - quick: leaves the pictures themselves alone.
    ///   - progress: called from the calling task, after every few pictures.
    package func verify(quick: Bool, progress: (VerifyProgress) -> Void) async throws -> VerifyReport {
        var findings = Findings()
        try await check("the file's structure", &findings) { try Self.checkStructure(quick: quick, $0) }
        for relation in Relation.all {
            try await check(relation.name, &findings) { try relation.violations(in: $0) }
        }
        let before = findings.problems.count
        try await check("the slot ledger", &findings) { try LedgerCheck.problems(in: $0) }
        findings.report.ledgerIsSound = findings.problems.count == before

        var suspects = try await picturesWithoutContent(&findings)
        if !quick { suspects.merge(try await checkPictures(&findings, progress)) { first, _ in first } }
        try await name(suspects, &findings)
        findings.report.problems = findings.problems
        return findings.report
    }

    /// What the steps add to.
    struct Findings {
        var report = VerifyReport()
        var problems: [String] = []
    }

    /// One step. The problems it returns are cut to a number that a person can read.
    private func check(
        _ name: String, _ findings: inout Findings, _ step: @escaping @Sendable (Database) throws -> [String]
    ) async throws {
        guard let problems = try await read(name, &findings, step) else { return }
        findings.problems += problems.prefix(VerifyReport.problemLimit)
        if problems.count > VerifyReport.problemLimit { findings.problems.append("\(name): more of the kind") }
    }

    /// Reads; a failure becomes a problem, and `nil`.
    func read<Value: Sendable>(
        _ name: String, _ findings: inout Findings, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value? {
        do {
            return try await database.read(body)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            findings.problems.append("\(name): \(ArchiveError(error, path: path))")
            return nil
        }
    }

    /// SQLite's own check. It cannot see a flipped bit in a picture, and it leaves out `CHECK` constraints on a
    /// connection that only reads: ``Relation`` has them.
    private static func checkStructure(quick: Bool, _ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: quick ? "PRAGMA quick_check" : "PRAGMA integrity_check")
            .filter { $0 != "ok" }
            .map { "SQLite: \($0)" }
    }
}
