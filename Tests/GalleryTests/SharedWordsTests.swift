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

    @Test func `are in the API's description as they are in the ledger`() throws {
        let line = try #require(
            Self.text("openapi.yaml").split(separator: "\n").first { $0.hasPrefix("    Outcome: ") })
        let list = try #require(line.firstMatch(of: #/enum: \[([^\]]*)\]/#)?.1)
        #expect(list.split(separator: ",").map { $0.filter { $0 != " " } } == Self.outcomes)
    }
}
