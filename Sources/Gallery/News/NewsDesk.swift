internal import Catalog
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// Learns what is new in the archive, for all visitors together, while anybody listens.
///
/// What is behind the newest frame is one small question, asked five times a second: a frame is told within 200 ms of its commit.
struct NewsDesk: Sendable {
    let gallery: Gallery

    private static let pause = Duration.milliseconds(200)
    /// States change without a frame, too: time alone makes a camera silent.
    private static let pausesBetweenStates = 10
    private static let pausesBetweenComments = 75
    private static let pausesBetweenStatus = 50

    private struct Known {
        var newest: FrameID?
        /// As they were told last.
        var cameras: [CameraName: ByteBuffer] = [:]
        var prints: [Int64: ByteBuffer] = [:]
        var status: ByteBuffer?
    }

    /// Looks until the task is cancelled.
    func run() async {
        var known = Known()
        var round = 0
        while !Task.isCancelled {
            round += 1
            if round % Self.pausesBetweenComments == 0 { gallery.news.keepOpen() }
            if gallery.news.isHeard {
                // An archive that is away for a moment is asked again.
                try? await look(&known, round)
            } else {
                known = Known()
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func look(_ known: inout Known, _ round: Int) async throws {
        try await tellFrames(&known)
        if round % Self.pausesBetweenStates == 0 { try await tellCameras(&known) }
        if round % Self.pausesBetweenStatus == 0 { try await tellStatus(&known) }
    }

    /// Of each camera the newest alone: more than five a second nobody sees.
    private func tellFrames(_ known: inout Known) async throws {
        guard let newest = known.newest else {
            known.newest = try await gallery.catalog.newestFrame() ?? FrameID(0)
            return
        }
        let frames = try await gallery.catalog.frames(behind: newest, limit: 500)
        guard let last = frames.last else { return }
        known.newest = last.id
        var newestOfCamera: [CameraName: ArchivedFrame] = [:]
        for frame in frames { newestOfCamera[frame.camera] = frame }
        for frame in newestOfCamera.values.sorted(by: { $0.id < $1.id }) { gallery.news.tell("frame", frame) }
    }

    private func tellCameras(_ known: inout Known) async throws {
        for card in try await gallery.cards(isFresh: true) {
            let state = try JSON.bytes(card.withoutFrame)
            if let before = known.cameras[card.camera.name], before != state { gallery.news.tell("camera", card) }
            known.cameras[card.camera.name] = state
            guard let print = card.print else { continue }
            let told = try JSON.bytes(print)
            if known.prints[print.id] != told {
                if known.prints[print.id] != nil { gallery.news.tell("print", PrintCard(print, poster: nil)) }
                known.prints[print.id] = told
            }
        }
    }

    private func tellStatus(_ known: inout Known) async throws {
        let status = try await gallery.program.status(of: try await gallery.cards().map(\.camera)).fieldValue
        let told = try JSON.bytes(status)
        if known.status != nil, known.status != told { gallery.news.tell("status", status) }
        known.status = told
    }
}
