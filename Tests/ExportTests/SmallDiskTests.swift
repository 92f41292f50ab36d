import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

extension SmallDisk {
    fileprivate var folder: TemporaryFolder.Contents { TemporaryFolder.Contents(path: path) }
}

@Suite(.enabled(if: SmallDisk.isPossible, "needs leave to mount a tmpfs")) struct `A disk that is full` {
    @Test(arguments: ["frames", "lapse.zip", "lapse.tar"])
    func `is told before anything is written, where the pictures alone are too many`(output: String) async throws {
        let footage = try await Footage(count: 200)
        let disk = try SmallDisk(kilobytes: 64)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("") { $0.output = disk.folder(output) }
        }
        #expect(error?.label == "no_room")
        #expect(error?.description.contains("65.5 kB") == true)
        #expect(disk.folder.names.isEmpty)
    }

    @Test(arguments: ["frames", "lapse.zip", "lapse.tar"])
    func `ends an export of pictures on the way, with the reason, and keeps nothing of it`(
        output: String
    ) async throws {
        let footage = try await Footage(count: 60)
        // The pictures fit, and what stands beside them does not.
        let pictures = footage.frames.map { Int($0.bytes.bytes) }.reduce(0, +)
        let disk = try SmallDisk(kilobytes: pictures / 4096 * 4 + 8)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("") { $0.output = disk.folder(output) }
        }
        #expect(error?.label == "disk_full")
        #expect(disk.folder.names.isEmpty)
    }

    @Test func `ends an export to a video, with ffmpeg's words, and keeps nothing of it`() async throws {
        let footage = try await Footage(count: 60, width: 320, height: 240)
        let disk = try SmallDisk(kilobytes: 16)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("") { $0.output = disk.folder("lapse.mp4") }
        }
        #expect(error?.description.contains("No space left on device") == true, "\(String(describing: error))")
        #expect(disk.folder.names.isEmpty)
    }

    @Test func `does not cost the export that stands there`() async throws {
        let footage = try await Footage(count: 200)
        let disk = try SmallDisk(kilobytes: 64)
        _ = try await footage.export("") {
            $0.output = disk.folder("frames")
            $0.frames.limit = 2
        }
        await #expect(throws: ExportError.self) {
            try await footage.export("") {
                $0.output = disk.folder("frames")
                $0.force = true
            }
        }
        #expect(disk.folder.names == ["frames"])
        #expect(TemporaryFolder.Contents(path: disk.folder("frames")).names.count == 4)
    }
}
