import Catalog
import Foundation
import Storage
import TestSupport
import Vocabulary

/// How fast an archive of a year answers: pages with filters by chance, and totals over everything, each beside the same
/// statements in the `sqlite3` program.
struct CatalogBenchmark {
    let frames: Int
    /// Of each kind.
    private static let questions = 500

    func run(in folder: URL) async throws {
        let archive = CatalogArchive(path: folder.appending(path: "year.printlapse").path, frames: frames)
        let making = try await time { try await archive.make() }
        print("A year with \(frames) frames, made in \(making), on \(ProcessFigures.allowedCores)\n")
        StatementTrace.start()
        let catalog = try Catalog.open(at: archive.path)
        let program = SQLiteProgram(archive: archive.path, folder: folder)
        print("milliseconds                      p50       p99      mean   sqlite3     ratio")
        for question in CatalogQuestion.all {
            var chance = SystemRandomNumberGenerator()
            let pages = (0..<Self.questions).map { _ in question.ask(catalog, &chance) }
            try await compare(question.name, pages, with: question.isPlainSQL ? program : nil)
        }
        let bars: CatalogQuestion.Page = { _ = try await catalog.coverage(cells: 60) }
        try await compare("a bar for each camera", Array(repeating: bars, count: 5), with: program)
        let totals: CatalogQuestion.Page = { _ = try await catalog.statistics() }
        try await compare("totals over everything", Array(repeating: totals, count: 5), with: program)
        try catalog.close()
    }

    private func compare(
        _ name: String, _ pages: [CatalogQuestion.Page], with program: SQLiteProgram?
    ) async throws {
        // The first round brings the pages into memory, and tells what the program is to run.
        let statements = try await StatementTrace.statements {
            for page in pages { try await page() }
        }
        var durations: [Duration] = []
        for page in pages { durations.append(try await time(page)) }
        let theirs = try program.map { try $0.duration(of: statements) / pages.count }
        let sorted = durations.sorted()
        let mean = durations.reduce(.zero, +) / durations.count
        let times: [Duration?] = [sorted[sorted.count / 2], sorted[sorted.count * 99 / 100], mean, theirs]
        let cells = times.map { $0.map { ($0 / .milliseconds(1)).formatted(places: 3) } ?? "–" }
        let ratio = theirs.map { (mean / $0).formatted(places: 2) } ?? "–"
        print(name.filled(to: 26) + (cells + [ratio]).map { $0.right(in: 10) }.joined())
        fflush(nil)
    }

    private func time(_ body: () async throws -> Void) async throws -> Duration {
        let start = ContinuousClock.now
        try await body()
        return ContinuousClock.now - start
    }
}
