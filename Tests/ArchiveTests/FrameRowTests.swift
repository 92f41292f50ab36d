import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Storage

@Suite struct `A frame's row` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `holds all that a record says, and gives it back`() async throws {
        let archive = try await folder.open()
        let stored = try await archive.store(1, print: 42)
        let full = ArchivedFrame(
            id: FrameID(7), camera: .printer, capturedAt: .start, takenAt: .start - .seconds(2),
            lastSeenAt: .start + .seconds(20), seen: 3, size: PixelSize(width: 64, height: 48), bytes: stored.bytes,
            sha256: stored.sha256, perceptualHash: PerceptualHash(bits: .max - 4), print: stored.print,
            variant: .tagged,
            source: .live, excluded: true, pinned: true, progress: 0.5, printerState: .paused, prediction: 0.25,
            brightness: 100, sharpness: 90, change: 80, changedPercent: 70, note: "first layer",
            damagedAt: .start + .seconds(60), suspicion: Suspicion(.seam, at: "row 12"))
        let camera = try #require(try archive.read { try CameraTable.id(of: .printer, in: $0) })
        try await archive.commit {
            try FrameTable.insert(full, camera: camera, slot: Slot.number(5).due, into: $0)
        }
        #expect(try archive.read { try FrameTable.frame(full.id, in: $0) } == full)

        let row = try #require(
            try archive.read { try Row.fetchOne($0, sql: "SELECT * FROM frame WHERE id = 7") })
        #expect(Array(row.columnNames) == FrameColumn.allCases.map(\.name))
        for column in FrameColumn.allCases { #expect(!row.hasNull(atIndex: column.rawValue), "\(column.name)") }
        try await archive.close()
    }

    @Test func `is read past what a bit that flipped has put into it`() async throws {
        let archive = try await folder.open()
        let frame = try await archive.store(1)
        try await archive.commit {
            try $0.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try $0.execute(
                sql: "UPDATE frame SET width = -5, height = 1 << 40, change = 5000, seen = -1, brightness = 256")
            try $0.execute(sql: "PRAGMA ignore_check_constraints = OFF")
        }
        let read = try #require(try archive.read { try FrameTable.frame(frame.id, in: $0) })
        #expect(read.size == PixelSize(width: 1, height: 65_535))
        #expect(read.change == nil)
        #expect(read.brightness == nil)
        #expect(read.seen == 0)
        #expect(read.sharpness == frame.sharpness)
        try await archive.close()
    }
}
