import Catalog
import Foundation
import Storage
import Timelapses
import Vocabulary

/// Follows rules: plans what is due, makes one after another, and removes what a rule does not keep. There is one for an archive at
/// a time: it holds the archive in the role for it.
struct TimelapseWorkshop: Sendable {
    typealias Render =
        @Sendable (
            _ timelapse: ArchivedTimelapse, _ setup: TimelapseSetup, _ paths: [String], _ replaces: Bool
        ) async throws(TimelapseFailure) -> RenderedTimelapse

    let archive: FrameArchive
    let catalog: Catalog
    let setups: [TimelapseSetup]
    /// For how long cameras go on after a print.
    var postRolls: [CameraName: Duration] = [:]
    let now: @Sendable () -> Timestamp
    let render: Render
    /// Is told what became of each, once it is in the archive.
    var tell: @Sendable (ArchivedTimelapse) -> Void = { _ in }

    var rules: Set<String> { Set(setups.map(\.rule.name)) }

    /// Plans and makes what is due, until nothing is or the task is cancelled.
    ///
    /// - Returns: when something is due next, as far as the clock alone tells.
    func work() async throws -> Timestamp? {
        while !Task.isCancelled {
            try await plan()
            guard let next = try await queue().next(at: now(), of: rules) else { break }
            try await make(next)
        }
        let planned = setups.compactMap { TimelapsePlanner($0.rule).nextInstant(after: now()) }
        return (planned + [try await queue().nextInstant(after: now(), of: rules)].compactMap(\.self)).min()
    }

    /// Enters all that is due and not entered yet.
    func plan() async throws {
        for setup in setups { try await plan(setup.rule) }
    }

    /// What waits, with what a program before this one left in the midst of being made: nobody else makes any now.
    private func queue() async throws -> TimelapseQueue {
        TimelapseQueue(try await catalog.unfinishedTimelapses(), at: now())
    }

    // MARK: - Planning

    private func plan(_ rule: TimelapseRule) async throws {
        let now = now()
        var planner = TimelapsePlanner(rule)
        planner.postRolls = postRolls
        let noted = try archive.standing(ofRule: rule.name)
        var standing = noted ?? RuleStanding(from: now)
        standing.heed(clockAt: now)
        var due: [ArchivedTimelapse] = []
        switch rule.occasion {
        case .afterPrint: due = try await prints(planner, standing, now)
        case .every: due = try await periods(planner, &standing, now)
        case .rolling: due = try await renewals(planner, now)
        }
        guard !due.isEmpty || standing != noted else { return }
        try await archive.plan(due, rule: rule.name, standing: standing)
    }

    private func prints(
        _ planner: TimelapsePlanner, _ standing: RuleStanding, _ now: Timestamp
    ) async throws -> [ArchivedTimelapse] {
        var due: [ArchivedTimelapse] = []
        for print in try await catalog.printsNotMade(
            by: planner.rule.name, since: standing.since, of: planner.rule.takes)
        {
            guard let print = FinishedPrint(print) else { continue }
            let known = try await catalog.timelapse(of: .print(print.id), rule: planner.rule.name, camera: print.camera)
            if let timelapse = planner.timelapse(of: print, known: known, standing: standing, at: now) {
                due.append(timelapse)
            }
        }
        return due
    }

    private func periods(
        _ planner: TimelapsePlanner, _ standing: inout RuleStanding, _ now: Timestamp
    ) async throws -> [ArchivedTimelapse] {
        let periods = planner.periods(standing: standing, at: now)
        guard let last = periods.last else { return [] }
        var due: [ArchivedTimelapse] = []
        for camera in try await catalog.cameraNames() where planner.rule.takes(camera) {
            guard let newest = try await catalog.newestCapture(of: camera) else { continue }
            for period in periods where period.lowerBound <= newest {
                let frames = try await catalog.frames(of: camera, in: period, atMost: planner.rule.leastFrames)
                guard let timelapse = planner.timelapse(of: period, camera: camera, frames: frames, at: now),
                    try await catalog.timelapse(of: timelapse.subject, rule: planner.rule.name, camera: camera) == nil
                else { continue }
                due.append(timelapse)
            }
        }
        standing.planned(until: last.upperBound)
        return due
    }

