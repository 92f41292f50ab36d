import ArgumentParser

enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, ndjson, csv
}
