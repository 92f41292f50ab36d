import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `An output that exists` {
    @Test(arguments: ["frames", "lapse.mp4", "lapse.zip", "lapse.tar", "sheet.jpg"])
    func `is refused and left as it is`(output: String) async throws {
        let footage = try await Footage(count: 2)
        try footage.folder.write("mine", to: "out/\(output)")
        let error = await #expect(throws: ExportError.self) { try await footage.export(output) }
        #expect(error?.label == "output_exists")
        #expect(try footage.outputs.data(output) == Data("mine".utf8))
        #expect(footage.outputs.names == [output])
    }

    @Test(arguments: ["frames", "lapse.mp4", "lapse.zip", "lapse.tar", "sheet.jpg"])
    func `is replaced whole by --force, and nothing else is left`(output: String) async throws {
        let footage = try await Footage(count: 3)
        _ = try await footage.export(output) { $0.frames.limit = 1 }
        let second = try await footage.export(output) { $0.force = true }
        #expect(second.frames == 3)
        #expect(footage.outputs.names == [output])
        if output == "frames" { #expect(footage.folder.contents(of: "out/frames").names.count == 5) }
    }

    @Test(arguments: ["frames", "lapse.mp4", "lapse.zip", "lapse.tar", "sheet.jpg"])
    func `and is a link is replaced itself, never followed`(output: String) async throws {
        let footage = try await Footage(count: 2)
        let (files, folder) = (FileManager.default, try TemporaryFolder())
        try folder.write("mine", to: "file")
        let target = output == "frames" ? folder.path : folder("file")
        try files.createSymbolicLink(atPath: footage.outputs(output), withDestinationPath: target)
        await #expect(throws: ExportError.self) { try await footage.export(output) }
        _ = try await footage.export(output) { $0.force = true }
        #expect(folder.names == ["file"])
        #expect(try String(contentsOfFile: folder("file"), encoding: .utf8) == "mine")
        let type = try files.attributesOfItem(atPath: footage.outputs(output))[.type] as? FileAttributeType
        #expect(type == (output == "frames" ? .typeDirectory : .typeRegular))
        #expect(footage.outputs.names == [output])
    }

    @Test func `and is a link to nowhere is refused too`() async throws {
        let footage = try await Footage(count: 1)
        let path = footage.outputs("lapse.mp4")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
        await #expect(throws: ExportError.self) { try await footage.export("lapse.mp4") }
        #expect(footage.outputs.names == ["lapse.mp4"])
    }

    @Test func `and is a folder of the owner's own is not replaced even by --force`() async throws {
        let footage = try await Footage(count: 1)
        try FileManager.default.createDirectory(atPath: footage.outputs("frames"), withIntermediateDirectories: false)
        try footage.folder.write("thesis", to: "out/frames/thesis.txt")
        for output in ["frames", "frames/"] {
            let error = await #expect(throws: ExportError.self) { try await footage.export(output) { $0.force = true } }
            #expect(error?.label == "not_replaced")
            #expect(error?.description.contains("thesis.txt") == true)
        }
        #expect(footage.folder.contents(of: "out/frames").names == ["thesis.txt"])
    }

    @Test func `and is an export with a file of the owner's in it is not replaced either`() async throws {
        let footage = try await Footage(count: 1)
        _ = try await footage.export("frames")
        try footage.folder.write("thesis", to: "out/frames/thesis.txt")
        await #expect(throws: ExportError.self) { try await footage.export("frames") { $0.force = true } }
        #expect(footage.folder.contents(of: "out/frames").names.count == 4)
    }

    @Test func `and is of the other kind is not replaced`() async throws {
        let footage = try await Footage(count: 1)
        try footage.folder.write("mine", to: "out/frames")
        try FileManager.default.createDirectory(
            atPath: footage.outputs("lapse.mp4"), withIntermediateDirectories: false)
        for output in ["frames", "lapse.mp4"] {
            let error = await #expect(throws: ExportError.self) { try await footage.export(output) { $0.force = true } }
            #expect(error?.label == "not_replaced")
        }
        #expect(footage.outputs.names == ["frames", "lapse.mp4"])
    }

    @Test func `only appears while the export runs is not overwritten`() async throws {
        let footage = try await Footage(count: 3)
        let folder = footage.folder
        let error = await #expect(throws: ExportError.self) {
            try await Exporter(catalog: footage.catalog).export(footage.request("frames")) { progress in
                guard progress.framesDone == 3 else { return }
                #expect(throws: Never.self) { try folder.write("mine", to: "out/frames") }
            }
        }
        #expect(error?.label == "output_exists")
        #expect(try footage.outputs.data("frames") == Data("mine".utf8))
        #expect(footage.outputs.names == ["frames"])
    }

    @Test(arguments: ["", "/", ".", "..", "a/..", "a\u{0}b", "nowhere/frames", "nowhere/lapse.mp4"])
    func `must be a name in a folder that is there`(output: String) async throws {
        let footage = try await Footage(count: 1)
        await #expect(throws: ExportError.self) {
            try await Exporter(catalog: footage.catalog)
                .export(
                    footage.request("x") { $0.output = output.hasPrefix("nowhere") ? footage.folder(output) : output })
        }
    }
}

@Suite struct `What a killed export left behind` {
    private func target(_ folder: TemporaryFolder, _ name: String, _ kind: OutputTarget.Kind) throws -> OutputTarget {
        try OutputTarget(folder(name), kind: kind, replaces: false)
    }

    @Test func `is cleared away by the next export to the same name`() throws {
        let folder = try TemporaryFolder()
        try folder.write("half", to: ".lapse.mp4.partial-abc")
        try FileManager.default.createDirectory(
            atPath: folder(".frames.partial-abc"), withIntermediateDirectories: false)
        try folder.write("half", to: ".frames.partial-abc/a.jpg")
        try folder.write("other", to: ".other.mp4.partial-abc")
        try FileManager.default.createDirectory(
            atPath: folder(".frames.partial-bag/data"), withIntermediateDirectories: true)
        try folder.write("half", to: ".frames.partial-bag/data/a.jpg")
        for (name, kind) in [("lapse.mp4", OutputTarget.Kind.file), ("frames", .folder)] {
            try PartialOutput(for: target(folder, name, kind)).discard()
        }
        #expect(folder.names == [".other.mp4.partial-abc"])
    }

    @Test func `is told from what another export is writing right now`() throws {
        let folder = try TemporaryFolder()
        let running = try PartialOutput(for: target(folder, "lapse.mp4", .file))
        let second = try PartialOutput(for: target(folder, "lapse.mp4", .file))
        #expect(folder.names.sorted() == [running.name, second.name].sorted())
        _ = try second.commit()
        #expect(throws: ExportError.self) { try running.commit() }
        running.discard()
        #expect(folder.names == ["lapse.mp4"])
    }

    @Test func `has a name that fits, however long the output's is`() throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "n", count: 251) + ".mp4"
        let partial = try PartialOutput(for: target(folder, name, .file))
        _ = try partial.commit()
        #expect(folder.names == [name])
    }
}
