internal import Archive
internal import GRDB
package import Vocabulary

/// How a camera stands: what `status` and a card say of it.
package struct CameraStanding: Sendable {
    package let camera: CameraName
    /// The newest that begin by now, the newest first; at most 200.
    package internal(set) var runs: [LedgerRun] = []
    /// The last one, where that lies ahead of now: the clock was wrong, or is.
    package internal(set) var runAhead: LedgerRun?
    /// The newest.
    package internal(set) var frame: ArchivedFrame?
    /// The newest of which the picture can be had here: an older one, or none, where newer ones are with their machine alone.
    package internal(set) var shown: ArchivedFrame?
    /// The other machine that it belongs to; `nil` for this archive's own.
    package internal(set) var machine: String?
    /// When the newest was captured that is not ahead of now.
    package internal(set) var lastCapturedAt: Timestamp?
    /// The newest.
    package internal(set) var reading: UsageReading?
    /// The newest one that is not over.
    package internal(set) var print: ArchivedPrint?
    /// Since when the newest one runs that is not held.
    package internal(set) var printingSince: Timestamp?
}

extension Catalog {
    /// Cameras that are read from one state of the archive: it takes some milliseconds.
    private static let together = 100

    /// How cameras stand, in the order of `cameras`.
    ///
    /// - Parameter known: how some of them stood a while ago. Their runs of before are taken from there: what changes in the ledger
    ///   is its end, unless somebody mends it.
    package func standings(
        of cameras: [CameraName], at now: Timestamp, since known: [CameraName: CameraStanding] = [:]
    ) async throws -> [CameraStanding] {
        var standings: [CameraStanding] = []
        for begin in stride(from: 0, to: cameras.count, by: Self.together) {
            let part = cameras[begin..<min(begin + Self.together, cameras.count)]
            standings += try await read { database in
                // All at once: a question for one camera's goes through the others' as well.
                let prints = Dictionary(grouping: try PrintQuery(states: [.printing, .paused]).prints(in: database)) {
                    $0.camera
                }
                let ends = try CameraEnds(of: part, before: now, in: database)
                let followed = try FollowedTable.cameras(in: database)
                return try part.map { camera in
                    var standing = try CameraStanding(camera, at: now, since: known[camera], ends, in: database)
                    if let (number, machine) = followed[camera] {
                        standing.machine = machine
                        standing.shown = try FollowedTable.newestReadable(ofCamera: number, in: database).flatMap {
                            try FrameTable.frame($0, in: database)
                        }
                    }
                    standing.print = prints[camera]?.first
                    standing.printingSince = prints[camera]?.first { $0.state == .printing }?.startedAt
                    return standing
                }
            }
        }
        return standings
    }
}

extension CameraStanding {
    /// More runs than outcomes change in a usual failure; where they are not enough the failure seems younger.
    private static let mostRuns = 200

    /// All but its prints.
    fileprivate init(
        _ camera: CameraName, at now: Timestamp, since known: CameraStanding?, _ ends: CameraEnds, in database: Database
    ) throws {
        self.init(camera: camera)
        let soon = now + .milliseconds(1)
        runs =
            try known?.runsContinued(to: ends.runs[camera], in: database)
            ?? TimelineQuery(camera: camera, limit: Self.mostRuns, order: .newestFirst).runs(in: database)
        if let last = runs.first, last.from > now {
            runAhead = last
            runs = try TimelineQuery(camera: camera, until: soon, limit: Self.mostRuns, order: .newestFirst)
                .runs(in: database)
        }
        frame = ends.frames[camera]
        shown = frame
        lastCapturedAt = frame?.capturedAt
        if let last = lastCapturedAt, last > now {
            lastCapturedAt = try FrameQuery(camera: camera, until: soon, limit: 1, order: .newestFirst)
                .frames(in: database).first?.capturedAt
        }
        reading = ends.readings[camera]
    }

    /// The newest runs, of which those are read that may have changed: the last one that is known, and what came behind it.
    ///
    /// - Parameter end: the newest of now.
    /// - Returns: `nil` where that one is gone, or there was none.
    private func runsContinued(to end: LedgerRun?, in database: Database) throws -> [LedgerRun]? {
        guard runAhead == nil, let newest = runs.first else { return nil }
        if let end, end.from == newest.from, end.outcome == newest.outcome { return [end] + runs.dropFirst() }
        let read = try TimelineQuery(camera: camera, since: newest.from, limit: Self.mostRuns, order: .newestFirst)
            .runs(in: database)
        guard let place = read.firstIndex(where: { $0.from == newest.from && $0.outcome == newest.outcome }) else {
            return nil
        }
        return Array((read[...place] + runs.dropFirst()).prefix(Self.mostRuns))
    }
}
