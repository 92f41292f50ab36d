import HTTP
import NIOCore
import Snapshots
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `The webcam API as a source` {
    private let now = Timestamp(milliseconds: 1_763_900_000_123)

    /// A source whose tunnel and picture server answer as scripted; `announce` makes the webcam answer of the picture server's URL.
    private func with<Result>(
        announcing announce: (String) -> String, pictures: ScriptedAnswer...,
        body: (WebcamAPISource, ScriptedServer, ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let store = try await ScriptedServer.start(pictures)
        let server = try await ScriptedServer.start([.http(text: announce(store.url))])
        let connections = HTTPConnections()
        let endpoint = try TunnelEndpoint(parsing: "http://user:canary@127.0.0.1:\(server.port)")
        let client = TunnelClient(endpoint: endpoint, transport: connections)
        let source = WebcamAPISource(camera: try CameraName("printer"), client: client, now: { [now] in now })
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(source, server, store))
        } catch {
            result = .failure(error)
        }
        await connections.shutdown()
        await server.stop()
        await store.stop()
        return try result.get()
    }

    private func printing(_ url: String) -> String {
        #"{"snapshot": "\#(url)/media/raw/3/77/1763899999.jpg?digest=a%2Fb"}"#
    }
    private func nothing(_ url: String) -> String { #"{"snapshot": null}"# }
    private func idle(_ url: String) -> String { #"{"snapshot": "\#(url)/media/raw/3/latest_unrotated.jpg?digest=a"}"# }

    @Test func `asks, fetches without credentials, and tells what the path knows`() async throws {
        try await with(announcing: printing, pictures: .http(text: "JPEG")) { source, server, store in
            guard case .snapshot(let snapshot, let identity) = try await source.next(knowing: nil) else {
                Issue.record("no snapshot")
                return
            }
            #expect(String(buffer: snapshot.bytes) == "JPEG")
            #expect(
                snapshot.origin
                    == SnapshotOrigin(
                        camera: source.camera, source: .webcamAPI, receivedAt: now,
                        takenAt: Timestamp(seconds: 1_763_899_999), variant: .raw, printNumber: 77,
                        printSeries: "127.0.0.1:\(store.port)/3"))
            #expect(identity != nil)
            #expect(server.requests.map(\.target) == ["/_tsd_/webcam/0/"])
            #expect(server.requests.first?.header("Authorization") == "Basic dXNlcjpjYW5hcnk=")
            #expect(store.requests.map(\.target) == ["/media/raw/3/77/1763899999.jpg?digest=a%2Fb"])
            #expect(store.requests.first?.header("Authorization") == nil)
        }
    }

    @Test func `fetches nothing for a printing picture that is known`() async throws {
        try await with(announcing: printing, pictures: .http(text: "JPEG")) { source, _, store in
            guard case .snapshot(_, let identity) = try await source.next(knowing: nil) else {
                Issue.record("no snapshot")
                return
            }
            guard case .unchanged = try await source.next(knowing: identity) else {
                Issue.record("fetched again")
                return
            }
            #expect(store.requests.count == 1)
            #expect(identity?.description.contains("digest") == false)
        }
    }

    @Test func `fetches an idle picture each time, because its file is overwritten`() async throws {
        try await with(announcing: idle, pictures: .http(text: "JPEG")) { source, _, store in
            for _ in 0..<2 {
                guard case .snapshot(let snapshot, let identity) = try await source.next(knowing: nil) else {
                    Issue.record("no snapshot")
                    return
                }
                #expect(identity == nil)
                #expect(snapshot.origin.variant == .latest)
            }
            #expect(store.requests.count == 2)
        }
    }

    @Test func `has no picture where none is announced`() async throws {
        try await with(announcing: nothing, pictures: .http(text: "")) { source, _, store in
            guard case .noPicture = try await source.next(knowing: nil) else {
                Issue.record("a picture")
                return
            }
            #expect(store.requests.isEmpty)
        }
    }

    @Test func `has no picture where the announced one was deleted`() async throws {
        try await with(announcing: printing, pictures: .http(404, text: "gone")) { source, _, _ in
            guard case .noPicture(let reason) = try await source.next(knowing: nil) else {
                Issue.record("a picture")
                return
            }
            #expect(reason == SlotReason(.deleted))
        }
    }

    @Test func `says torn where the picture is, and has it whole at the next try`() async throws {
        let torn = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Length", "10")])), .text("JPE"), .close,
        ])
        try await with(announcing: printing, pictures: torn, .http(text: "JPEG")) { source, _, _ in
            guard case .torn(let part, let identity, let error) = try await source.next(knowing: nil) else {
                Issue.record("not torn")
                return
            }
            #expect(String(buffer: part.bytes) == "JPE")
            #expect(part.origin.takenAt != nil && identity != nil)
            #expect(error.isTorn)
            #expect(error.bytesReceived == ByteCount(3))
            guard case .snapshot(let snapshot, _) = try await source.next(knowing: nil) else {
                Issue.record("no snapshot")
                return
            }
            #expect(String(buffer: snapshot.bytes) == "JPEG")
        }
    }

    @Test(arguments: ["", "<html>not a picture</html>"])
    func `hands on what came, whatever it is`(body: String) async throws {
        try await with(announcing: printing, pictures: .http(text: body)) { source, _, _ in
            guard case .snapshot(let snapshot, _) = try await source.next(knowing: nil) else {
                Issue.record("no snapshot")
                return
            }
            #expect(String(buffer: snapshot.bytes) == body)
        }
    }
}