    private func renewals(_ planner: TimelapsePlanner, _ now: Timestamp) async throws -> [ArchivedTimelapse] {
        guard let window = planner.window(at: now) else { return [] }
        var due: [ArchivedTimelapse] = []
        for camera in try await catalog.cameraNames() where planner.rule.takes(camera) {
            let known = try await catalog.timelapse(of: .rolling, rule: planner.rule.name, camera: camera)
            let seen = known.map { min(max($0.until, window.lowerBound), window.upperBound) } ?? window.lowerBound
            let frames = try await catalog.frames(of: camera, in: window, atMost: planner.rule.leastFrames)
            // One of a time to come is made anew in any case.
            let isOfFuture = known.map { $0.until > now } ?? false
            let new =
                isOfFuture ? frames : try await catalog.frames(of: camera, in: seen..<window.upperBound, atMost: 1)
            if let timelapse = planner.timelapse(
                of: window, camera: camera, known: known, newFrames: new, frames: frames, at: now)
            {
                due.append(timelapse)
            }
        }
        return due
    }

    // MARK: - Making

    /// Makes one, and notes what became of it.
    ///
    /// - Throws: `CancellationError` where the task was cancelled; then it waits as before.
    @discardableResult
    func make(_ waiting: ArchivedTimelapse) async throws -> ArchivedTimelapse {
        guard let setup = setups.first(where: { $0.rule.name == waiting.rule }) else { return waiting }
        var timelapse = waiting
        let (files, replaces) = try await files(for: timelapse, setup)
        timelapse.begin(as: files)
        try await archive.update(timelapse)
        do throws(TimelapseFailure) {
            let made = try await render(timelapse, setup, files.map(\.path), replaces)
            timelapse.finish(
                files: made.files, poster: made.poster, frames: made.frames, length: made.length, at: now())
        } catch {
            switch error {
            case .failed(let reason, let hint): timelapse.fail(reason, hint: hint, at: now())
            case .nothing(let reason): timelapse.skip(because: reason)
            case .interrupted:
                timelapse.putBack(at: now())
                try await archive.update(timelapse)
                throw CancellationError()
            }
        }
        try await archive.update(timelapse)
        tell(timelapse)
        if timelapse.state == .made { try await tidy(setup.rule) }
        return timelapse
    }

    /// What it is called: as before, where it was begun before in the same folder; else as nothing there is.
    ///
    /// - Returns: also whether what stands under these names is its own.
    private func files(
        for timelapse: ArchivedTimelapse, _ setup: TimelapseSetup
    ) async throws -> ([ArchivedTimelapse.File], replaces: Bool) {
        let rule = setup.rule
        let print = try await printOf(timelapse)
        let names = rule.names.map {
            $0.name(rule: rule.name, camera: timelapse.camera, since: timelapse.since, print: print, in: rule.timeZone)
        }
        var isOwn = timelapse.files.count == names.count
        for file in timelapse.files {
            let folder = URL(filePath: file.path).deletingLastPathComponent().path
            let holders = try await catalog.timelapses(holding: file.path)
            if folder != URL(filePath: rule.folder).path || holders.contains(where: { $0 != timelapse.id }) {
                isOwn = false
            }
        }
        if isOwn { return (timelapse.files.map { .init(path: $0.path) }, true) }
        var files: [ArchivedTimelapse.File] = []
        for name in names {
            let path = try await FreeName.path(for: name, in: rule.folder) { [files] path in
                // A second attempt replaces what the first one named, and the poster beside it.
                if ([path] + [setup.poster(beside: path)].compactMap(\.self)).contains(where: FreeName.isThere)
                    || files.contains(where: { $0.path == path })
                {
                    return true
                }
                return try await !catalog.timelapses(holding: path).isEmpty
            }
            files.append(.init(path: path))
        }
        return (files, false)
    }

    private func printOf(_ timelapse: ArchivedTimelapse) async throws -> (number: Int64, name: String?)? {
        guard let number = timelapse.print else { return nil }
        return (number, try await catalog.print(number)?.name)
    }

    // MARK: - Keeping

    /// Removes what a rule does not keep.
    func tidy(_ rule: TimelapseRule) async throws {
        for timelapse in rule.keeping.removals(among: try await catalog.madeTimelapses(rule: rule.name), at: now()) {
            var timelapse = timelapse
            timelapse.removeFiles()
            timelapse.remove()
            try await archive.update(timelapse)
            tell(timelapse)
        }
    }
}

extension FinishedPrint {
    /// - Returns: `nil` where it is not over.
    init?(_ print: ArchivedPrint) {
        guard let endedAt = print.endedAt else { return nil }
        self.init(
            id: print.id, camera: print.camera, name: print.name, state: print.state, startedAt: print.startedAt,
            endedAt: endedAt, frames: print.frames, isExcluded: print.excluded)
    }
}
