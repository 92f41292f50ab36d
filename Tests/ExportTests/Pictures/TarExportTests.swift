import Archive
import Catalog
import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `An export to a tar` {
    @Test func `unpacks to every picture byte for byte, dated to the millisecond`() async throws {
        let footage = try await Footage(count: 3)
        let result = try await footage.export("lapse.tar")
        #expect(result.files == 1)
        #expect(try result.bytes.bytes == Int64(footage.outputs.data("lapse.tar").count))
        #expect(result.bytes.bytes.isMultiple(of: 10_240))
        let unpacked = try Tool.run("tar", ["-xf", "lapse.tar"], in: footage.outputs.path)
        #expect(unpacked.status == 0)
        #expect(unpacked.errors.isEmpty, "\(unpacked.errors)")
        let folder = footage.folder.contents(of: "out/lapse")
        for (name, frame) in zip(folder.names.filter { $0.hasSuffix(".jpg") }, footage.frames) {
            #expect(try await folder.data(name) == Data(footage.catalog.picture(of: frame).readableBytesView))
            let changed = try FileManager.default.attributesOfItem(atPath: folder(name))[.modificationDate] as? Date
            #expect(changed.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) } == frame.capturedAt.milliseconds)
        }
        let check = try Tool.run("sha256sum", ["--check", "--strict", "SHA256SUMS"], in: folder.path)
        #expect(check.status == 0, "\(check.errors)")
    }

    @Test func `reads alike in every reader, names in any script and of any length included`() throws {
        let folder = try TemporaryFolder()
        let names = ["short.jpg", "Küche.jpg", String(repeating: "n", count: 250) + ".jpg"]
        var tar = TarContainer(try OutputFile("a.tar", in: OpenFolder(path: folder.path)), folder: "a")
        for name in names { try tar.add(name, .bytes(ByteBuffer(string: name)), modified: Footage.start) }
        _ = try tar.finish()
        let expected = names.map { "a/" + $0 }
        let python = "import tarfile; print('\\n'.join(tarfile.open('a.tar').getnames()))"
        for (program, arguments) in [
            ("tar", ["--quoting-style=literal", "-tf", "a.tar"]), ("bsdtar", ["-tf", "a.tar"]),
            ("python3", ["-c", python]),
        ] {
            let list = try Tool.run("env", ["LC_ALL=C.UTF-8", program] + arguments, in: folder.path)
            #expect(list.text.split(separator: "\n").map(String.init) == expected, "\(program): \(list.errors)")
        }
        #expect(try Tool.run("tar", ["-xOf", "a.tar", expected[2]], in: folder.path).text == names[2])
    }

    @Test func `tells sizes and times that its old fields have no room for`() throws {
        let folder = try TemporaryFolder()
        let header = TarHeader(name: "a", size: 9 << 30, modified: Timestamp(milliseconds: -1_500)).bytes
        try Data(header.readableBytesView).write(to: URL(fileURLWithPath: folder("a.tar")))
        let seen = try Tool.run(
            "python3",
            ["-c", "import tarfile; member = tarfile.open('a.tar').next(); print(member.size, member.mtime)"],
            in: folder.path)
        #expect(seen.text == "9663676416 -1.5\n", "\(seen.errors)")
    }

    @Test func `has no extended header where nothing needs one`() {
        let header = TarHeader(name: "a/b.jpg", size: 5, modified: Timestamp(seconds: 1_795_442_700))
        #expect(header.bytes.readableBytes == 512)
    }
}

@Suite struct `An export to standard output` {
    @Test(arguments: [ExportFormat.tar, .zip])
    func `is the stream and nothing else`(format: ExportFormat) async throws {
        let footage = try await Footage(count: 4)
        let pipe = Pipe()
        let reading = Drain(pipe.fileHandleForReading)
        let exporter = Exporter(
            catalog: footage.catalog, standardOutput: pipe.fileHandleForWriting.fileDescriptor)
        let result = try await exporter.export(footage.request("-") { ($0.output, $0.format) = ("-", format) })
        try pipe.fileHandleForWriting.close()
        let stream = await reading.data
        #expect(result.bytes.bytes == Int64(stream.count))
        #expect(result.frames == 4)
        try stream.write(to: URL(fileURLWithPath: footage.outputs("stream")))
        let list = try Tool.run("bsdtar", ["-tf", "stream"], in: footage.outputs.path)
        #expect(list.text.split(separator: "\n").count == 6)
        #expect(list.text.hasPrefix("frames/printer_"))
    }

    @Test func `ends with the reason where its reader is gone`() async throws {
        let footage = try await Footage(count: 4)
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let error = await #expect(throws: ExportError.self) {
            try await Exporter(
                catalog: footage.catalog, standardOutput: pipe.fileHandleForWriting.fileDescriptor
            ).export(footage.request("-") { ($0.output, $0.format) = ("-", .tar) })
        }
        #expect(error?.label == "reader_gone")
    }

    @Test(arguments: [nil, ExportFormat.folder, .mp4])
    func `needs a format that can be streamed`(format: ExportFormat?) async throws {
        let footage = try await Footage(count: 1)
        let error = await #expect(throws: ExportError.self) {
            try await Exporter(catalog: footage.catalog)
                .export(footage.request("-") { ($0.output, $0.format) = ("-", format) })
        }
        #expect(error?.label == "not_streamed")
        #expect(error?.hint.contains("a tar or a ZIP") == true)
    }
}

/// Reads a pipe to its end on a thread of its own: tasks share as many threads as there are cores, and two that wait for
/// an export could leave it none.
private struct Drain {
    private let parts: AsyncStream<Data>

    init(_ handle: FileHandle) {
        let (parts, continuation) = AsyncStream.makeStream(of: Data.self)
        self.parts = parts
        Thread.detachNewThread {
            continuation.yield(handle.readDataToEndOfFile())
            continuation.finish()
        }
    }

    var data: Data {
        get async {
            var all = Data()
            for await part in parts { all.append(part) }
            return all
        }
    }
}
