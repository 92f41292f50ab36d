import HTTP
import NIOCore
import Snapshots
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `A plain URL as a source` {
    private let now = Timestamp(milliseconds: 1_763_900_000_123)

    private func next(_ url: String, _ limits: TunnelLimits = TunnelLimits()) async throws -> SnapshotAnswer {
        let connections = HTTPConnections()
        let source = PlainURLSource(
            camera: try CameraName("bench"), url: try CameraURL(parsing: url), transport: connections,
            limits: limits, now: { [now] in now })
        let answer: Result<SnapshotAnswer, SnapshotError>
        do throws(SnapshotError) {
            answer = .success(try await source.next(knowing: nil))
        } catch {
            answer = .failure(error)
        }
        await connections.shutdown()
        return try answer.get()
    }

    private func error(_ url: String, _ limits: TunnelLimits = TunnelLimits()) async -> SnapshotError? {
        do {
            _ = try await next(url, limits)
            return nil
        } catch {
            return error as? SnapshotError
        }
    }

    @Test func `sends its credentials without waiting to be asked`() async throws {
        try await ScriptedServer.with(.http(text: "JPEG")) { server in
            let url = "http://us%40er:can%3Aary@127.0.0.1:\(server.port)/webcam/?action=snapshot&t=%2F"
            guard case .snapshot(let snapshot, let identity) = try await next(url) else {
                Issue.record("no snapshot")
                return
            }
            #expect(String(buffer: snapshot.bytes) == "JPEG")
            #expect(snapshot.origin == SnapshotOrigin(camera: try CameraName("bench"), source: .url, receivedAt: now))
            #expect(identity == nil)
            #expect(server.requests.map(\.target) == ["/webcam/?action=snapshot&t=%2F"])
            #expect(server.requests.first?.header("Authorization") == "Basic dXNAZXI6Y2FuOmFyeQ==")
        }
    }

    @Test func `without credentials sends none`() async throws {
        try await ScriptedServer.with(.http(text: "JPEG")) { server in
            _ = try await next("\(server.url)/shot.jpg")
            #expect(server.requests.first?.header("Authorization") == nil)
        }
    }

    @Test func `keeps its credentials to its own origin when redirected`() async throws {
        try await ScriptedServer.with(.http(text: "JPEG")) { other in
            try await ScriptedServer.with(.redirect(307, to: "/b.jpg"), .redirect(to: "\(other.url)/c.jpg")) { server in
                _ = try await next("http://user:canary@127.0.0.1:\(server.port)/a.jpg")
                #expect(server.requests.allSatisfy { $0.header("Authorization") != nil })
                #expect(server.requests.count == 2)
                #expect(other.requests.map { $0.header("Authorization") } == [nil])
            }
        }
    }

    private func remarks(_ url: String) async throws -> [SourceRemark] {
        try await HTTPConnections.with(trusting: nil) { connections in
            let source = PlainURLSource(
                camera: try CameraName("bench"), url: try CameraURL(parsing: url), transport: connections,
                now: { [now] in now })
            _ = try await source.next(knowing: nil)
            return source.remarks
        }
    }

    @Test func `that is a stream's gives its first picture, and says so`() async throws {
        let stream = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Type", "multipart/x-mixed-replace;boundary=x")])),
            .text("--x\r\nContent-Type: image/jpeg\r\nContent-Length: 4\r\n\r\nJPEG\r\n--x\r\n"), .silence,
        ])
        try await ScriptedServer.with(stream) { server in
            guard case .snapshot(let snapshot, _) = try await next("\(server.url)/?action=stream") else {
                Issue.record("no snapshot")
                return
            }
            #expect(String(buffer: snapshot.bytes) == "JPEG")
            let remarks = try await remarks("\(server.url)/?action=stream")
            #expect(remarks == [.stream])
        }
    }

    @Test func `that redirects says where to`() async throws {
        try await ScriptedServer.with(.redirect(to: "/b.jpg"), .http(text: "JPEG")) { server in
            let remarks = try await remarks("\(server.url)/a.jpg")
            #expect(remarks.map(\.description) == ["The camera redirects to \(server.url)/b.jpg."])
        }
        try await ScriptedServer.with(.http(text: "JPEG")) { server in
            let remarks = try await remarks("\(server.url)/a.jpg")
            #expect(remarks.isEmpty)
        }
    }

    @Test(arguments: [
        (403, "forbidden", SlotOutcome.unauthorized), (404, "not_found", .noPicture),
        (502, "bad_gateway", .offline), (418, "unexpected_status", .unavailable),
    ])
    func `without a picture throws a camera's error, and no tunnel's`(
        status: Int, label: String, outcome: SlotOutcome
    ) async throws {
        try await ScriptedServer.with(.http(status, text: "sorry")) { server in
            let error = try #require(await error("\(server.url)/a.jpg"))
            guard case .camera = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.label == label && error.outcome == outcome)
            #expect(error.bytesReceived == ByteCount(5))
            #expect(error.description.hasPrefix("The camera "))
        }
    }

    @Test(arguments: [(481, SlotOutcome.cap), (482, .offline), (483, .timeout), (484, .unavailable)])
    func `that leads through a tunnel fails as tunnels do`(status: Int, outcome: SlotOutcome) async throws {
        try await ScriptedServer.with(.http(status)) { server in
            let error = try #require(await error("\(server.url)/webcam/?action=snapshot"))
            guard case .tunnel = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.outcome == outcome)
            #expect(error.description.contains("tunnel"))
        }
    }

    @Test func `tells who refused its credentials`() async throws {
        try await ScriptedServer.with(.http(401)) { server in
            let error = await error("\(server.url)/")
            #expect(error?.outcome == .unauthorized)
            #expect(error?.description.contains("camera") == true)
            #expect(error?.hint.contains("USER:PASSWORD") == true)
        }
    }
}

@Suite struct `A camera's URL` {
    @Test func `hides its credentials and its query`() throws {
        let url = try CameraURL(parsing: " http://canary:canary@cam.local:8080/snap.cgi?pwd=canary\n")
        #expect("\(url)" == "http://cam.local:8080/snap.cgi")
        var dumped = ""
        dump(url, to: &dumped)
        #expect(!dumped.contains("canary"))
    }

    @Test(arguments: [
        ("", "camera_empty"), ("cam.local/a.jpg", "camera_not_absolute"), ("rtsp://cam/1", "camera_unsupported_scheme"),
        ("http://user:p@ss@cam/", "camera_ambiguous_userinfo"), ("http://cam/a b", "camera_bad_character"),
        ("http://1.2.3/", "camera_numeric_host"),
    ])
    func `that is none is refused with the reason`(text: String, label: String) {
        do throws(HTTPError) {
            _ = try CameraURL(parsing: text)
            Issue.record("accepted")
        } catch {
            #expect(error.label == label)
            #expect(error.disposition == .askUser)
        }
    }
}
