import Capture
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Vocabulary

/// The tunnels of a farm and the server that their pictures are on, in a process of their own and as cheap as can be: a thread,
/// pictures that were encoded before, and answers of one write.
///
/// Each tunnel has an origin of its own, as the hosted ones have; the pictures are all on one.
final class FarmServer: Sendable {
    static let argument = "farm-server"
    /// Bytes by which the account's use grows with each usage call: all tunnels are one account's.
    static let used = 1000

    private let pictures: [[UInt8]]
    private let state: Mutex<State>

    private struct State {
        /// Each picture has a Unix second of its own.
        var second = Int(Date().timeIntervalSince1970)
        var usageCalls = 0
        var torn = 0
    }

    private init() {
        let pictures = CameraPictures(width: 640, height: 480)
        self.pictures = (0..<12).map(pictures.picture)
        state = Mutex(State())
    }

    /// Serves until standard input ends, which it does with whoever started it.
    ///
    /// Prints the ports on one line: that of the pictures, then those of the cameras.
    static func run(cameras: Int) async throws {
        DescriptorLimit.raise()
        let server = FarmServer()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let pictures = try await server.listen(.pictures, group)
        var ports = [pictures]
        for number in 0..<cameras {
            ports.append(try await server.listen(.tunnel(number, pictures: pictures), group))
        }
        print(ports.map { "\($0)" }.joined(separator: " "))
        fflush(nil)
        while readLine() != nil {}
        try await group.shutdownGracefully()
    }

    private func listen(_ place: FarmPlace, _ group: MultiThreadedEventLoopGroup) async throws -> Int {
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(HTTPRequestDecoder()), FarmConnection(server: self, place: place))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return listener.localAddress?.port ?? 0
    }

    // MARK: Answers

    func usage() -> String {
        let calls = state.withLock { state in
            state.usageCalls += 1
            return state.usageCalls
        }
        return #"{"total": \#(Self.used * calls), "monthly_cap": 314572800.0, "reset_in_seconds": 864000.0}"#
    }

    func announcement(of camera: Int, pictures port: Int) -> String {
        let second = state.withLock { state in
            state.second += 1
            return state.second
        }
        return #"{"snapshot": "http://127.0.0.1:\#(port)/media/tsd-pics/raw/\#(camera)/1/\#(second).jpg?digest=0"}"#
    }

    /// The picture under a path, which is in it as a comment: no two have the same bytes.
    func picture(of camera: Int, at path: String) -> ByteBuffer {
        let picture = pictures[camera % pictures.count]
        let comment = Array("\(path) \(state.withLock(\.second))".utf8)
        var bytes = ByteBuffer()
        bytes.reserveCapacity(picture.count + comment.count + 4)
        bytes.writeBytes(picture[..<2])
        bytes.writeBytes([0xFF, 0xFE, 0, UInt8(comment.count + 2)])
        bytes.writeBytes(comment)
        bytes.writeBytes(picture[2...])
        guard FarmCamera(number: camera) == .torn else { return bytes }
        let isCut = state.withLock { state in
            state.torn += 1
            return !state.torn.isMultiple(of: 2)
        }
        return isCut ? bytes.getSlice(at: 0, length: bytes.readableBytes / 2) ?? bytes : bytes
    }
}

/// What a port of the farm's server is.
enum FarmPlace {
    case pictures
    case tunnel(Int, pictures: Int)
}
