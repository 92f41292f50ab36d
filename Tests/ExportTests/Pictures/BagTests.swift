import Archive
import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

/// PyPI's `bagit`, which `scripts/setup --tests` installs.
private enum BagValidator {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../.build/python").standardizedFileURL.path
    static let isThere = FileManager.default.fileExists(atPath: folder + "/bagit.py")

    static func validate(_ bag: String) throws -> Tool {
        try Tool.run("env", ["PYTHONPATH=" + folder, "python3", "-m", "bagit", "--validate", bag])
    }
}

@Suite struct `A bag` {
    @Test(
        .enabled(if: BagValidator.isThere, "needs PyPI's bagit, which scripts/setup --tests installs"),
        arguments: ["frames", "frames.zip", "frames.tar"])
    func `is valid`(output: String) async throws {
        let footage = try await Footage(count: 3)
        let result = try await footage.export(output) { $0.bag = true }
        #expect(result.frames == 3)
        if output != "frames" {
            #expect(try Tool.run("bsdtar", ["-xf", output], in: footage.outputs.path).status == 0)
        }
        let bag = try BagValidator.validate(footage.outputs("frames"))
        #expect(bag.status == 0, "\(bag.errors)")
        #expect(bag.errors.contains("is valid"))

        // The validator is one that sees a changed byte.
        let picture = footage.outputs("frames/data/printer_20261123T140501.250Z.jpg")
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: picture))
        try handle.seek(toOffset: 300)
        try handle.write(contentsOf: [0x55, 0xAA, 0x55])
        try handle.close()
        #expect(try BagValidator.validate(footage.outputs("frames")).status != 0)
    }

    @Test func `describes itself, and holds the pictures with their manifest as its payload`() async throws {
        let footage = try await Footage(count: 2)
        let result = try await footage.export("frames/") { $0.bag = true }
        let bag = footage.folder.contents(of: "out/frames")
        #expect(
            bag.names == ["bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
        let payload = footage.folder.contents(of: "out/frames/data")
        #expect(payload.names.count == 3)
        #expect(result.files == 7)
        let bytes = try payload.names.map { try payload.data($0).count }.reduce(0, +)
        let information = try String(decoding: bag.data("bag-info.txt"), as: UTF8.self)
        #expect(information.contains("Payload-Oxum: \(bytes).3\n"))
        for list in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
            let check = try Tool.run("sha256sum", ["--check", "--strict", list], in: bag.path)
            #expect(check.status == 0, "\(check.errors)")
        }
    }

    @Test func `is replaced by --force, and not where its owner put something into it`() async throws {
        let footage = try await Footage(count: 2)
        for count in [1, 2] {
            _ = try await footage.export("frames") { ($0.bag, $0.force, $0.frames.limit) = (true, true, count) }
        }
        #expect(footage.folder.contents(of: "out/frames/data").names.count == 3)
        try footage.folder.write("thesis", to: "out/frames/data/thesis.txt")
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("frames") { ($0.bag, $0.force) = (true, true) }
        }
        #expect(error?.label == "not_replaced")
        #expect(error?.description.contains("thesis.txt") == true)
        #expect(footage.outputs.names == ["frames"])
    }
}
