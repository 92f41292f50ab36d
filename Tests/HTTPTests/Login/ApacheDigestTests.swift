import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP

/// Apache's own idea of Digest, whose module is what many cameras' firmware was tried against.
@Suite(.timeLimit(.minutes(1))) struct `Apache's digest` {
    /// `MD5(camera:cam:canary)`, as htdigest writes it.
    private static let users = "camera:cam:4f1877ecb092118128668778bbf7e500\n"

    private func withApache<Value>(_ body: (Int) async throws -> Value) async throws -> Value {
        let folder = try TemporaryFolder()
        let base = folder.url.path
        // Apache gives up root's rights and has to read its files all the same.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: base)
        let server = try await ScriptedServer.start([])
        let port = server.port
        await server.stop()
        let modules = ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_digest"]
        let configuration = """
            ServerName localhost
            ServerRoot \(base)
            Listen 127.0.0.1:\(port)
            PidFile \(base)/pid
            ErrorLog \(base)/log
            Mutex file:\(base)
            \(modules.map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n"))
            \(getuid() == 0 ? "User nobody\nGroup nogroup" : "")
            DocumentRoot \(base)/pictures
            <Location "/">
                AuthType Digest
                AuthName cam
                AuthDigestDomain /
                AuthUserFile \(base)/users
                Require valid-user
            </Location>
            """
        try FileManager.default.createDirectory(atPath: "\(base)/pictures", withIntermediateDirectories: true)
        for (name, text) in [("conf", configuration), ("users", Self.users), ("pictures/a.jpg", "JPEG")] {
            try text.write(toFile: "\(base)/\(name)", atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(base)/\(name)")
        }
        let apache = Process()
        apache.executableURL = URL(filePath: "/usr/bin/env")
        // One process alone, so that nothing is left when it is killed. It would not hear of SIGTERM, which is blocked here.
        apache.arguments = ["PATH=/usr/sbin:/usr/bin:/bin", "apache2", "-f", "\(base)/conf", "-X"]
        let (ends, end) = AsyncStream<Void>.makeStream()
        apache.terminationHandler = { _ in end.finish() }
        try apache.run()
        let result: Result<Value, any Error>
        do {
            try await waitUntilReady(apache, port, log: "\(base)/log")
            result = .success(try await body(port))
        } catch {
            result = .failure(error)
        }
        kill(apache.processIdentifier, SIGKILL)
        for await _ in ends {}
        return try result.get()
    }

    private func waitUntilReady(_ apache: Process, _ port: Int, log: String) async throws {
        try await withConnections { connections in
            let deadline = ContinuousClock.now + .seconds(20)
            while await httpError({ try await connections.get("http://127.0.0.1:\(port)/") }) != nil {
                guard ContinuousClock.now < deadline, apache.isRunning else {
                    Issue.record("\((try? String(contentsOfFile: log, encoding: .utf8)) ?? "no log")")
                    return
                }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private func fetch(
        _ url: String, times: Int, by connections: HTTPConnections
    ) async throws -> [Result<String, HTTPError>] {
        let (address, given) = try WebAddress.withCredentials(parsing: url, as: .camera)
        let login = Login(given, of: address.origin)
        let fetch = Fetch(
            respondent: .camera, redirects: .sameOrigin, deadline: .seconds(20), limit: ByteCount(1000))
        return await fetch.texts(at: address, times: times, login: login, by: connections)
    }

    private func label(of result: Result<String, HTTPError>) -> String? {
        if case .failure(let error) = result { error.label } else { nil }
    }

    @Test func `lets in whoever knows the password, and nobody else`() async throws {
        try await withApache { port in
            try await withConnections { connections in
                let good = try await fetch(
                    "http://camera:canary@127.0.0.1:\(port)/a.jpg?x=%2f", times: 3, by: connections)
                #expect(good == [.success("JPEG"), .success("JPEG"), .success("JPEG")])
                let wrong = try await fetch("http://camera:wrong@127.0.0.1:\(port)/a.jpg", times: 1, by: connections)
                #expect(label(of: wrong[0]) == "unauthorized")
                let none = try await fetch("http://127.0.0.1:\(port)/a.jpg", times: 1, by: connections)
                #expect(label(of: none[0]) == "login_wanted")
            }
        }
    }
}
