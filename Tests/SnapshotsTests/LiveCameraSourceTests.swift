import HTTP
import NIOCore
import Snapshots
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `The live camera as a source` {
    private let now = Timestamp(milliseconds: 1_763_900_000_123)

    private func next(_ answer: ScriptedAnswer) async throws -> (
        Result<SnapshotAnswer, SnapshotError>, [ScriptedRequest]
    ) {
        try await ScriptedServer.with(answer) { server in
            let connections = HTTPConnections()
            let endpoint = try TunnelEndpoint(parsing: "http://user:canary@127.0.0.1:\(server.port)")
            let source = LiveCameraSource(
                camera: try CameraName("printer"), client: TunnelClient(endpoint: endpoint, transport: connections),
                now: { [now] in now })
            #expect(source.kind == .live)
            let result: Result<SnapshotAnswer, SnapshotError>
            do throws(SnapshotError) {
                result = .success(try await source.next(knowing: nil))
            } catch {
                result = .failure(error)
            }
            await connections.shutdown()
            return (result, server.requests)
        }
    }

    @Test func `brings its picture through the tunnel, and no identity`() async throws {
        let (answer, requests) = try await next(.http(text: "JPEG"))
        guard case .snapshot(let snapshot, let identity) = try answer.get() else {
            Issue.record("no snapshot")
            return
        }
        #expect(String(buffer: snapshot.bytes) == "JPEG")
        #expect(snapshot.origin == SnapshotOrigin(camera: try CameraName("printer"), source: .live, receivedAt: now))
        #expect(identity == nil)
        #expect(requests.map(\.target) == ["/webcam/?action=snapshot"])
        #expect(requests.first?.header("Authorization") == "Basic dXNlcjpjYW5hcnk=")
    }

    @Test(arguments: [
        (404, SlotOutcome.noPicture), (401, .unauthorized), (481, .cap), (482, .offline), (483, .timeout),
        (484, .unavailable), (502, .offline),
    ])
    func `without a picture says why, and what that cost`(status: Int, outcome: SlotOutcome) async throws {
        let (answer, _) = try await next(.http(status, text: "sorry"))
        guard case .failure(let error) = answer else {
            Issue.record("a picture")
            return
        }
        #expect(error.outcome == outcome)
        #expect(error.bytesReceived == ByteCount(5))
    }
}
