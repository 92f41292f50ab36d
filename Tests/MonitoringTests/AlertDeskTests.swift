import Archive
import Foundation
import HTTP
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `A restart` {
    /// Runs a job's alerts over a row of failing slots, and gives what was told.
    private func told(by archive: FrameArchive, outcomes: [SlotOutcome]) async throws -> [String] {
        let notes = Notes<MonitoringNote>()
        try await HTTPConnections.with(trusting: nil) { connections in
            let delivery = AlertDelivery(
                handlers: [try EventHandler(.command(["true"]))], transport: connections, pause: { _ in },
                note: { notes.add($0) })
            let desk = try AlertDesk(
                rules: AlertRules(stoppedAfter: .seconds(20)), archive: archive, delivery: delivery,
                note: { notes.add($0) })
            for (number, outcome) in outcomes.enumerated() {
                let due = Timestamp.start + .seconds(10 * number)
                desk.note(.slot(.slot(outcome, at: due)), at: due)
            }
            desk.finish()
            await desk.run()
        }
        return notes.all.compactMap { note in
            if case .told(let alert, _) = note { alert.kind.rawValue } else { nil }
        }
    }

    @Test func `tells nobody twice, and what is over is over`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "archive.sqlite").path
        func life(_ outcomes: [SlotOutcome]) async throws -> (told: [String], open: [OpenAlert]) {
            let archive = try await FrameArchive.open(at: path)
            let told = try await told(by: archive, outcomes: outcomes)
            let open = try archive.openAlerts()
            try await archive.close()
            return (told, open)
        }
        let failing = Array(repeating: SlotOutcome.offline, count: 5)
        let first = try await life(failing)
        #expect(first.told == ["camera_stopped"])
        #expect(first.open == [OpenAlert(kind: "camera_stopped", camera: .printer, since: .start)])
        #expect(try await life(failing).told == [])
        let third = try await life(failing + [.stored])
        #expect(third.told == ["camera_back"])
        #expect(third.open == [])
        #expect(try await life(failing).told == ["camera_stopped"])
    }
}
