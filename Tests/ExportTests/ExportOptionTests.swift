import Testing
import Vocabulary

@testable import Export

@Suite struct `An option of an export` {
    /// An output of each kind.
    private static let outputs: [OutputKind: (name: String, change: @Sendable (inout ExportRequest) -> Void)] = [
        .video: ("a.mp4", { _ in }), .lossless: ("a.mkv", { $0.video.isLossless = true }), .gif: ("a.gif", { _ in }),
        .webp: ("a.webp", { _ in }), .pictures: ("a.zip", { _ in }), .contact: ("a.jpg", { _ in }),
        .keogram: ("a.jpg", { $0.sheet.kind = .keogram }), .average: ("a.jpg", { $0.sheet.kind = .average }),
        .brightest: ("a.jpg", { $0.sheet.kind = .brightest }),
        .beforeAfter: ("a.jpg", { $0.sheet.kind = .beforeAfter }),
    ]

    @Test(arguments: ExportOption.allCases)
    func `is taken where the table says so, and refused by name everywhere else`(option: ExportOption) async throws {
        let footage = try await Footage(count: 1)
        #expect(Set(Self.outputs.keys) == Set(OutputKind.allCases))
        for (kind, output) in Self.outputs {
            let request = footage.request(output.name) {
                output.change(&$0)
                $0.given = [option]
            }
            #expect(OutputKind(try request.checkedFormat(), request) == kind)
            let exporter = Exporter(catalog: footage.catalog)
            if option.kinds.contains(kind) {
                try request.checkOptions(for: [request.output])
            } else {
                let error = await #expect(throws: ExportError.self) { try await exporter.export(request) }
                #expect(error?.label == "not_for_format")
                #expect(error?.description.hasPrefix("“\(option.rawValue)” does nothing for ") == true)
                #expect(error?.hint.hasPrefix("Leave it out: it is for ") == true)
            }
        }
        #expect(footage.outputs.names.isEmpty)
    }

    @Test func `is taken where one of several outputs has a use for it`() async throws {
        let footage = try await Footage(count: 2)
        let outputs = [footage.outputs("a.zip"), footage.outputs("a.jpg")]
        let request = footage.request("a.zip") { $0.given = [.title] }
        let results = try await Exporter(catalog: footage.catalog).export(request, to: outputs)
        #expect(results.count == 2)
    }

    @Test func `stands once in the help, in lines that fit`() {
        let help = ExportOption.help
        for option in ExportOption.allCases {
            #expect(help.split(whereSeparator: \.isWhitespace).filter { $0 == option.flag }.count == 1, "\(option)")
        }
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
