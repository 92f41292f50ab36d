package import Catalog
internal import NIOCore
package import Vocabulary

/// Finds the instants at which a rectangle of a camera's picture changed most, and the one at which it changed for good.
///
/// Pictures are decoded at 1/8 on threads of low priority, one for each core, and of a long row by far not all of them. No more than
/// some dozens of pictures are in memory.
package struct ChangeSearch: Sendable {
    /// A change between two frames.
    package struct Moment: Hashable, Sendable {
        /// When the first frame after it was captured.
        package let at: Timestamp
        package let frame: FrameID
        package let beforeFrame: FrameID
        /// 0 to 510.
        package let change: Int
    }

    package struct Result: Hashable, Sendable {
        /// How many frames the stretch has.
        package let frames: Int
        /// The greatest change first.
        package let moments: [Moment]
        /// The one after which it stayed as it was then.
        package let forGood: Moment?
    }

    /// How far it is.
    package struct Progress: Hashable, Sendable {
        package let done: Int
        /// About how many will be looked at.
        package let total: Int
        /// Of the frames that were looked at, without the first.
        package let times: [Timestamp]
        /// What changed to each from the one before.
        package let changes: [Int]
    }

    /// What becomes known.
    package enum News: Sendable {
        case progress(Progress)
        /// The last.
        case result(Result)
    }

    private let catalog: Catalog
    private let camera: CameraName
    private let region: PictureRegion
    private let since, until: Timestamp?
    private let mostEntries: Int

    package init(
        _ catalog: Catalog, camera: CameraName, region: PictureRegion, since: Timestamp? = nil, until: Timestamp? = nil
    ) {
        self.init(catalog, camera: camera, region: region, since: since, until: until, mostEntries: 500_000)
    }

    /// - Parameter mostEntries: of a longer row only each so-many-th frame is known by its number.
    init(
        _ catalog: Catalog, camera: CameraName, region: PictureRegion, since: Timestamp?, until: Timestamp?,
        mostEntries: Int
    ) {
        (self.catalog, self.camera, self.region) = (catalog, camera, region)
        (self.since, self.until, self.mostEntries) = (since, until, mostEntries)
    }

    /// Looks as long as somebody reads this.
    package var news: AsyncThrowingStream<News, any Error> {
        // Who reads slowly gets what is newest.
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(2)) { continuation in
            let task = Task {
                do {
                    let result = try await result { continuation.yield(.progress($0)) }
                    continuation.yield(.result(result))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Looks, and calls `told` several times a second.
    ///
    /// - Throws: ``PictureRegionError`` where the rectangle lies outside of the newest picture.
    package func result(told: (Progress) async throws -> Void = { _ in }) async throws -> Result {
        let newest = try await catalog.frames(
            FrameQuery(camera: camera, since: since, until: until, limit: 1, order: .newestFirst)
        ).first
        guard let newest else { return Result(frames: 0, moments: [], forGood: nil) }
        let size = try await catalog.standingSize(of: newest)
        guard region.lies(in: size) else { throw PictureRegionError(region: region, picture: size) }
        let row = try await FrameRow(
            ReelQuery(of: .camera(camera), since: since, until: until, limit: 0), in: catalog, most: mostEntries)
        let reader = RegionReader(catalog, region, drawnOn: size)
        let hunt = try await hunted(row, reader, told)
        var moments: [Moment] = []
        for find in hunt.finds { moments.append(try await moment(find, row, reader)) }
        var forGood: Moment?
        if let lasting = hunt.lasting { forGood = try await moment(lasting, row, reader) }
        return Result(frames: row.total, moments: moments, forGood: forGood)
    }

    private func hunted(
        _ row: FrameRow, _ reader: RegionReader, _ told: (Progress) async throws -> Void
    ) async throws -> ChangeHunt {
        var hunt = ChangeHunt(count: row.entries.count)
        var toldAt = ContinuousClock.now
        while true {
            let places = hunt.next()
            if places.isEmpty { break }
            let views = try await reader.views(of: places.map { row.entries[$0].id })
            for (place, view) in zip(places, views) { hunt.take(place, view) }
            if toldAt.duration(to: .now) >= .milliseconds(200) {
                try await told(progress(hunt, row, total: max(hunt.done, hunt.expected)))
                toldAt = .now
            }
        }
        try await told(progress(hunt, row, total: hunt.done))
        return hunt
    }

    private func progress(_ hunt: ChangeHunt, _ row: FrameRow, total: Int) -> Progress {
        Progress(
            done: hunt.done, total: total, times: hunt.known.dropFirst().map { row.entries[$0.place].capturedAt },
            changes: hunt.changes)
    }

    /// A find by its frames. Where the row has only each so-many-th frame, those in between are looked at now.
    private func moment(_ find: ChangeHunt.Find, _ row: FrameRow, _ reader: RegionReader) async throws -> Moment {
        let (before, after) = (row.entries[find.before], row.entries[find.after])
        guard row.step > 1 else { return Moment(before, after, find.change) }
        var query = ReelQuery(of: .camera(camera), limit: row.step * (find.after - find.before) + 1)
        query.after = FrameCursor(capturedAt: before.capturedAt, id: before.id)
        let between = try await catalog.entries(query).entries.filter { $0 <= after }
        let part = FrameRow(entries: [before] + between)
        let hunt = try await hunted(part, reader) { _ in }
        guard let finer = hunt.lasting ?? hunt.finds.first else { return Moment(before, after, find.change) }
        return Moment(part.entries[finer.before], part.entries[finer.after], find.change)
    }
}

extension ChangeSearch.Moment {
    fileprivate init(_ before: Reel.Entry, _ after: Reel.Entry, _ change: Int) {
        self.init(at: after.capturedAt, frame: after.id, beforeFrame: before.id, change: change)
    }
}

/// A camera's frames by number and time, or each so-many-th of them.
private struct FrameRow: Sendable {
    let entries: [Reel.Entry]
    /// How many frames stand for each.
    let step: Int
    let total: Int

    init(entries: [Reel.Entry]) { (self.entries, step, total) = (entries, 1, entries.count) }

    init(_ query: ReelQuery, in catalog: Catalog, most: Int) async throws {
        let expected = try await catalog.count(of: query)
        let step = expected / most + 1
        var (entries, count) = ([Reel.Entry](), 0)
        var page = query
        page.limit = 20_000
        while true {
            try Task.checkCancellation()
            let reel = try await catalog.entries(page)
            for entry in reel.entries {
                if count % step == 0 { entries.append(entry) }
                count += 1
            }
            guard let next = reel.next else {
                // The last one is how it ended.
                if let last = reel.entries.last, entries.last != last { entries.append(last) }
                break
            }
            page.after = next
        }
        (self.entries, self.step, total) = (entries, step, count)
    }
}

/// The rectangle that was asked about is in no picture.
package struct PictureRegionError: ExplainedError {
    package let region: PictureRegion
    package let picture: PixelSize

    package var label: String { "no_such_region" }
    package var description: String { "the region \(region) lies outside of the picture, which has \(picture) pixels" }
    package var hint: String { "Give x,y,width,height in pixels of the picture as it is shown." }
}
