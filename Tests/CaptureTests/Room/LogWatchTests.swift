import Archive
import Foundation
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Capture

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
