import Testing

@testable import Export

@Suite struct `The ending of an output` {
    @Test(arguments: [
        ("lapse.mp4", ExportFormat.mp4), ("/tmp/a.b/lapse.MP4", .mp4), ("frames", .folder), ("a.b/frames", .folder),
        ("frames/", .folder), ("frames.mp4/", .folder), ("a.zip", .zip), ("b.TAR", .tar), (".hidden", .folder),
        ("lapse.avi", .avi), ("lapse.webm", .webm),
        ("..", .folder), ("sheet.jpg", .sheet), ("SHEET.JPG", .sheet),
    ])
    func `chooses the format`(output: String, format: ExportFormat) throws {
        #expect(try ExportFormat(output: output) == format)
    }

    @Test(arguments: ["lapse.wmv", "lapse.mp4.txt", "frames.2026", "lapse.", "a/.b.mov"])
    func `is refused with what is supported where no format has it`(output: String) {
        let error = #expect(throws: ExportError.self) { try ExportFormat(output: output) }
        #expect(error?.label == "unsupported_ending")
        #expect(error?.hint.contains(".mp4") == true)
        #expect(error?.hint.contains("folder") == true)
    }
}
