import Export
import Foundation
import Gallery
import Vocabulary

/// The timelapses that were made for the gallery, and those that are waiting: one is made at a time.
///
/// What is listed lies in a file beside them, so that it is there after a restart; what a restart cut says so.
actor ServedTimelapses {
    private let folder: String
    private let maker: TimelapseMaker
    /// The newest first.
    private(set) var timelapses: [GalleryTimelapse]
    private var trial: Task<TimelapsePlan, any Error>?
    private var atWork: (id: String, task: Task<Void, Never>)?
    private var news: @Sendable (GalleryTimelapse) -> Void = { _ in }

    private static let mostWaiting = 16
    private static let listed = "timelapses.json"

    /// - Throws: where what is listed cannot be read.
    init(in folder: String, maker: TimelapseMaker) throws {
        (self.folder, self.maker) = (folder, maker)
        let path = folder + "/" + Self.listed
        let file: PlainFile?
        do { file = try PlainFile(at: path, atMost: 16 << 20) } catch {
            throw CommandError(
                "\(path) cannot be read: \(error)", hint: "Name another folder with --timelapses.", status: .wrong)
        }
        do {
            timelapses =
                try file.map {
                    try JSONDecoder().decode([StoredTimelapse].self, from: Data($0.bytes)).map {
                        $0.timelapse(in: folder)
                    }
                } ?? []
        } catch {
            throw CommandError(
                "\(path) is no list of timelapses", hint: "Move it away; the timelapses themselves stay.",
                status: .wrong)
        }
    }

    func tell(_ news: @escaping @Sendable (GalleryTimelapse) -> Void) { self.news = news }

    /// - Parameter sizing: one plan at a time tries how large it becomes; a later one ends an earlier one's try, whose size
    ///   is reckoned then.
    func plan(_ options: TimelapseOptions, sizing: SizeEstimation) async throws -> TimelapsePlan {
        guard sizing == .tried else { return try await maker.plan(options, sizing: .reckoned) }
        trial?.cancel()
        let task = Task { try await maker.plan(options, sizing: .tried) }
        trial = task
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch is CancellationError {
            try Task.checkCancellation()
            return try await maker.plan(options, sizing: .reckoned)
        }
    }

    /// Plans it, so that what cannot be is told at once, and lets it wait. How large others would become is tried no longer.
    func make(_ options: TimelapseOptions) async throws -> GalleryTimelapse {
        trial?.cancel()
        guard timelapses.count(where: { $0.state == .queued }) < Self.mostWaiting else { throw GalleryFailure.busy }
        let plan = try await maker.plan(options, sizing: .reckoned)
        let name = try await maker.name(of: options)
        var timelapse = GalleryTimelapse(
            id: String(UInt64.random(in: .min ... .max), radix: 36), name: name + "." + options.ending,
            createdAt: .wallClock, options: options)
        timelapse.poster = plan.last
        timelapses.insert(timelapse, at: 0)
        changed(timelapse)
        beginNext()
        return timelapse
    }

    /// - Returns: `nil` where it is neither waiting nor being made.
    func cancel(_ id: String) async -> GalleryTimelapse? {
        guard let place = place(of: id) else { return nil }
        switch timelapses[place].state {
        case .queued: update(id) { $0.state = .cancelled }
        case .rendering:
            guard let atWork, atWork.id == id else { return nil }
            atWork.task.cancel()
            await atWork.task.value
        case .made, .failed, .cancelled: return nil
        }
        return self.place(of: id).map { timelapses[$0] }
    }

    /// - Returns: `false` where it is waiting or being made.
    func delete(_ id: String) -> Bool {
        guard let place = place(of: id), ![.queued, .rendering].contains(timelapses[place].state) else { return false }
        if let path = timelapses[place].path { unlink(path) }
        timelapses.remove(at: place)
        save()
        return true
    }

    // MARK: - One after another

    private func beginNext() {
        guard atWork == nil, let next = timelapses.last(where: { $0.state == .queued }) else { return }
        atWork = (next.id, Task { await self.make(next) })
    }

    private func make(_ timelapse: GalleryTimelapse) async {
        let id = timelapse.id
        let begun = ContinuousClock.now
        update(id) { $0.state = .rendering }
        let (reports, report) = AsyncStream.makeStream(of: ExportProgress.self, bufferingPolicy: .bufferingNewest(1))
        let watch = Task {
            for await progress in reports {
                self.progressed(id, progress, after: ContinuousClock.now - begun)
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let path = await FreeName.path(for: timelapse.name, in: folder, isTaken: { FreeName.isThere($0) })
            let result = try await maker.make(timelapse.options, at: path) { report.yield($0) }
            update(id) { timelapse in
                timelapse.state = .made
                timelapse.name = URL(filePath: path).lastPathComponent
                timelapse.path = path
                (timelapse.bytes, timelapse.frames) = (result.bytes, result.frames)
                timelapse.framesDone = timelapse.framesTotal
                timelapse.secondsLeft = nil
                guard let video = result.video else { return }
                (timelapse.seconds, timelapse.size) = (Double(video.duration.milliseconds) / 1000, video.size)
            }
        } catch is CancellationError {
            update(id) { $0.state = .cancelled }
        } catch GalleryFailure.refused(let detail, let hint) {
            update(id) { ($0.state, $0.problem, $0.hint) = (.failed, detail, hint) }
        } catch {
            update(id) { ($0.state, $0.problem) = (.failed, "It could not be made: \(error)".asSentence) }
        }
        report.finish()
        watch.cancel()
        atWork = nil
        beginNext()
    }

    private func progressed(_ id: String, _ progress: ExportProgress, after spent: Duration) {
        guard let place = place(of: id), timelapses[place].state == .rendering else { return }
        timelapses[place].framesDone = progress.framesDone
        timelapses[place].framesTotal = progress.framesTotal
        let share = Double(progress.framesDone) / Double(max(1, progress.framesTotal))
        timelapses[place].secondsLeft = share > 0.02 ? spent / .seconds(1) * (1 - share) / share : nil
        news(timelapses[place])
    }

    // MARK: - The list

    private func place(of id: String) -> Int? { timelapses.firstIndex { $0.id == id } }

    private func update(_ id: String, _ change: (inout GalleryTimelapse) -> Void) {
        guard let place = place(of: id) else { return }
        change(&timelapses[place])
        changed(timelapses[place])
    }

    private func changed(_ timelapse: GalleryTimelapse) {
        save()
        news(timelapse)
    }

    private func save() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try encoder.encode(timelapses.map(StoredTimelapse.init))
                .write(to: URL(filePath: folder).appending(path: Self.listed), options: .atomic)
        } catch {
            StandardError.write("printlapse: the list of timelapses cannot be written: \(error)")
        }
    }
}

