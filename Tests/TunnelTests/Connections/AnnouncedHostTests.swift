import NIOCore
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import HTTP
@testable import Tunnel

/// Names and what they stand for, one answer after the other; the last one stays.
final class Names: Sendable {
    private let answers: Mutex<[String: [[String]]]>
    private let asked = Mutex<[String]>([])

    init(_ answers: [String: [[String]]]) {
        self.answers = Mutex(answers)
    }

    /// What was looked up so far.
    var lookups: [String] { asked.withLock(\.self) }

    @Sendable func lookUp(_ name: String) async -> [Host] {
        asked.withLock { $0.append(name) }
        let texts = answers.withLock { answers in
            guard let list = answers[name], let first = list.first else { return [String]() }
            if list.count > 1 { answers[name]?.removeFirst() }
            return first
        }
        return texts.compactMap { try? Host(parsing: $0) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The host of an announced picture` {
    private static let picture = "pictures.example.org"

    /// Fetches a picture that a tunnel announced on another host, once for each of `deadlines`.
    private func fetch(
        from tunnel: String = "https://tunnel.example.org", scheme: String = "http", port: Int, names: Names,
        freshness: Duration = .seconds(60), patience: Duration = .seconds(4), trusting caFile: String? = nil,
        deadlines: [Duration] = [.seconds(20)]
    ) async throws -> [Result<String, TunnelError>] {
        let connections = try HTTPConnections(
            trusting: caFile, names: NameRules(lookUp: names.lookUp, freshness: freshness, patience: patience))
        var results: [Result<String, TunnelError>] = []
        for deadline in deadlines {
            var limits = TunnelLimits()
            limits.pictureDeadline = deadline
            let endpoint = try TunnelEndpoint(parsing: tunnel.replacing("://", with: "://u:p@", maxReplacements: 1))
            let client = TunnelClient(endpoint: endpoint, transport: connections, limits: limits)
            let url = try SnapshotURL(
                parsing: "\(scheme)://\(Self.picture):\(port)/a.jpg?digest=1", announcedBy: endpoint.origin)
            do throws(TunnelError) {
                results.append(.success(String(buffer: try await client.picture(at: url))))
            } catch {
                results.append(.failure(error))
            }
        }
        await connections.shutdown()
        return results
    }

    @Test(arguments: [
        (["127.0.0.1"], "snapshot_on_loopback"), (["[::1]"], "snapshot_on_loopback"),
        (["0.0.0.0"], "snapshot_on_loopback"), (["[::ffff:127.0.0.1]"], "snapshot_on_loopback"),
        (["192.168.1.1"], "snapshot_on_private_network"), (["169.254.169.254"], "snapshot_on_private_network"),
        (["[fe80::1]"], "snapshot_on_private_network"), (["[fd00::1]"], "snapshot_on_private_network"),
        (["93.184.216.34", "127.0.0.1"], "snapshot_on_loopback"), (["224.0.0.1"], "snapshot_nowhere"),
        ([], "picture_name_not_found"),
    ])
    func `is not connected to where its name stands for what is not the server's`(
        addresses: [String], label: String
    ) async throws {
        try await ScriptedServer.with(.http(text: "SECRET")) { server in
            let names = Names([Self.picture: [addresses], "tunnel.example.org": [["93.184.216.34"]]])
            guard case .failure(let error) = try await fetch(port: server.port, names: names)[0] else {
                Issue.record("fetched")
                return
            }
            #expect(error.label == label)
            #expect(server.connections == 0)
        }
    }

    @Test func `is not looked up again between the check and the connection`() async throws {
        try await ScriptedServer.with(.http(text: "SECRET")) { server in
            // A public address first, where nobody answers, and this machine for whoever asks twice.
            let names = Names([
                Self.picture: [["192.0.2.1"], ["127.0.0.1"]], "tunnel.example.org": [["93.184.216.34"]],
            ])
            let results = try await fetch(port: server.port, names: names, deadlines: [.milliseconds(200)])
            #expect(throws: TunnelError.self) { try results[0].get() }
            #expect(names.lookups == [Self.picture])
            #expect(server.connections == 0)
        }
    }

    @Test func `is checked anew when it is looked up anew`() async throws {
        try await ScriptedServer.with(.http(text: "SECRET")) { server in
            let names = Names([
                Self.picture: [["192.0.2.1"], ["127.0.0.1"]], "tunnel.example.org": [["93.184.216.34"]],
            ])
            let results = try await fetch(
                port: server.port, names: names, freshness: .zero, deadlines: [.milliseconds(200), .seconds(20)])
            guard case .failure(let error) = results[1] else {
                Issue.record("fetched")
                return
            }
            #expect(error.label == "snapshot_on_loopback")
            #expect(server.connections == 0)
        }
    }

    @Test func `is connected to at the checked address, by its own name`() async throws {
        try await ScriptedServer.with(.http(text: "JPEG")) { server in
            // The tunnel is of this machine too, under a name that does not tell.
            let names = Names([Self.picture: [["127.0.0.1"]], "tunnel.example.org": [["127.0.0.1"]]])
            let results = try await fetch(
                port: server.port, names: names, deadlines: [.seconds(20), .seconds(20), .seconds(20)])
            #expect(try results.map { try $0.get() } == ["JPEG", "JPEG", "JPEG"])
            #expect(server.requests.first?.header("Host") == "\(Self.picture):\(server.port)")
            #expect(server.requests.first?.header("Authorization") == nil)
            #expect(server.connections == 1)
            #expect(names.lookups == [Self.picture, "tunnel.example.org"])
        }
    }

    @Test(arguments: [
        ("http://192.168.1.5:3334", "127.0.0.1", "snapshot_on_loopback"),
        ("http://obico.lan:3334", "127.0.0.1", "snapshot_on_loopback"),
    ])
    func `may be in the network of a tunnel that is there, but not on this machine`(
        tunnel: String, address: String, label: String
    ) async throws {
        try await ScriptedServer.with(.http(text: "SECRET")) { server in
            let names = Names([Self.picture: [[address]], "obico.lan": [["192.168.1.5"]]])
            guard case .failure(let error) = try await fetch(from: tunnel, port: server.port, names: names)[0] else {
                Issue.record("fetched")
                return
            }
            #expect(error.label == label)
            #expect(server.connections == 0)
        }
    }

    private static let places: [(tunnel: String, addresses: [String], picture: String, label: String?)] = [
        // A name of this network that is a server's elsewhere, also under one of its addresses alone.
        ("http://obico.lan:3334", ["93.184.216.34"], "http://127.0.0.1", "snapshot_on_loopback"),
        ("http://obico.lan:3334", ["93.184.216.34"], "http://192.168.1.7", "snapshot_on_private_network"),
        (
            "http://obico.lan:3334", ["192.168.1.5", "93.184.216.34"], "http://192.168.1.7",
            "snapshot_on_private_network"
        ),
        ("http://printer:3334", ["[2001:db8::5]"], "http://pictures.example.org", "snapshot_on_private_network"),
        ("http://printer:3334", [], "http://pictures.example.org", "snapshot_on_private_network"),
        ("https://tunnel.example.org", ["93.184.216.34"], "http://[2002:c0a8:107::1]", "snapshot_on_private_network"),
        ("https://tunnel.example.org", ["93.184.216.34"], "http://[64:ff9b::7f00:1]", "snapshot_on_loopback"),
        // And one that sounds like the world's and is of this network.
        ("https://tunnel.example.org", ["192.168.1.5"], "http://192.168.1.7", nil),
        ("https://tunnel.example.org", ["127.0.0.1"], "http://pictures.example.org", nil),
        ("https://tunnel.example.org", ["127.0.0.1", "192.168.1.5"], "http://127.0.0.1", nil),
    ]

    @Test(arguments: places)
    func `may be where its server is by what its name stands for, not by how it sounds`(
        tunnel: String, addresses: [String], picture: String, label: String?
    ) async throws {
        let endpoint = try TunnelEndpoint(parsing: tunnel.replacing("://", with: "://u:p@", maxReplacements: 1))
        let names = Names([
            "obico.lan": [addresses], "tunnel.example.org": [addresses], "printer": [addresses],
            Self.picture: [["192.168.1.7"]],
        ])
        let announced = AnnouncedHosts(names: NameRules(lookUp: names.lookUp))
        let error = await tunnelError {
            let url = try SnapshotURL(parsing: picture + "/a.jpg", announcedBy: endpoint.origin)
            return try await announced.way(
                to: url.address.origin.host, announcedBy: endpoint.origin.host, avoiding: [:])
        }
        #expect(error?.label == label)
    }

    @Test func `is tried at its other addresses where one refuses`() async throws {
        try await ScriptedServer.with(.http(text: "JPEG")) { server in
            // Nothing listens at the first one.
            let names = Names([
                Self.picture: [["127.0.0.2", "127.0.0.1"]], "tunnel.example.org": [["127.0.0.1"]],
            ])
            let results = try await fetch(port: server.port, names: names)
            #expect(try results[0].get() == "JPEG")
        }
    }

    @Test func `is tried at its other addresses where one is silent`() async throws {
        try await ScriptedServer.with(.http(text: "JPEG")) { server in
            let silence = try SilentAddress("127.0.0.2", port: server.port)
            let names = Names([
                Self.picture: [["127.0.0.2", "127.0.0.1"]], "tunnel.example.org": [["127.0.0.1"]],
            ])
            let results = try await fetch(port: server.port, names: names, patience: .seconds(1))
            #expect(try results[0].get() == "JPEG")
            silence.end()
        }
    }

    @Test(arguments: [
        ("DNS:pictures.example.org", nil), ("DNS:127.0.0.1", "picture_tls_wrong_name"),
        ("DNS:tunnel.example.org", "picture_tls_wrong_name"),
    ])
    func `shows a certificate of its name, not of its address`(name: String, label: String?) async throws {
        let folder = try TemporaryFolder()
        let identity = try ServerIdentity(in: folder, name: name)
        try await ScriptedServer.with(.http(text: "JPEG"), identity: identity) { server in
            let names = Names([Self.picture: [["127.0.0.1"]], "tunnel.example.org": [["127.0.0.1"]]])
            let result = try await fetch(
                scheme: "https", port: server.port, names: names, trusting: identity.certificateFile)[0]
            switch result {
            case .success: #expect(label == nil)
            case .failure(let error): #expect(error.label == label)
            }
        }
    }

    /// Redirects whoever asks the camera, and sends all else over real connections.
    private struct Redirecting: HTTPTransport {
        let location: String
        let others: HTTPConnections

        func send(
            _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
        ) async throws(HTTPError) -> HTTPExchangeResponse {
            guard "\(request.address.origin.host)" == "camera.example.org" else {
                return try await others.send(request, within: deadline, atMost: limit)
            }
            return HTTPExchangeResponse(status: 302, headers: [("Location", location)])
        }
    }

    @Test(arguments: [("93.184.216.34", "snapshot_on_loopback"), ("127.0.0.1", nil)])
    func `is checked behind a redirect as well`(camera: String, label: String?) async throws {
        try await ScriptedServer.with(.http(text: "SECRET")) { inner in
            let names = Names(["inner.example.org": [["127.0.0.1"]], "camera.example.org": [[camera]]])
            let connections = try HTTPConnections(names: NameRules(lookUp: names.lookUp))
            let transport = Redirecting(
                location: "http://inner.example.org:\(inner.port)/", others: connections)
            let (address, _) = try WebAddress.withCredentials(parsing: "https://camera.example.org/", as: .camera)
            let (plain, _) = try WebAddress.withCredentials(parsing: "http://camera.example.org/", as: .camera)
            let fetch = Fetch(
                respondent: .camera, redirects: .anywhere(announcedBy: address.origin),
                deadline: .seconds(20), limit: ByteCount(1000))
            let error = await tunnelError {
                try await fetch.response(to: plain, credentials: nil, through: transport)
            }
            await connections.shutdown()
            #expect(error?.label == label)
            #expect(inner.connections == (label == nil ? 1 : 0))
        }
    }

    @Test func `is forgotten when many others came since`() async throws {
        let names = Names([:])
        let hosts = try (0...AnnouncedHosts.most).map { try Host(parsing: "host\($0).example.org") }
        let lookUp: NameLookup = { name in
            _ = await names.lookUp(name)
            return (try? Host(parsing: "93.184.216.34")).map { [$0] } ?? []
        }
        let announced = AnnouncedHosts(names: NameRules(lookUp: lookUp))
        let announcer = try Host(parsing: "tunnel.example.org")
        for host in hosts + [hosts[1], hosts[0]] {
            _ = try await announced.way(to: host, announcedBy: announcer, avoiding: [:])
        }
        #expect(names.lookups == hosts.map(\.description) + [hosts[0].description])
    }

    @Test func `is looked up once for all who want it at the same time, and keeps nobody waiting who gives up`()
        async throws
    {
        let names = Names([Self.picture: [["93.184.216.34"]]])
        let (gates, gate) = AsyncStream<Void>.makeStream()
        let announced = AnnouncedHosts(
            names: NameRules(lookUp: { name in
                let addresses = await names.lookUp(name)
                for await _ in gates {}
                return addresses
            }))
        let (host, announcer) = (try Host(parsing: Self.picture), try Host(parsing: "tunnel.example.org"))
        let requests = (0..<8).map { _ in
            Task {
                await tunnelError { try await announced.way(to: host, announcedBy: announcer, avoiding: [:]) }
            }
        }
        requests[0].cancel()
        #expect(await requests[0].value == .http(.cancelled()))
        gate.finish()
        for request in requests.dropFirst() { #expect(await request.value == nil) }
        #expect(names.lookups == [Self.picture])
    }

    @Test func `is looked up by the system as everybody else does`() async {
        #expect(await SystemNames.addresses(of: "localhost").contains { $0.reach == .loopback })
        #expect(await SystemNames.addresses(of: "printlapse-test.invalid").isEmpty)
    }
}
