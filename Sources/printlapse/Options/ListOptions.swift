import ArgumentParser

/// How rows are listed.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How to list.", valueName: "table|json|ndjson|csv"))
    var format: ListFormat?

    @Flag(help: "The same as --format json: one array.")
    var json = false

    var chosen: ListFormat { format ?? (json ? .json : .table) }

    func validate() throws {
        guard !(json && format != nil && format != .json) else {
            throw ValidationError("--json and --format \(format?.rawValue ?? "") contradict each other.")
        }
    }
}
