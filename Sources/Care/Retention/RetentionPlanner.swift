internal import Archive
internal import Deduplication
package import GRDB
package import Vocabulary

/// Finds out what a policy would remove, without removing anything.
///
/// It reads page by page, so a capture may go on beside it, and no snapshot is held for long. Ages and tiers go by stored figures;
/// pictures are decoded only where those are missing, and where frames have to go for want of room.
package struct RetentionPlanner: Sendable {
    private let database: any DatabaseReader
    private let path: String
    private let comparison: PictureComparison

    /// Frames that are read at once.
    private static let pageLength = 4096
    /// Frames that are measured at once.
    private static let measuredAtOnce = 1024

    package init(database: any DatabaseReader, path: String) {
        (self.database, self.path) = (database, path)
        comparison = PictureComparison(database: database, path: path)
    }

    package func plan(_ policy: RetentionPolicy, at now: Timestamp) async throws -> RetentionPlan {
        var plan = RetentionPlan()
        let cameras = try await database.read { database in
            // Those of other machines are theirs to thin out.
            try Row.fetchAll(
                database,
                sql: "SELECT id, name FROM camera WHERE \(FollowedTable.isOwn(cameraIn: "camera.id")) ORDER BY name"
            ).map { row in
                CameraRemovals(camera: try row.value(at: 0), name: try row.cameraName(at: 1))
            }
        }
        let zones = RetentionZones(policy, at: now)
        for camera in cameras { plan.removals.append(try await thinOut(camera, by: policy, zones, &plan.spared)) }

        let space = try await database.read { [path] in try ArchiveSpace(of: path, in: $0) }
        let planned = plan.removals.reduce(0) { sum, camera in
            camera.removals.reduce(sum) { $0 + Int64($1.bytes) + RoomThinning.overhead }
        }
        let deficit = space.deficit(by: policy) - planned
        if deficit > 0 { try await makeRoom(deficit, &plan) }
        plan.entries = plan.removals.flatMap(\.entries)
        return plan
    }

    // MARK: Ages and tiers

    private func thinOut(
        _ camera: CameraRemovals, by policy: RetentionPolicy, _ zones: RetentionZones,
        _ spared: inout [RetentionGuard: Int]
    ) async throws -> CameraRemovals {
        var removals = camera
        var stretch = Stretch()
        try await forEachPage(of: camera.camera, before: zones.end) { page in
            for frame in page {
                if frame.capturedAt < zones.ageLimit, let age = policy.maximumAge {
                    if let protection = frame.protection { spared[protection, default: 0] += 1 }
                    if !frame.isSafe { removals.add(frame, .age(age)) }
                    stretch.before = frame
                    continue
                }
                let bucket = zones.bucket(of: frame.capturedAt)
                if bucket != stretch.bucket {
                    try await settle(&stretch, by: policy, &removals, &spared)
                    stretch.bucket = bucket
                }
                stretch.frames.append(frame)
            }
        }
        try await settle(&stretch, by: policy, &removals, &spared)
        return removals
    }

    /// The frames of the stretch of time that is being read.
    private struct Stretch {
        var bucket: RetentionZones.Bucket?
        var frames: [FrameOutline] = []
        /// The frame before them.
        var before: FrameOutline?
        /// What was new in frames that go right before them.
        var carried = 0
    }

    /// Chooses what goes of a stretch that is read to its end.
    private func settle(
        _ stretch: inout Stretch, by policy: RetentionPolicy, _ removals: inout CameraRemovals,
        _ spared: inout [RetentionGuard: Int]
    ) async throws {
        defer {
            stretch.before = stretch.frames.last ?? stretch.before
            stretch.frames.removeAll(keepingCapacity: true)
        }
        guard let bucket = stretch.bucket, let spacing = policy.tiers[bucket.tier].spacing, stretch.frames.count > 1
        else {
            if !stretch.frames.isEmpty { stretch.carried = 0 }
            return
        }
        try await measure(&stretch)
        let thinning = BucketThinning(stretch.frames, carrying: stretch.carried)
        for index in thinning.removed.sorted() { removals.add(stretch.frames[index], .tier(spacing)) }
        for frame in stretch.frames.filter(\.isSafe).dropFirst() {
            if let protection = frame.protection { spared[protection, default: 0] += 1 }
        }
        stretch.carried = thinning.carried
    }

    /// Looks at the pictures of frames whose change is not stored: those of an older version of the program.
    private func measure(_ stretch: inout Stretch) async throws {
        let unknown = stretch.frames.indices.filter { stretch.frames[$0].change == FrameOutline.unknown }
        var pairs: [(index: Int, pair: PictureComparison.Pair)] = []
        for index in unknown {
            stretch.frames[index].change = FrameOutline.allNew
            guard let before = index > 0 ? stretch.frames[index - 1] : stretch.before else { continue }
            pairs.append((index, PictureComparison.Pair(frame: stretch.frames[index].id, after: before.id)))
        }
        guard !pairs.isEmpty else { return }
        for (pair, change) in zip(pairs, try await comparison.changes(pairs.map(\.pair))) {
            if let change { stretch.frames[pair.index].change = Int16(clamping: change.greatest) }
        }
    }

    // MARK: Room

    private func makeRoom(_ deficit: Int64, _ plan: inout RetentionPlan) async throws {
        var cameras: [[FrameOutline]] = []
        for camera in plan.removals { cameras.append(try await remaining(of: camera)) }
        var thinning = RoomThinning(cameras: cameras, deficit: deficit)
        let lengths = cameras.map(\.count)
        cameras = []

        thinning.removeExcluded()
        while !thinning.isEnough {
            thinning.removeAlike()
            let pairs = thinning.isEnough ? [] : thinning.takeUnmeasured(limit: Self.measuredAtOnce)
            guard !pairs.isEmpty else { break }
            let changes = try await comparison.changes(
                pairs.map { [thinning] pair in
                    PictureComparison.Pair(frame: thinning.frames[pair.index].id, after: thinning.frames[pair.after].id)
                })
            for (pair, change) in zip(pairs, changes) { thinning.learn(change?.greatest, of: pair.index) }
        }
        thinning.removeOldest()

        var ends: [Int] = []
        for length in lengths { ends.append((ends.last ?? 0) + length) }
        for (index, reason) in thinning.removed {
            let camera = ends.firstIndex { index < $0 } ?? 0
            plan.removals[camera].add(thinning.frames[index], reason)
        }
        for camera in plan.removals.indices { plan.removals[camera].sort() }
        // Those that are safe from their age as well were counted before.
        let passedOver = Dictionary(grouping: thinning.passedOver().compactMap(\.protection)) { $0 }
        plan.spared.merge(passedOver.mapValues(\.count), uniquingKeysWith: max)
        plan.shortfall = ByteCount(thinning.deficit)
    }

    /// The frames of a camera that stay by age and tier, without those whose pictures lie in packs. Changes that were
    /// measured against one that goes are unknown, unless they were much.
    private func remaining(of camera: CameraRemovals) async throws -> [FrameOutline] {
        var frames: [FrameOutline] = []
        var going = camera.removals[...]
        var isAfterGap = false
        try await forEachPage(of: camera.camera, before: .max) { page in
            let packed = try await database.read { [id = camera.camera] in
                try FrameOutline.packed(among: page, of: id, in: $0)
            }
            for var frame in page {
                while let first = going.first, first.place < frame.place { going.removeFirst() }
                if going.first?.place == frame.place {
                    isAfterGap = true
                    continue
                }
                if packed.contains(frame.id) {
                    isAfterGap = true
                    continue
                }
                if isAfterGap, frame.change <= RoomThinning.noise { frame.change = FrameOutline.unknown }
                isAfterGap = false
                frames.append(frame)
            }
        }
        return frames
    }

    /// Goes through a camera's frames in the order of time; the newest one of all is marked as safe.
    private func forEachPage(
        of camera: Int64, before end: Int64, _ visit: ([FrameOutline]) async throws -> Void
    ) async throws {
        let newest = try await database.read { database in
            try Int64.fetchOne(
                database,
                sql: "SELECT id FROM frame WHERE camera_id = ? ORDER BY captured_at DESC, id DESC LIMIT 1",
                arguments: [camera])
        }
        var place = FramePlace.start
        while true {
            try Task.checkCancellation()
            var page = try await database.read { [place] database in
                try FrameOutline.page(
                    of: camera, after: place, before: end, limit: Self.pageLength, in: database)
            }
            guard let last = page.last else { return }
            place = last.place
            if last.id == newest, !last.isSafe { page[page.count - 1].protection = .newest }
            try await visit(page)
        }
    }
}
