internal import Catalog
internal import Formats
internal import FoundationEssentials
internal import NIOCore
internal import NIOPosix
internal import Vocabulary

/// Learns what is new in the archive, for all visitors together, while anybody listens.
///
/// Where the program stores frames itself it tells of each; else what is behind the newest one is one small question, asked four
/// times a second: a frame is told within 250 ms of its commit.
///
/// All this is on a thread of its own, which reads by itself: of a look that finds little, most of the work would be passing it
/// from thread to thread.
struct NewsWatch: Sendable {
    let gallery: Gallery

    private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let thread = LoopExecutor(Self.loops.next())

    private static let frameWriter = JSONRecordWriter<ArchivedFrame>()
    private static let betweenFrames = Duration.milliseconds(250)
    /// States change without a frame, too: time alone makes a camera silent.
    private static let betweenStates = Duration.seconds(2)
    private static let betweenStatus = Duration.seconds(10)
    private static let betweenComments = Duration.seconds(15)

    /// Looks until the task is cancelled.
    func run() async {
        await Catalog.$readsInPlace.withValue(true) {
            await withTaskExecutorPreference(thread) { await lookAtAll() }
        }
    }

    private func lookAtAll() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                if gallery.program.tellsFrames {
                    await hearOfFrames()
                } else {
                    await look(every: Self.betweenFrames, from: NewFrames(), tellFrames)
                }
            }
            group.addTask {
                await look(every: Self.pause(of: gallery.keptCards.last?.count ?? 0), from: CardNews(), tellCameras)
            }
            group.addTask {
                // That may take a while, for which no frame is to wait.
                await Catalog.$readsInPlace.withValue(false) {
                    await look(every: Self.betweenStatus, from: nil, tellStatus)
                }
            }
            group.addTask { await look(every: Self.betweenStates, from: Doings(), tellDoings) }
            group.addTask {
                while await thread.wait(Self.betweenComments) { gallery.news.keepOpen() }
            }
        }
    }

    /// - Parameter beginning: what is known when somebody listens again.
    private func look<Known: Sendable>(
        every pause: @autoclosure () -> Duration, from beginning: Known, _ body: (inout Known) async throws -> Void
    ) async {
        var known = beginning
        repeat {
            if gallery.news.isHeard {
                // An archive that is away for a moment is asked again.
                try? await body(&known)
            } else {
                known = beginning
            }
        } while await thread.wait(pause())
    }

    /// Between two looks at the states of so many cameras: a page that nobody touches costs little, of however many it tells.
    static func pause(of cameras: Int) -> Duration {
        min(max(betweenStates, .milliseconds(80) * cameras), .seconds(10))
    }

    private func hearOfFrames() async {
        var known: NewFrames?
        for await frame in gallery.frameNews {
            if gallery.news.isHeard {
                var frames = known ?? NewFrames(behind: FrameID(frame.number - 1))
                try? await tellFrames(&frames)
                known = frames
            } else {
                known = NewFrames(behind: frame)
            }
            // What comes meanwhile is told together.
            guard await thread.wait(Self.betweenFrames) else { return }
        }
    }

    /// Of each camera the newest alone: more than five a second nobody sees.
    func tellFrames(_ known: inout NewFrames) async throws {
        gallery.news.tell("frame", lines: try await known.next(in: gallery.catalog).map(Self.frameWriter.bytes))
    }

    func tellCameras(_ known: inout CardNews) async throws {
        for news in known.news(in: try await gallery.cards(isFresh: true), at: .wallClock) {
            switch news {
            case .camera(let card): gallery.news.tell("camera", card)
            case .print(let print): gallery.news.tell("print", PrintCard(print, poster: nil))
            case .printOver(let id):
                guard let print = try await gallery.catalog.print(id) else { continue }
                gallery.news.tell("print", PrintCard(print, poster: nil))
            }
        }
    }

    /// What is known of what the program does by itself.
    private struct Doings: Sendable {
        var alert: Int64?
        var verification: ByteBuffer?
        var timelapses: [Int64: ArchivedTimelapse]?
    }

    private func tellDoings(_ known: inout Doings) async throws {
        // Each as far as it can be asked.
        try? await tellAlerts(&known.alert)
        try? await tellVerification(&known.verification)
        try? await gallery.tellTimelapses(&known.timelapses)
    }

    /// - Parameter known: the newest, by its number in the log.
    private func tellAlerts(_ known: inout Int64?) async throws {
        let newest = try await gallery.catalog.alertLog(behind: known, limit: known == nil ? 1 : 20)
        if known != nil {
            for (_, alert) in newest.reversed() { gallery.news.tell("alert", alert) }
        }
        known = newest.first?.id ?? known ?? 0
    }

    /// A check is another process's: it is known by what it notes beside the archive.
    func tellVerification(_ known: inout ByteBuffer?) async throws {
        let verification = try await gallery.program.verification()
        let told = try JSON.bytes(verification)
        // Who begins to listen may have asked before a short check that is over by now.
        let isNews = known == nil ? verification.last != nil || verification.running != nil : known != told
        if isNews { gallery.news.tell("verify", verification) }
        known = told
    }

    func tellStatus(_ known: inout ByteBuffer?) async throws {
        let status = try await gallery.program.status(of: try await gallery.cards().map(\.camera))
            .fieldValue(without: "cameras")
        let told = try JSON.bytes(status)
        if known != nil, known != told { gallery.news.tell("status", status) }
        known = told
    }
}

/// Which frames were stored since somebody looked.
struct NewFrames: Sendable {
    private var newest: FrameID?

    /// - Parameter newest: the last one that is known; `nil` where it is to be looked for.
    init(behind newest: FrameID? = nil) { self.newest = newest }

    /// Frames of the last seconds are told to whom begins to listen, too: his page may have been asked for before them.
    private static let recent = Duration.seconds(5)
    private static let recentFrames: Int64 = 400

    /// Of each camera the newest one that is new.
    mutating func next(in catalog: Catalog) async throws -> [ArchivedFrame] {
        let begins = newest == nil
        if newest == nil {
            newest = FrameID(max(0, (try await catalog.newestFrame()?.number ?? 0) - Self.recentFrames))
        }
        guard let behind = newest else { return [] }
        var frames = try await catalog.frames(behind: behind, limit: 500)
        guard let last = frames.last else { return [] }
        newest = last.id
        if begins {
            let now = Timestamp.wallClock
            frames.removeAll { now - $0.capturedAt > Self.recent }
        }
        var newestOfCamera: [CameraName: ArchivedFrame] = [:]
        for frame in frames { newestOfCamera[frame.camera] = frame }
        return newestOfCamera.values.sorted { $0.id < $1.id }
    }
}
