internal import Catalog
internal import Foundation
internal import Vocabulary

/// Timelapses that rules had made, or wait to: they stand in the archive, and another process may make them.
extension Gallery {
    /// No more are listed; those that were made longest ago are left out.
    private static let mostOfRules = 500
    private static let shown: Set<ArchivedTimelapse.State> = [.waiting, .making, .made]

    /// All of them, whoever had them made, the newest first.
    func timelapses() async throws -> [GalleryTimelapse] {
        let ofRules = try await catalog.timelapses(Self.shown, limit: Self.mostOfRules)
        let all = try await program.timelapses() + withPosters(ofRules)
        return all.sorted { $0.createdAt > $1.createdAt }
    }

    /// - Parameter isShown: whether it is asked for its poster, too.
    /// - Returns: `nil` where there is none.
    func timelapse(_ id: String, isShown: Bool = true) async throws -> GalleryTimelapse? {
        guard let number = GalleryTimelapse.number(ofRules: id) else {
            return try await program.timelapses().first { $0.id == id }
        }
        guard let timelapse = try await catalog.timelapse(number), Self.shown.contains(timelapse.state) else {
            return nil
        }
        return isShown ? try await withPosters([timelapse]).first : GalleryTimelapse(timelapse)
    }

    /// Tells of those that have changed.
    ///
    /// - Parameter known: the newest as they were; `nil` where nobody knows any.
    func tellTimelapses(_ known: inout [Int64: ArchivedTimelapse]?) async throws {
        let newest = try await catalog.timelapses(Self.shown, limit: 50)
        let before = known
        known = Dictionary(newest.map { ($0.id, $0) }) { first, _ in first }
        guard let before else { return }
        for timelapse in try await withPosters(newest.filter { before[$0.id] != $0 }) {
            news.tell("timelapse", timelapse)
        }
    }

    /// Those that are films, or will be.
    private func withPosters(_ timelapses: [ArchivedTimelapse]) async throws -> [GalleryTimelapse] {
        let ofPrints = try await catalog.posters(of: timelapses.compactMap(\.print))
        let ofPeriods = try await lastFrames(ofPeriods: timelapses.filter { $0.print == nil })
        return timelapses.compactMap { timelapse in
            guard var film = GalleryTimelapse(timelapse) else { return nil }
            let last = timelapse.print.map { ofPrints[$0] } ?? ofPeriods[timelapse.id]
            film.poster = last.flatMap { $0.capturedAt >= timelapse.since ? $0.id : nil }
            return film
        }
    }

    /// By the timelapses' numbers; one question a camera.
    private func lastFrames(ofPeriods timelapses: [ArchivedTimelapse]) async throws -> [Int64: ArchivedFrame] {
        var last: [Int64: ArchivedFrame] = [:]
        for (camera, ofCamera) in Dictionary(grouping: timelapses, by: \.camera) {
            let frames = try await catalog.frames(of: camera, before: ofCamera.map(\.until))
            for (timelapse, frame) in zip(ofCamera, frames) { last[timelapse.id] = frame }
        }
        return last
    }
}

extension GalleryTimelapse {
    private static let prefix = "rule-"

    /// The archive's number of one that a rule had made, by the name that it has here.
    package static func number(ofRules id: String) -> Int64? {
        id.hasPrefix(prefix) ? Int64(id.dropFirst(prefix.count)) : nil
    }

    /// - Returns: `nil` where it is none that a page can play.
    init?(_ timelapse: ArchivedTimelapse) {
        let film = timelapse.files.first { TimelapseOptions.Format(ofFile: $0.path) != nil }
        guard film != nil || timelapse.files.isEmpty else { return nil }
        var options = TimelapseOptions()
        (options.camera, options.print) = (timelapse.camera, timelapse.print)
        if timelapse.print == nil { (options.since, options.until) = (timelapse.since, timelapse.until) }
        options.format = film.flatMap { TimelapseOptions.Format(ofFile: $0.path) }
        self.init(
            id: Self.prefix + "\(timelapse.id)",
            name: film.map { URL(filePath: $0.path).lastPathComponent }
                ?? timelapse.print.map { "\(timelapse.rule), print \($0)" } ?? timelapse.rule,
            createdAt: timelapse.madeAt ?? timelapse.dueAt, options: options)
        rule = timelapse.rule
        // One that is made anew is there meanwhile.
        if timelapse.madeAt != nil, let film {
            (state, path, bytes) = (.made, film.path, film.bytes.map { ByteCount($0) })
            (frames, seconds) = (timelapse.frames, timelapse.length.map { Double($0.milliseconds) / 1000 })
        } else if timelapse.state == .making {
            state = .rendering
        } else if let reason = timelapse.reason {
            (state, problem) = (.failed, reason.withoutFolders.asSentence)
            hint = timelapse.hint?.withoutFolders.asSentence
        }
    }
}

extension TimelapseOptions.Format {
    fileprivate init?(ofFile path: String) {
        self.init(rawValue: URL(filePath: path).pathExtension.lowercased())
    }
}
