internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A server on loopback that answers with scripted raw bytes, whatever is asked, and records what arrived.
///
/// The n-th request gets the n-th answer; when they are used up the last one is repeated.
package final class ScriptedServer: Sendable {
    package let port: Int
    private let listener: any Channel
    private let record: Record

    /// - Parameter identity: makes it a TLS server.
    package static func start(
        _ answers: [ScriptedAnswer], identity: ServerIdentity? = nil
    ) async throws -> ScriptedServer {
        let record = Record(answers: answers)
        let context = try identity.map { try NIOSSLContext(configuration: $0.configuration) }
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(ScriptedConnection(record: record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(listener: listener, record: record)
    }

    private init(listener: any Channel, record: Record) {
        self.listener = listener
        self.record = record
        port = listener.localAddress?.port ?? 0
    }

    /// `http://127.0.0.1:PORT`
    package var url: String { "http://127.0.0.1:\(port)" }

    /// The heads of the requests so far, as they arrived, in order.
    package var requests: [ScriptedRequest] { record.requests }

    /// How many connections were accepted.
    package var connections: Int { record.connections }

    /// Closes the listener and every connection.
    package func stop() async {
        try? await listener.close()
        for channel in record.takeChannels() { try? await channel.close() }
    }

    /// Runs `body` with a server that is stopped afterwards.
    package static func with<Result>(
        _ answers: ScriptedAnswer..., identity: ServerIdentity? = nil,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let server = try await start(answers, identity: identity)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }
}

/// A request as it arrived.
package struct ScriptedRequest: Sendable {
    /// The head with its line ends, up to and including the empty line.
    package let head: String
    /// As long as its `Content-Length` says.
    package let body: String

    /// The request line's first word.
    package var method: String { String(head.prefix { $0 != " " }) }

    /// The request line's target, byte for byte.
    package var target: String {
        let words = head.split(separator: "\r\n").first?.split(separator: " ") ?? []
        return words.count > 1 ? String(words[1]) : ""
    }

    /// The first header of a name, in any case.
    package func header(_ name: String) -> String? {
        head.split(separator: "\r\n").dropFirst().lazy.compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
            return parts[1].drop { $0 == " " }.description
        }.first
    }
}

/// What the connections of one server share.
final class Record: Sendable {
    private struct State {
        var answers: [ScriptedAnswer]
        var requests: [ScriptedRequest] = []
        var connections = 0
        var channels: [ObjectIdentifier: any Channel] = [:]
    }

    private let state: Mutex<State>

    init(answers: [ScriptedAnswer]) {
        state = Mutex(State(answers: answers.isEmpty ? [.silence] : answers))
    }

    var requests: [ScriptedRequest] { state.withLock { $0.requests } }
    var connections: Int { state.withLock { $0.connections } }

    func opened(_ channel: any Channel) {
        state.withLock {
            $0.connections += 1
            $0.channels[ObjectIdentifier(channel)] = channel
        }
    }

    func closed(_ channel: any Channel) {
        _ = state.withLock { $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    func takeChannels() -> [any Channel] {
        state.withLock { state in
            defer { state.channels = [:] }
            return Array(state.channels.values)
        }
    }

    /// Notes a request and says what to answer.
    func answer(to request: ScriptedRequest) -> ScriptedAnswer {
        state.withLock { state in
            state.requests.append(request)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
    }
}
