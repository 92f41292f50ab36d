import Archive
import Catalog
import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `An export to a folder` {
    @Test func `holds every picture byte for byte, named and dated by its time`() async throws {
        let footage = try await Footage(count: 5)
        let result = try await footage.export("frames")

        #expect(result.frames == 5)
        #expect(result.files == 7)
        #expect(result.isComplete)
        let exported = footage.folder.contents(of: "out/frames")
        let pictures = exported.names.filter { $0.hasSuffix(".jpg") }
        #expect(pictures.first == "printer_20261123T140500.250Z.jpg")
        for (name, frame) in zip(pictures, footage.frames) {
            #expect(try await Data(footage.catalog.picture(of: frame).readableBytesView) == exported.data(name))
            let changed = try FileManager.default.attributesOfItem(atPath: exported(name))[.modificationDate] as? Date
            #expect(changed.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) } == frame.capturedAt.milliseconds)
        }
        let bytes = try exported.names.map { try exported.data($0).count }.reduce(0, +)
        #expect(result.bytes.bytes == Int64(bytes))
    }

    @Test func `passes sha256sum's check`() async throws {
        let footage = try await Footage(count: 3)
        _ = try await footage.export("frames")
        let check = try Tool.run("sha256sum", ["--check", "--strict", "SHA256SUMS"], in: footage.outputs("frames"))
        #expect(check.status == 0)
        #expect(check.text.split(separator: "\n").count == 3)
    }

    @Test func `has a manifest that says what was asked for and what every file is`() async throws {
        let footage = try await Footage(count: 4)
        _ = try await footage.export("frames") { request in
            request.frames.since = Footage.start + .seconds(1)
            request.selection.every = 2
        }
        let data = try footage.folder.contents(of: "out/frames").data("manifest.json")
        let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(manifest["format"] as? String == "printlapse-export")
        let selection = try #require(manifest["selection"] as? [String: Any])
        #expect(selection["since"] as? String == "2026-11-23T14:05:01.250Z")
        #expect(selection["every"] as? Int == 2)
        let frames = try #require(manifest["frames"] as? [[String: Any]])
        #expect(frames.map { $0["id"] as? Int64 } == [footage.frames[1].id.number, footage.frames[3].id.number])
        let first = frames[0]
        #expect(first["file"] as? String == "printer_20261123T140501.250Z.jpg")
        #expect(first["camera"] as? String == "printer")
        #expect(first["captured_at"] as? String == "2026-11-23T14:05:01.250Z")
        #expect(first["sha256"] as? String == footage.frames[1].sha256.description)
        #expect(first["width"] as? Int == 96)
        #expect(first["bytes"] as? Int64 == footage.frames[1].bytes.bytes)
    }

    @Test func `holds frames of cameras whose names come out the same, in one millisecond`() async throws {
        let footage = try await Footage([
            Shot(picture: .picture(seed: 1), camera: "a b"), Shot(picture: .picture(seed: 2), camera: "a:b"),
            Shot(picture: .picture(seed: 3), camera: "A b"),
        ])
        _ = try await footage.export("frames")
        #expect(footage.folder.contents(of: "out/frames").names.filter { $0.hasSuffix(".jpg") }.count == 3)
    }

    @Test(arguments: [
        ("lapse.zip", "lapse"), ("My prints.tar", "My_prints"), (".zip", "frames"), ("-x.tar", "frames"),
        ("..tar", "frames"), ("a.b.zip", "a.b"), ("", "frames"),
    ])
    func `or into one file has a folder in it that is safe to unpack`(output: String, folder: String) {
        #expect(PictureSet.folderName(for: output) == folder)
    }

    @Test func `leaves out what its owner excluded`() async throws {
        let footage = try await Footage(count: 3)
        let statement = "UPDATE frame SET excluded = 1 WHERE id = \(footage.frames[0].id)"
        #expect(try Tool.run("sqlite3", [footage.folder("archive.sqlite"), statement]).status == 0)
        let result = try await footage.export("frames")
        #expect(result.frames == 2)
        #expect(result.isComplete)
    }

    @Test(arguments: ["lapse.zip", "lapse.tar"])
    func `or into one file leaves a damaged picture out too`(output: String) async throws {
        let footage = try await Footage(count: 3)
        try footage.damage(1)
        let result = try await footage.export(output)
        #expect(result.frames == 2)
        #expect(result.skipped.map(\.frame) == [footage.frames[1].id])
        let list = try Tool.run("bsdtar", ["-tf", footage.outputs(output)]).text
        #expect(list.split(separator: "\n").count == 4)
    }

    @Test func `leaves out a picture that a check found damaged`() async throws {
        let footage = try await Footage(count: 2)
        let statement = "UPDATE frame SET damaged_at = 1 WHERE id = \(footage.frames[0].id)"
        #expect(try Tool.run("sqlite3", [footage.folder("archive.sqlite"), statement]).status == 0)
        let result = try await footage.export("frames")
        #expect(result.skipped.map(\.frame) == [footage.frames[0].id])
    }

    @Test func `leaves a damaged picture out and names it`() async throws {
        let footage = try await Footage(count: 3)
        try footage.damage(1)
        let result = try await footage.export("frames")
        #expect(result.frames == 2)
        #expect(!result.isComplete)
        #expect(result.skipped.map(\.frame) == [footage.frames[1].id])
        let data = try footage.folder.contents(of: "out/frames").data("manifest.json")
        let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let skipped = try #require(manifest["skipped"] as? [[String: Any]])
        #expect(skipped.map { $0["frame"] as? Int64 } == [footage.frames[1].id.number])
    }

    @Test func `is not made of damaged pictures alone`() async throws {
        let footage = try await Footage(count: 1)
        try footage.damage(0)
        let error = await #expect(throws: ExportError.self) { try await footage.export("frames") }
        #expect(error?.label == "nothing_readable")
        #expect(footage.outputs.names.isEmpty)
    }

    @Test(arguments: ["frames", "lapse.mp4", "lapse.zip", "lapse.tar"])
    func `is not made of no frames`(output: String) async throws {
        let footage = try await Footage(count: 1)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export(output) { $0.frames.until = Footage.start }
        }
        #expect(error?.label == "no_frames")
        #expect(footage.outputs.names.isEmpty)
    }

    @Test func `reports its progress to the end`() async throws {
        let footage = try await Footage(count: 4)
        let reports = Recorder<ExportProgress>()
        _ = try await Exporter(catalog: footage.catalog)
            .export(footage.request("frames")) { reports.append($0) }
        #expect(reports.values.map(\.framesDone) == reports.values.map(\.framesDone).sorted())
        #expect(reports.values.allSatisfy { $0.framesTotal == 4 })
        #expect(reports.values.last?.framesDone == 4)
        #expect(reports.values.last?.bytes == footage.frames.map(\.bytes).reduce(.zero, +))
    }

    @Test(arguments: ["frames", "lapse.mp4", "lapse.zip", "lapse.tar"])
    func `leaves nothing when it is cancelled on the way`(output: String) async throws {
        let footage = try await Footage(count: 40)
        let export = Task {
            try await Exporter(catalog: footage.catalog).export(footage.request(output)) { _ in
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        await #expect { try await export.value } throws: { ($0 as? ExportError)?.label == "interrupted" }
        #expect(footage.outputs.names.isEmpty)
    }
}

/// Values in the order in which they came, from whatever task.
final class Recorder<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var recorded: [Value] = []

    func append(_ value: Value) { lock.withLock { recorded.append(value) } }
    var values: [Value] { lock.withLock { recorded } }
}
