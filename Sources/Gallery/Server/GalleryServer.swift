package import Catalog
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import ServiceLifecycle
internal import Synchronization

/// Serves an archive's pages, until it is asked to end.
package struct GalleryServer: Service {
    private let gallery: Gallery
    private let onListening: @Sendable (GalleryAddress) -> Void

    /// Connections are cheap, and a browser that leaves a page open keeps up to six.
    private static let mostConnections = 2000
    /// What visitors send and are sent is not read and written where a capture in the same process does.
    /// It is never shut down: Hummingbird's servers close their connections in a task of their own, which may begin after
    /// ``run()`` has ended, and a loop that is gone ends the program then.
    private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    /// What writes to visitors all the time goes on where it is sent.
    static let executor = LoopExecutor(loops.next())

    /// - Parameters:
    ///   - program: what it does for the gallery.
    ///   - onListening: told the address once it can be asked, with the port that it has.
    package init(
        of catalog: Catalog, _ settings: GallerySettings, program: any GalleryProgram,
        onListening: @escaping @Sendable (GalleryAddress) -> Void = { _ in }
    ) {
        gallery = Gallery(catalog, settings, program)
        self.onListening = onListening
    }

    /// - Throws: ``GalleryServerError``
    package func run() async throws {
        let (gallery, address, onListening) = (gallery, gallery.settings.address, onListening)
        await gallery.program.tell { gallery.tell($0) }
        let responder = CallbackResponder<GalleryContext> { request, context in
            await gallery.answer(request, from: context.peer, isHere: context.isHere)
        }
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: .seconds(60),
                httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10)))
        let server =
            try gallery.settings.certificate.map {
                try HTTPServerBuilder.tls(plain, tlsConfiguration: try TLSConfiguration(certificate: $0))
            } ?? plain
        let silent = Logger(label: "gallery") { _ in SwiftLogNoOpLogHandler() }
        var application = Application(
            responder: responder, server: server,
            configuration: .init(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections, logger: silent)),
            onServerRunning: { channel in
                onListening(GalleryAddress(host: address.host, port: channel.localAddress?.port ?? address.port))
            }, eventLoopGroupProvider: .shared(Self.loops), logger: silent)
        application.addServices(NewsService(gallery: gallery))
        do {
            try await application.run()
        } catch let error as IOError {
            throw GalleryServerError.cannotListen(at: address, reason: "\(error)")
        }
    }
}

/// Looks for news until the server is asked to end, and then lets listeners go, whom it would wait for otherwise.
private struct NewsService: Service {
    let gallery: Gallery

    func run() async throws {
        let watch = NewsWatch(gallery: gallery)
        await withGracefulShutdownHandler {
            await cancelWhenGracefulShutdown {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await watch.run() }
                    // What coarse timelines are made of, ahead of whoever looks at years. Where it cannot be read, he is told.
                    group.addTask(priority: .background) { try? await gallery.ladder.fill() }
                }
            }
        } onGracefulShutdown: {
            gallery.news.end()
        }
    }
}

struct GalleryContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The visitor's address, without its port.
    let peer: String
    /// Whether the connection is still there.
    let isHere: @Sendable () -> Bool

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        isHere = { [channel = source.channel] in channel.isActive }
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
