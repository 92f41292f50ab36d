import Archive
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Capture

@Suite struct `An archive that gets a second name while it is captured into` {
    @Test func `is told of once, and once when it has one again, and captures go on`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "archive.sqlite").path
        let archive = try await FrameArchive.open(at: path)
        let told = Mutex<[Int]>([])
        let watch = DiskWatch(archive: archive, rules: RoomRules(minimumFree: .zero), retention: nil, alarm: Alarm()) {
            if case .archiveNames(let count, _) = $0 { told.withLock { $0.append(count) } }
        }
        for second in 0..<8 {
            if second == 2 { try FileManager.default.linkItem(atPath: path, toPath: path + "-second") }
            if second == 5 { try FileManager.default.removeItem(atPath: path + "-second") }
            #expect(await watch.pause(at: Timestamp(seconds: Int64(second) * 2)) == nil)
        }
        #expect(told.withLock(\.self) == [2, 1])
        try await archive.close()
    }
}

@Suite struct `A log that grows` {
    @Test func `is told of once, and once when it is short again`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "archive.sqlite").path
        let archive = try await FrameArchive.open(at: path)
        let told = Mutex<[String]>([])
        let watch = DiskWatch(archive: archive, rules: RoomRules(minimumFree: .zero), retention: nil, alarm: Alarm()) {
            switch $0 {
            case .logGrown(let size, _): told.withLock { $0.append("\(size)") }
            case .logShortened: told.withLock { $0.append("short") }
            default: break
            }
        }
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int)
        // Zeros at its end are no part of the log to SQLite, and take no room.
        for (second, length) in [size, 300 << 20, 300 << 20, 200 << 20, size, size].enumerated() {
            #expect(truncate(path + "-wal", off_t(length)) == 0)
            _ = await watch.pause(at: Timestamp(seconds: Int64(second) * 2))
        }
        #expect(told.withLock { $0 } == ["315 MB", "short"])
        try await archive.close()
    }
}
