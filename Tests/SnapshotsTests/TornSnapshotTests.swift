import HTTP
import NIOCore
import Snapshots
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `A snapshot that came short of what was promised` {
    private func next(_ answer: ScriptedAnswer) async throws -> SnapshotAnswer {
        try await ScriptedServer.with(answer) { server in
            try await HTTPConnections.with(trusting: nil) { connections in
                let source = PlainURLSource(
                    camera: try CameraName("bench"), url: try CameraURL(parsing: "\(server.url)/shot.jpg"),
                    transport: connections, now: { Timestamp(milliseconds: 1_763_900_000_123) })
                return try await source.next(knowing: nil, within: .seconds(10))
            }
        }
    }

    @Test func `is handed on with what came, because it may be a whole picture all the same`() async throws {
        let answer = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Length", "52")])), .text("JPEG"), .close,
        ])
        guard case .torn(let snapshot, _, let error) = try await next(answer) else {
            Issue.record("not torn")
            return
        }
        #expect(String(buffer: snapshot.bytes) == "JPEG")
        #expect(error.isTorn)
        #expect(error.bytesReceived == ByteCount(4))
    }

    @Test func `is an error where nothing came`() async throws {
        let answer = ScriptedAnswer([.send(ScriptedAnswer.head(headers: [("Content-Length", "52")])), .close])
        let error = await #expect(throws: SnapshotError.self) { try await next(answer) }
        #expect(error?.isTorn == true)
    }
}
