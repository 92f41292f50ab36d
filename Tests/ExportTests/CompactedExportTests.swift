import Archive
import Care
import Catalog
import Foundation
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `An export of pictures that were made smaller` {
    private func footage() async throws -> Footage {
        let footage = try await Footage(count: 3)
        let caretaker = try await FrameArchive.open(at: footage.folder("archive.sqlite"), role: .care)
        #expect(try await caretaker.compact().shrunk == 3)
        try await caretaker.close()
        return footage
    }

    @Test func `passes sha256sum's check`() async throws {
        let footage = try await footage()
        _ = try await footage.export("frames")
        let check = try Tool.run("sha256sum", ["--check", "--strict", "SHA256SUMS"], in: footage.outputs("frames"))
        #expect(check.status == 0)
        #expect(check.text.split(separator: "\n").count == 3)
    }

    @Test func `says in its manifest what each file is, and which picture it was`() async throws {
        let footage = try await footage()
        _ = try await footage.export("frames")
        let exported = footage.folder.contents(of: "out/frames")
        let manifest = try #require(
            try JSONSerialization.jsonObject(with: try exported.data("manifest.json")) as? [String: Any])
        let frames = try #require(manifest["frames"] as? [[String: Any]])
        #expect(frames.count == 3)
        for (entry, frame) in zip(frames, footage.frames) {
            let file = try #require(entry["file"] as? String)
            let picture = try await footage.catalog.checkedPicture(of: frame)
            #expect(entry["bytes"] as? Int == (try exported.data(file).count))
            #expect(entry["sha256"] as? String == picture.sha256.description)
            #expect(entry["original_sha256"] as? String == frame.sha256.description)
        }
    }
}