/// A timelapse as the list keeps it.
private struct StoredTimelapse: Codable {
    let id: String
    let file: String
    let state: GalleryTimelapse.State
    let createdAt: Int64
    let options: TimelapseOptions
    let bytes: Int64?
    let seconds: Double?
    let frames: Int?
    let width: Int?
    let height: Int?
    let poster: Int64?
    let problem: String?
    let hint: String?

    init(_ timelapse: GalleryTimelapse) {
        (id, file, state) = (timelapse.id, timelapse.name, timelapse.state)
        (createdAt, options) = (timelapse.createdAt.milliseconds, timelapse.options)
        (bytes, seconds, frames) = (timelapse.bytes?.bytes, timelapse.seconds, timelapse.frames)
        (width, height, poster) = (timelapse.size?.width, timelapse.size?.height, timelapse.poster?.number)
        (problem, hint) = (timelapse.problem, timelapse.hint)
    }

    func timelapse(in folder: String) -> GalleryTimelapse {
        var timelapse = GalleryTimelapse(
            id: id, name: file, createdAt: Timestamp(milliseconds: createdAt), options: options)
        timelapse.state = state
        (timelapse.problem, timelapse.hint) = (problem, hint)
        if state == .queued || state == .rendering {
            timelapse.state = .failed
            timelapse.problem = "The program ended before it was made."
            timelapse.hint = "Make it again."
        }
        if state == .made { timelapse.path = folder + "/" + file }
        (timelapse.bytes, timelapse.seconds, timelapse.frames) = (bytes.map { ByteCount($0) }, seconds, frames)
        if let width, let height { timelapse.size = PixelSize(width: width, height: height) }
        timelapse.poster = poster.map(FrameID.init)
        return timelapse
    }
}
