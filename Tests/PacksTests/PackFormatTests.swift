import Archive
import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Packs

@Suite struct `A pack` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    @Test func `is a ZIP that unzip and Python open, with every picture under its camera and time`() async throws {
        let frames = try await bench.capture(Array(0..<6))
        let before = try await bench.pictures()
        try await bench.offload()
        let pack = try #require(bench.packFiles.first)
        let check = try tool("unzip", "-t", pack)
        #expect(check.status == 0, "\(check.text)")
        #expect(check.text.contains("No errors detected"))
        #expect(try tool("python3", "-m", "zipfile", "-t", pack).status == 0)

        #expect(try tool("unzip", "-q", pack, "-d", "out", in: bench.folder.path).status == 0)
        // The newest stays in the archive.
        let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder("out/printer")).sorted()
        #expect(names.count == 5)
        #expect(names.first == "printer_20261123T140500.250Z_\(frames[0].id).jpg")
        for (name, frame) in zip(names, frames) {
            let file = URL(filePath: bench.folder("out/printer/" + name))
            #expect(try Array(Data(contentsOf: file)) == before[frame.id])
            let modified = try file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
            #expect(modified?.timeIntervalSince1970 == Double(frame.capturedAt.milliseconds / 1000))
        }
    }

    @Test func `tells of each picture where it lies, what it hashes to and which frame showed it`() async throws {
        try await bench.capture(Array(0..<4))
        try await bench.offload()
        let pack = try #require(bench.packFiles.first)
        let said = try tool(
            "python3", "-c",
            """
            import hashlib, json, sys, zipfile
            whole = open(sys.argv[1], 'rb').read()
            manifest = json.loads(zipfile.ZipFile(sys.argv[1]).read('manifest.json'))
            assert hashlib.sha256(whole).hexdigest() in sys.argv[1]
            for picture in manifest['pictures']:
                part = whole[picture['start']:picture['start'] + picture['bytes']]
                assert hashlib.sha256(part).hexdigest() == picture['sha256'] == picture['frame']['sha256']
                assert zipfile.ZipFile(sys.argv[1]).read(picture['name']) == part
            print(manifest['format'], manifest['version'], manifest['camera'], len(manifest['pictures']))
            """, pack)
        #expect(said.status == 0, "\(said.text)")
        #expect(said.text == "printlapse pack 1 printer 3\n")
    }

    @Test func `has the same bytes whenever it is written, and a name that every store takes`() async throws {
        let frame = try await bench.capture([1, 2], camera: .other)[0]
        let bytes = try await bench.catalog().picture(of: frame)
        func draft(_ name: String) throws -> PackDraft {
            var writer = try PackWriter(at: bench.folder(name), camera: .other)
            try writer.add(frame, bytes, content: 1, stored: frame.sha256)
            return try writer.finish()
        }
        let (first, second) = (try draft("one"), try draft("two"))
        #expect(first.sha256 == second.sha256 && first.size == second.size)
        #expect(
            first.name(in: "0123") == "0123/K_fer___Co/20261123T140500.250Z-\(first.sha256).zip",
            "\(first.name(in: "0123"))")
        let file = try FileManager.default.attributesOfItem(atPath: bench.folder("one"))
        #expect(file[.size] as? Int == Int(first.size))
    }

    @Test func `holds no more than 64 MiB, and of one camera alone`() async throws {
        // 71 MB, and a few small ones.
        try await bench.capture(Array(0..<36), padding: 30)
        try await bench.capture(Array(100..<103), camera: .other)
        let before = try await bench.pictures()
        let report = try await bench.offload()
        #expect(report.packs == 3)
        #expect(bench.packFiles.count == 3)
        for file in bench.packFiles {
            let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
            #expect(size <= 64 << 20)
        }
        #expect(try await bench.pictures() == before)
    }
}
