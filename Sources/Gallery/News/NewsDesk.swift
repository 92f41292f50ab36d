internal import Catalog
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// Learns what is new in the archive, for all visitors together, while anybody listens.
///
/// Where the program stores frames itself it tells of each; else what is behind the newest one is one small question, asked five
/// times a second: a frame is told within 200 ms of its commit.
struct NewsDesk: Sendable {
    let gallery: Gallery

    private static let pause = Duration.milliseconds(200)
    /// States change without a frame, too: time alone makes a camera silent.
    private static let pausesBetweenStates = 10
    private static let pausesBetweenComments = 75
    private static let pausesBetweenStatus = 50

    private struct Known {
        /// As they were told last.
        var cameras: [CameraName: ByteBuffer] = [:]
        var prints: [Int64: ByteBuffer] = [:]
        var status: ByteBuffer?
        /// The newest, by its number in the log.
        var alert: Int64?
    }

    /// Looks until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await lookForStates() }
            group.addTask { await gallery.program.tellsFrames ? hearOfFrames() : lookForFrames() }
        }
    }

    private func lookForStates() async {
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
        if round % Self.pausesBetweenStates == 0 {
            try await tellCameras(&known)
            try await tellAlerts(&known)
        }
        if round % Self.pausesBetweenStatus == 0 { try await tellStatus(&known) }
    }

    private func lookForFrames() async {
        var newest: FrameID?
        while !Task.isCancelled {
            if gallery.news.isHeard {
                try? await tellFrames(behind: &newest)
            } else {
                newest = nil
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func hearOfFrames() async {
        var newest: FrameID?
        for await frame in gallery.frameNews {
            if gallery.news.isHeard {
                newest = newest ?? FrameID(frame.number - 1)
                try? await tellFrames(behind: &newest)
            } else {
                newest = frame
            }
            // What comes meanwhile is told together.
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Of each camera the newest alone: more than five a second nobody sees.
    private func tellFrames(behind newest: inout FrameID?) async throws {
        guard let known = newest else {
            newest = try await gallery.catalog.newestFrame() ?? FrameID(0)
            return
        }
        let frames = try await gallery.catalog.frames(behind: known, limit: 500)
        guard let last = frames.last else { return }
        newest = last.id
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

    private func tellAlerts(_ known: inout Known) async throws {
        let newest = try await gallery.catalog.alertLog(limit: 20)
        if let last = known.alert {
            for (id, alert) in newest.reversed() where id > last { gallery.news.tell("alert", alert) }
        }
        known.alert = newest.first?.id ?? 0
    }

    private func tellStatus(_ known: inout Known) async throws {
        let status = try await gallery.program.status(of: try await gallery.cards().map(\.camera)).fieldValue
        let told = try JSON.bytes(status)
        if known.status != nil, known.status != told { gallery.news.tell("status", status) }
        known.status = told
    }
}
