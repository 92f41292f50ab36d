import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Space that pictures leave behind` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// An archive of forty pictures of 130 kB, every second of which is gone.
    private func holes() async throws -> FrameArchive {
        let archive = try await folder.open()
        for number in 0..<40 { try await archive.store(number, padding: 130_000) }
        try await archive.pool.write { try $0.execute(sql: "DELETE FROM frame WHERE id % 2 = 1") }
        return archive
    }

    @Test func `goes back to the file system, and the archive is whole`() async throws {
        let archive = try await holes()
        try await archive.log.checkpoint(path: archive.path)
        let before = try archive.fileSize()
        var steps: [SpaceReturnProgress] = []
        let returned = try await archive.returnSpace { steps.append($0) }
        #expect(returned > ByteCount(20 * 120_000))
        #expect(try archive.fileSize() == before - returned)
        #expect(steps.last?.returned == returned)
        #expect(steps.last?.remaining == .zero)
        #expect(steps.count > 1)
        let report = try await archive.verify()
        #expect(report.isSound)
        #expect(report.framesChecked == 20)
        try await archive.close()
    }

    @Test func `goes back while the archive is written to`() async throws {
        let archive = try await holes()
        try await archive.log.checkpoint(path: archive.path)
        let before = try archive.fileSize()
        async let returned = archive.returnSpace()
        for number in 40..<60 { try await archive.store(number) }
        #expect(try await returned > .zero)
        #expect(try archive.fileSize() < before)
        let report = try await archive.verify()
        #expect(report.isSound)
        #expect(report.framesChecked == 40)
        try await archive.close()
    }

    @Test func `is none where nothing was removed`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        let returned = try await archive.returnSpace { _ in Issue.record("there was nothing to return") }
        #expect(returned == .zero)
        try await archive.close()
    }
}

@Suite struct `A step of long work` {
    @Test func `comes to as much as fits into its time`() {
        var step = CareStep(8...4096)
        for _ in 0..<60 {
            step.measured(step.size, took: StepTime(.microseconds(100) * step.size, besideCapture: true))
        }
        #expect((75...85).contains(step.size))
        for _ in 0..<60 {
            step.measured(step.size, took: StepTime(.microseconds(100) * step.size, besideCapture: false))
        }
        #expect((380...420).contains(step.size))
    }

    @Test func `may take longer where nobody captures`() async throws {
        let folder = try TemporaryFolder()
        let caretaker = try await FrameArchive.open(at: folder.archive, role: .care)
        func fitting() async throws -> Duration { try await caretaker.commitStep { _ in }.1.fitting }
        #expect(try await fitting() == CareStep.alone)
        let capture = try await folder.open()
        #expect(try await fitting() == CareStep.besideCapture)
        #expect(try await capture.commitStep { _ in }.1.fitting == CareStep.besideCapture)
        try await capture.close()
        #expect(try await fitting() == CareStep.alone)
        try await caretaker.close()
    }

    @Test func `is shortened at once after a slow one, and lengthened little by little`() {
        var step = CareStep(8...4096)
        for _ in 0..<60 { step.measured(step.size, took: StepTime(.milliseconds(1), besideCapture: true)) }
        #expect(step.size == 4096)
        step.measured(4096, took: StepTime(.milliseconds(80), besideCapture: true))
        #expect(step.size == 409)
        step.measured(409, took: StepTime(.milliseconds(1), besideCapture: true))
        #expect(step.size < 620)
    }

    @Test func `does something however slow the device is`() {
        var step = CareStep(8...4096)
        for _ in 0..<10 { step.measured(step.size, took: StepTime(.seconds(10), besideCapture: true)) }
        #expect(step.size == 8)
    }
}
