import ArgumentParser

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Explain the archive's tables and views, for asking them by SQL.",
        usage: "printlapse schema [--sql]",
        discussion: """
            An archive is a SQLite database. The views frame_view, print_view and timeline_view are made for people and stay as \
            they are:
              sqlite3 -readonly archive.sqlite 'SELECT camera, count(*) FROM frame_view GROUP BY camera'
            """)

    @Flag(help: "Print the statements that make them.")
    var sql = false

    func run() async throws {
        for line in sql ? try SchemaText.sql() : SchemaText.lines { try StandardOutput.line(line) }
    }
}
