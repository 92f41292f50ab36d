import Archive
import CaptureSupport
import Care
import Catalog
import HTTP
import NIOCore
import Snapshots
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `A camera that leaves the end marker out` {
    private struct Seen {
        var outcomes: [SlotOutcome] = []
        var remarks: [SourceRemark] = []
    }

    private static func picture(_ seed: UInt64, missing bytes: Int = 2) -> ScriptedAnswer {
        let picture = TestJPEG.picture(seed: seed)
        return .http(body: ByteBuffer(bytes: picture.cut(to: picture.bytes.count - bytes).bytes))
    }

    /// Captures these answers, the last of them again and again, and calls `look` with the archive's path.
    private func capture(
        _ answers: [ScriptedAnswer], slots: Int, then look: (CaptureBench, Seen) async throws -> Void
    ) async throws {
        try await CaptureBench.with { bench in
            let server = try await ScriptedServer.start(answers)
            let url = try CameraURL(parsing: "\(server.url)/snapshot.jpg")
            let setup = CameraSetup(name: bench.camera, source: .url(url), policy: .every(.seconds(10)))
            let seen = Mutex(Seen())
            _ = try await bench.run(
                [setup], JobEnd(slots: slots), clock: VirtualClock(start: bench.clock.now(), population: 1),
                tell: { event in
                    seen.withLock { seen in
                        switch event {
                        case .slot(let report): seen.outcomes.append(report.outcome)
                        case .remark(_, let remark): seen.remarks.append(remark)
                        default: break
                        }
                    }
                })
            await server.stop()
            try await look(bench, seen.withLock(\.self))
        }
    }

    @Test func `gives frames from the third slot on, marked, told once, and sound to a check`() async throws {
        // Asked again, it sends the same picture in the first slot, and others in those after it.
        let answers = [1, 1, 2].map { Self.picture($0) } + (3...9).map { Self.picture($0) }
        try await capture(answers, slots: 6) { bench, seen in
            #expect(seen.outcomes == [.rejected, .rejected, .stored, .stored, .stored, .stored])
            #expect(seen.remarks == [.lacksEnds])
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(frames.allSatisfy { $0.suspicion?.kind == .noEOI })
            let report = try await Catalog.open(at: bench.path).verify()
            #expect(report.damaged.isEmpty)
            #expect(report.suspect.map(\.suspicion.kind) == [.noEOI, .noEOI, .noEOI, .noEOI])
        }
    }

    @Test func `gives frames where it sends the very same picture`() async throws {
        try await capture([Self.picture(1)], slots: 5) { _, seen in
            #expect(seen.outcomes == [.rejected, .rejected, .stored, .duplicate, .duplicate])
        }
    }

    @Test func `gives none that lack more`() async throws {
        let answers = (1...40).map { Self.picture($0, missing: 3) }
        try await capture(answers, slots: 6) { _, seen in
            #expect(seen.outcomes == Array(repeating: .rejected, count: 6))
            #expect(seen.remarks.isEmpty)
        }
    }
}
