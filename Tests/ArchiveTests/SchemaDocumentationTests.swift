import Testing

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The documented schema` {
    private let documented = SchemaDocumentation.tables + SchemaDocumentation.views

    @Test func `has every table and view, and no other`() throws {
        let statements = try SchemaStatements()
        let made = statements.all.filter { $0.type == "table" || $0.type == "view" }
        #expect(Set(documented.map(\.name)) == Set(made.map(\.name)))
        #expect(documented.count == made.count)
        #expect(SchemaDocumentation.views.allSatisfy { $0.name.hasSuffix("_view") })
    }

    @Test func `gives every column its meaning, in the order of the table`() throws {
        let columns = try SchemaStatements().columns
        for entry in documented {
            #expect(entry.columns.map(\.name) == columns[entry.name], "\(entry.name)")
            #expect(!entry.meaning.isEmpty)
            for column in entry.columns { #expect(!column.meaning.isEmpty, "\(entry.name).\(column.name)") }
        }
    }

    /// People's queries and spreadsheets rest on these. New columns come at the end alone.
    @Test(arguments: [
        "frame_view": """
        id camera captured_at taken_at last_seen_at seen width height bytes sha256 perceptual_hash print variant source \
        excluded pinned captured_ms progress printer_state prediction brightness sharpness change changed_percent note \
        damaged suspect suspect_place
        """,
        "print_view": """
        id camera number frames bytes first_captured_at last_captured_at name state told_by started_at ended_at excluded \
        pinned note series
        """,
        "timeline_view": "camera outcome detail from_at until_at slots bytes frame gap from_ms until_ms removed",
    ])
    func `keeps the columns of the views`(view: String, columns: String) throws {
        let pinned = columns.split(separator: " ").map(String.init)
        let now = try #require(try SchemaStatements().columns[view])
        #expect(Array(now.prefix(pinned.count)) == pinned)
    }
}
