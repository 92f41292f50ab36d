import Foundation
import GRDB
import HTTP
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Capture
@testable import Monitoring

@Suite struct `A restart` {
    /// Runs a job's alerts over a row of failing slots, and gives what was told.
    private func told(
        by archive: FrameArchive, outcomes: [SlotOutcome], to handlers: [EventHandler]? = nil
    ) async throws -> [String] {
        let notes = Notes<MonitoringMessage>()
        try await HTTPConnections.with(trusting: nil) { connections in
            let delivery = AlertDelivery(
                handlers: try handlers ?? [EventHandler(.command(["true"]))], transport: connections, pause: { _ in },
                tell: { notes.add($0) })
            let alerts = try JobAlerts(
                rules: AlertRules(stoppedAfter: .seconds(20)), archive: archive, delivery: delivery,
                tell: { notes.add($0) })
            for (number, outcome) in outcomes.enumerated() {
                let due = Timestamp.start + .seconds(10 * number)
                alerts.observe(.slot(.slot(outcome, at: due)), at: due)
            }
            alerts.finish()
            await alerts.run()
        }
        return notes.all.compactMap { note in
            if case .told(let alert, _) = note { alert.kind.rawValue } else { nil }
        }
    }

    @Test func `goes on with the log of alerts, which is kept also where nobody is told`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "archive.sqlite").path
        func life(_ outcomes: [SlotOutcome], to handlers: [EventHandler]?) async throws -> [String] {
            let archive = try await FrameArchive.open(at: path)
            let told = try await told(by: archive, outcomes: outcomes, to: handlers)
            try await archive.close()
            return told
        }
        func log() throws -> [String] {
            let pool = try DatabaseQueue(path: path)
            defer { try? pool.close() }
            return try pool.read { database in
                try AlertLogTable.newest(limit: 100, in: database).map {
                    "\($0.alert.kind) \($0.alert.change): \($0.alert.message)"
                }
            }
        }
        let failing = Array(repeating: SlotOutcome.offline, count: 5)
        #expect(try await life(failing, to: []) == [])
        let opened = try log()
        #expect(opened.count == 1)
        #expect(opened.first?.hasPrefix("camera_stopped opened: printer: no picture for 20s.") == true, "\(opened)")
        // It lasts: who comes later is told, and the log has it once.
        #expect(try await life(failing, to: nil) == ["camera_stopped"])
        #expect(try log() == opened)
        #expect(try await life([.stored], to: []) == [])
        let closed = try log()
        #expect(closed.dropFirst().first == "camera_stopped closed: printer does not count as stopped any more.")
        #expect(closed.first?.hasPrefix("camera_back happened: printer: works again") == true, "\(closed)")
        #expect(closed.dropFirst(2) == opened[...])
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
