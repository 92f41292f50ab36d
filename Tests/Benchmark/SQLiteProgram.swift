import Foundation

/// The `sqlite3` program, reading an archive.
struct SQLiteProgram {
    let archive: String
    let folder: URL

    /// How long it takes for these statements, each run once, without its own start and end.
    func duration(of statements: [String]) throws -> Duration {
        let empty = try (0..<3).map { _ in try time([]) }.min() ?? .zero
        // The first run brings the pages into memory.
        _ = try time(statements)
        return max(.zero, try time(statements) - empty)
    }

    private func time(_ statements: [String]) throws -> Duration {
        let script = folder.appending(path: "statements.sql")
        let text = statements.map { $0 + ";\n" }.joined()
        try Data((".output /dev/null\n" + text).utf8).write(to: script)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-readonly", "-bail", archive]
        process.standardInput = try FileHandle(forReadingFrom: script)
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return ContinuousClock.now - start
    }
}
