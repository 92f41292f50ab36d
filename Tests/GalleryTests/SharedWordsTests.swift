import Archive
import CGalleryAssets
import Testing
import Vocabulary

/// What the pages and the API's description have as words of their own beside the types: a word more is one there, too.
@Suite struct `The words of the pages` {
    private static func text(_ path: String) throws -> String {
        let asset = try #require(
            (0..<gallery_asset_count()).map(gallery_asset).first { String(cString: $0.path) == path }, "\(path)")
        return String(decoding: UnsafeRawBufferPointer(start: asset.bytes, count: asset.length), as: UTF8.self)
    }

    private static let outcomes = SlotOutcome.allCases.map(\.rawValue)

    @Test func `have a colour and a pattern for every outcome of a slot`() throws {
        let script = try Self.text("js/core/outcomes.js")
        let names = script.matches(of: #/\{ name: "(\w+)", word: "[^"]+", pattern: "\w+" \}/#).map { String($0.1) }
        #expect(names == Self.outcomes)
        let known = try #require(script.firstMatch(of: #/isGap = \(name\) => !\[([^\]]*)\]/#)?.1)
        #expect(
            known.split(separator: ",").map { $0.filter { $0 != "\"" && $0 != " " } }
                == SlotOutcome.allCases.filter { !$0.isGap }.map(\.rawValue))
    }

    @Test(arguments: [
        ("    Outcome: ", outcomes),
        ("    PrintState: ", PrintState.allCases.map(\.rawValue)),
        ("        told_by: ", PrintWitness.allCases.map(\.rawValue)),
        ("        source: { enum", SnapshotSourceKind.allCases.map(\.rawValue)),
        ("        variant: { enum", PictureVariant.allCases.map(\.rawValue) + ["null"]),
        ("        suspect: { enum", Suspicion.Kind.allCases.map(\.rawValue) + ["null"]),
        ("        change: { type: string, enum", LoggedAlert.Change.allCases.map(\.rawValue)),
    ])
    func `are in the API's description as they are in the types`(beginning: String, words: [String]) throws {
        let line = try #require(
            Self.text("openapi.yaml").split(separator: "\n").first { $0.hasPrefix(beginning) }, "\(beginning)")
        let list = try #require(line.firstMatch(of: #/enum: \[([^\]]*)\]/#)?.1)
        #expect(list.split(separator: ",").map { $0.filter { $0 != " " } } == words)
    }

    @Test(arguments: [
        ("Frame", ArchivedFrame.fields.map(\.key)), ("Run", LedgerRun.fields.map(\.key)),
    ])
    func `are in the API's description for every key of a row`(schema: String, keys: [String]) throws {
        let text = try Self.text("openapi.yaml")
        let start = try #require(text.firstRange(of: "\n    \(schema):\n"), "\(schema)")
        let list = try #require(text[start.upperBound...].firstMatch(of: #/required: \[([^\]]*)\]/#)?.1)
        #expect(list.split(separator: ",").map { $0.filter { $0 != " " } } == keys)
        let properties = text[start.upperBound...].prefix(
            upTo: try #require(
                text[start.upperBound...].firstRange(of: #/\n    \w+:\n/#)
            ).lowerBound)
        for key in keys { #expect(properties.contains("\n        \(key): "), "\(key)") }
    }
}
