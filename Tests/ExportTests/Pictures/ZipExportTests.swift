import Archive
import Catalog
import Formats
import Foundation
import NIOCore
import TestSupport
import TestThreads
import Testing
import Vocabulary

@testable import Export

@Suite struct `An export to a ZIP` {
    @Test func `holds every picture byte for byte, and passes the checks of three readers`() async throws {
        let footage = try await Footage(count: 5)
        let result = try await footage.export("lapse.zip")
        #expect(result.frames == 5)
        #expect(result.files == 1)
        #expect(try result.bytes.bytes == Int64(footage.outputs.data("lapse.zip").count))
        #expect(footage.outputs.names == ["lapse.zip"])

        let zip = footage.outputs("lapse.zip")
        let unzip = try Tool.run("unzip", ["-t", zip])
        #expect(unzip.status == 0, "\(unzip.text)")
        #expect(unzip.text.contains("No errors detected"))
        let list = try Tool.run("bsdtar", ["-t", "-f", zip])
        #expect(list.status == 0, "\(list.errors)")
        let names = list.text.split(separator: "\n").map(String.init)
        #expect(names.first == "lapse/printer_20261123T140500.250Z.jpg")
        #expect(names.suffix(2) == ["lapse/manifest.json", "lapse/SHA256SUMS"])
        #expect(try Tool.run("python3", ["-m", "zipfile", "-t", zip]).status == 0)
        for (number, frame) in footage.frames.enumerated() {
            let content = try Tool.run("unzip", ["-p", zip, names[number]]).output
            #expect(try await content == Data(footage.catalog.picture(of: frame).readableBytesView))
        }
    }

    @Test func `unpacks to files that are dated and pass sha256sum's check`() async throws {
        let footage = try await Footage(count: 3)
        _ = try await footage.export("lapse.zip")
        #expect(try Tool.run("unzip", ["-q", "lapse.zip"], in: footage.outputs.path).status == 0)
        let check = try Tool.run("sha256sum", ["--check", "--strict", "SHA256SUMS"], in: footage.outputs("lapse"))
        #expect(check.status == 0, "\(check.errors)")
        let file = footage.outputs("lapse/printer_20261123T140501.250Z.jpg")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        // Info-ZIP's field has whole seconds.
        #expect((attributes[.modificationDate] as? Date)?.timeIntervalSince1970 == 1_795_442_701)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
    }

    @Test func `can be unpacked while it arrives`() async throws {
        let footage = try await Footage(count: 3)
        _ = try await footage.export("lapse.zip")
        let listed = try Tool.run("sh", ["-c", "cat lapse.zip | bsdtar -tf -"], in: footage.outputs.path)
        #expect(listed.status == 0, "\(listed.errors)")
        #expect(listed.text.split(separator: "\n").count == 5)
    }

    @Test func `keeps a camera's name in any script`() async throws {
        let footage = try await Footage([Shot(picture: .picture(seed: 1), camera: "Küche 打印机")])
        _ = try await footage.export("lapse.zip")
        let names = try Tool.run(
            "python3", ["-c", "import zipfile; print(zipfile.ZipFile('lapse.zip').namelist()[0])"],
            in: footage.outputs.path)
        #expect(names.text.hasPrefix("lapse/Küche_打印机_20261123"))
    }

    @Test func `of the same frames is the same, byte for byte`() async throws {
        let footage = try await Footage(count: 2)
        _ = try await footage.export("lapse.zip")
        let first = try footage.outputs.data("lapse.zip")
        _ = try await footage.export("lapse.zip") { $0.force = true }
        #expect(try footage.outputs.data("lapse.zip") == first)
    }
}

@Suite struct `A large ZIP` {
    @Test(.ownThread) func `may have more than 65,535 files`() throws {
        let folder = try TemporaryFolder()
        let zip = try LargeZip(in: folder)
        try zip.write(files: 70_000)
        let seen = try Tool.run(
            "python3",
            [
                "-c",
                """
                import zipfile
                zip = zipfile.ZipFile('large.zip')
                names = zip.namelist()
                print(len(names), names[-1], zip.read(names[-1]).decode())
                """,
            ], in: folder.path)
        #expect(seen.text == "70000 large/69999.jpg picture 69999\n", "\(seen.errors)")
        let test = try Tool.run("unzip", ["-tq", "large.zip"], in: folder.path)
        #expect(test.status == 0, "\(test.text)")
    }

    @Test func `may hold files behind its fourth gibibyte`() throws {
        let folder = try TemporaryFolder()
        // A ZIP may have anything before its first file: here a hole that takes no room on the disk.
        let zip = try LargeZip(in: folder, after: 5 << 30)
        try zip.write(files: 3)
        let test = try Tool.run("unzip", ["-t", "large.zip"], in: folder.path)
        #expect(test.text.contains("No errors detected"), "\(test.text)\(test.errors)")
        let seen = try Tool.run(
            "python3",
            [
                "-c",
                "import zipfile; zip = zipfile.ZipFile('large.zip'); print(zip.testzip(), zip.read('large/2.jpg'))",
            ],
            in: folder.path)
        #expect(seen.text == "None b'picture 2'\n", "\(seen.errors)")
        #expect(try Tool.run("bsdtar", ["-xOf", "large.zip", "large/1.jpg"], in: folder.path).text == "picture 1")
    }

    @Test func `tells the size of a file with more than four gibibytes`() throws {
        let size: Int64 = 5 << 30
        let entry = ZipEntry(
            storing: "a.jpg", size: size, checksum: 7, modified: Footage.start, localTime: CivilTime(Footage.start),
            headerOffset: 0)
        let folder = try TemporaryFolder()
        let handle = try LargeZip.file(folder("large.zip"))
        try handle.write(contentsOf: Data(entry.header.readableBytesView))
        let start = Int64(entry.header.readableBytes)
        try handle.seek(toOffset: UInt64(start + size))
        let record = entry.record
        try handle.write(contentsOf: Data(record.readableBytesView))
        let end = ZipDirectoryEnd(entries: 1, size: Int64(record.readableBytes), offset: start + size)
        try handle.write(contentsOf: Data(end.bytes.readableBytesView))
        try handle.close()
        let seen = try Tool.run(
            "python3",
            [
                "-c",
                """
                import zipfile
                zip = zipfile.ZipFile('large.zip')
                with zip.open('a.jpg') as file: print(zip.infolist()[0].file_size, len(file.read(9)))
                """,
            ], in: folder.path)
        #expect(seen.text == "\(size) 9\n", "\(seen.errors)")
        #expect(try Tool.run("unzip", ["-l", "large.zip"], in: folder.path).text.contains("5368709120"))
    }
}

/// A ZIP of tiny files.
private struct LargeZip {
    private let folder: TemporaryFolder
    private let handle: FileHandle
    private let offset: Int64

    init(in folder: TemporaryFolder, after offset: Int64 = 0) throws {
        (self.folder, self.offset) = (folder, offset)
        handle = try Self.file(folder("large.zip"))
        try handle.seek(toOffset: UInt64(offset))
    }

    static func file(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    func write(files: Int) throws {
        let open = try OpenFile(dup(handle.fileDescriptor), call: "open", path: "large.zip")
        var zip = try ZipContainer(
            OutputFile(open, path: "large.zip", count: offset), folder: "large", timeZone: .gmt, spools: .temporary())
        for number in 0..<files {
            try zip.add(
                "\(number).jpg", .bytes(ByteBuffer(string: "picture \(number)")), modified: Footage.start)
        }
        _ = try zip.finish()
    }
}
