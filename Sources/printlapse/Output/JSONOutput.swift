import FoundationEssentials

/// JSON as every command prints it: keys in snake_case, sorted, without escaped slashes.
enum JSONOutput {
    static func encode(_ value: some Encodable, pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// One document.
    static func print(_ value: some Encodable) throws {
        try StandardOutput.line(encode(value, pretty: true))
    }
}
