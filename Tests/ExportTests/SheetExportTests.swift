import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `A sheet` {
    @Test(arguments: SheetKind.allCases, [1, 2, 7])
    func `of any kind is a JPEG of the size that is told, of however few frames`(
        kind: SheetKind, count: Int
    ) async throws {
        let footage = try await Footage(count: count)
        let result = try await footage.export("sheet.jpg") { $0.sheet.kind = kind }
        let size = try #require(result.sheet)
        let probe = try Probe(footage.outputs("sheet.jpg"))
        #expect(probe.stream["codec_name"] == "mjpeg")
        #expect(probe.stream["width"] == "\(size.width)")
        #expect(probe.stream["height"] == "\(size.height)")
        #expect(result.frames == (kind == .beforeAfter ? min(2, count) : count))
        #expect(result.isComplete)
        #expect(result.bytes.bytes == Int64(try footage.outputs.data("sheet.jpg").count))
        #expect(footage.outputs.names == ["sheet.jpg"])
    }

    @Test(arguments: SheetKind.allCases)
    func `is made without a damaged frame, which is named`(kind: SheetKind) async throws {
        let footage = try await Footage(count: 2)
        try footage.damage(0)
        let result = try await footage.export("sheet.jpg") { $0.sheet.kind = kind }
        #expect(result.frames == 1)
        #expect(result.skipped.map(\.frame) == [footage.frames[0].id])
    }

    @Test(arguments: SheetKind.allCases)
    func `is not made of damaged frames alone, nor of none`(kind: SheetKind) async throws {
        let footage = try await Footage(count: 1)
        let nothing = await #expect(throws: ExportError.self) {
            try await footage.export("sheet.jpg") {
                $0.sheet.kind = kind
                $0.frames.until = Footage.start
            }
        }
        #expect(nothing?.label == "no_frames")
        try footage.damage(0)
        let unreadable = await #expect(throws: ExportError.self) {
            try await footage.export("sheet.jpg") { $0.sheet.kind = kind }
        }
        #expect(unreadable?.label == "nothing_readable")
        #expect(footage.outputs.names.isEmpty)
    }

    @Test(arguments: SheetKind.allCases)
    func `that is cancelled on the way leaves nothing`(kind: SheetKind) async throws {
        let footage = try await Footage(count: 40)
        let export = Task {
            try await Exporter(catalog: footage.catalog).export(
                footage.request("sheet.jpg") {
                    $0.sheet.kind = kind
                    $0.selection.most = 40
                }
            ) { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        await #expect { try await export.value } throws: { ($0 as? ExportError)?.label == "interrupted" }
        #expect(footage.outputs.names.isEmpty)
    }

    @Test func `reports its progress to the end`() async throws {
        let footage = try await Footage(count: 9)
        let reports = Recorder<ExportProgress>()
        _ = try await Exporter(catalog: footage.catalog).export(footage.request("sheet.jpg")) { reports.append($0) }
        #expect(reports.values.map(\.framesDone) == reports.values.map(\.framesDone).sorted())
        #expect(reports.values.last.map { $0.framesDone == $0.framesTotal } == true)
    }

    @Test func `takes so many frames, evenly`() async throws {
        let footage = try await Footage(count: 100)
        #expect(try await footage.export("page.jpg").frames == 30)
        #expect(try await footage.export("few.jpg") { $0.selection.most = 7 }.frames == 7)
        #expect(try await footage.export("all.jpg") { $0.selection.most = 1000 }.frames == 100)
    }

    @Test func `of more columns than are possible is refused`() async throws {
        let footage = try await Footage(count: 1)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("sheet.jpg") { $0.sheet.columns = 0 }
        }
        #expect(error?.label == "unusable_sheet")
    }
}
