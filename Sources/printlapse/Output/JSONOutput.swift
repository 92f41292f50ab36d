import FoundationEssentials
import Vocabulary

/// JSON as every command prints it: keys in snake_case, sorted, without escaped slashes.
enum JSONOutput {
    static func encode(_ value: some Encodable, pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        // The encoder leaves some that a terminal obeys as they are, and what is written for people is not to break JSON.
        return String(decoding: try encoder.encode(value), as: UTF8.self).shownAsJSON
    }

    /// One document.
    static func print(_ value: some Encodable) throws {
        try StandardOutput.line(encode(value, pretty: true))
    }
}
