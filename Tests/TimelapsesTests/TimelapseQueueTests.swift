import Archive
import Testing
import Timelapses
import Vocabulary

@Suite struct `The queue of timelapses` {
    private let noon = utc("2026-11-23 12:00")

    private func waiting(_ id: Int64, since minutes: Int, rule: String = "print") -> ArchivedTimelapse {
        var timelapse = ArchivedTimelapse(
            rule: rule, camera: .mk3, subject: .print(id), since: noon - .seconds(9000), until: noon,
            dueAt: noon + .seconds(60 * minutes))
        timelapse.id = id
        return timelapse
    }

    @Test func `takes the one that has waited longest, and what failed behind the others`() {
        var failed = waiting(1, since: -100)
        failed.begin(as: [])
        failed.fail("no room", hint: nil, at: noon - .seconds(6000))
        let queue = TimelapseQueue([failed, waiting(3, since: -1), waiting(2, since: -2)], at: noon)
        #expect(queue.next(at: noon, of: ["print"])?.id == 2)
        #expect(TimelapseQueue([failed], at: noon).next(at: noon, of: ["print"])?.id == 1)
        #expect(queue.next(at: noon, of: ["day"]) == nil, "a rule that is gone wants nothing")
    }

    @Test func `waits longer after each failure, and says until when`() {
        var timelapse = waiting(1, since: 0)
        var pauses: [Duration] = []
        for _ in 0..<7 {
            timelapse.begin(as: [])
            timelapse.fail("ffmpeg is not there", hint: "Install it.", at: noon)
            pauses.append(timelapse.nextTryAt - noon)
            #expect(!timelapse.isReady(at: timelapse.nextTryAt - .milliseconds(1)))
            #expect(timelapse.isReady(at: timelapse.nextTryAt))
        }
        #expect(pauses == [60, 300, 1800, 7200, 43_200, 86_400, 86_400].map { .seconds($0) })
        #expect(timelapse.reason == "ffmpeg is not there")
        let queue = TimelapseQueue([timelapse], at: noon)
        #expect(queue.nextInstant(after: noon, of: ["print"]) == noon + .seconds(86_400))
        #expect(queue.nextInstant(after: noon, of: []) == nil)
    }

    @Test func `does not wait for years where a failure was by a clock that was fast`() {
        var timelapse = waiting(1, since: 0)
        timelapse.begin(as: [])
        timelapse.fail("no", hint: nil, at: utc("2036-11-23 12:00"))
        #expect(timelapse.isReady(at: noon))
    }

    @Test func `goes on at once with what a kill cut, unless it is what kills`() throws {
        var timelapse = waiting(1, since: 0)
        for attempt in 1...4 {
            timelapse.begin(as: [.init(path: "/t/a.mp4")])
            let resumed = try #require(TimelapseQueue([timelapse], at: noon).waiting.first)
            #expect(resumed.state == .waiting)
            #expect(resumed.isReady(at: noon) == (attempt < 3), "attempt \(attempt)")
            #expect(resumed.files == timelapse.files)
            timelapse = resumed
        }
        #expect(timelapse.reason?.contains("ended 4 times") == true)
        #expect(timelapse.nextTryAt - noon == .seconds(300))
    }

    @Test func `counts nothing against what was taken back`() {
        var timelapse = waiting(1, since: 0)
        timelapse.begin(as: [])
        timelapse.putBack(at: noon)
        #expect(timelapse.attempts == 0)
        #expect(timelapse.isReady(at: noon))
    }
}

@Suite struct `What a rule keeps` {
    private let start = utc("2026-11-01 00:00")

    /// Of ten days, a hundred bytes each.
    private func made(pinned: Set<Int64> = [], camera: CameraName = .mk3, from first: Int64 = 1) -> [ArchivedTimelapse]
    {
        (first..<first + 10).map {
            .made($0, camera: camera, until: start + .seconds(86_400 * ($0 - first)), isPinned: pinned.contains($0))
        }
    }

    private var now: Timestamp { start + .seconds(86_400 * 10) }

    @Test func `is everything where nothing is said`() {
        #expect(TimelapseKeeping().removals(among: made(), at: now).isEmpty)
    }

    @Test func `is so many of each camera, beside those that are pinned`() {
        let both = made(pinned: [2, 9]) + made(camera: .mk4, from: 11)
        let gone = TimelapseKeeping(count: 3).removals(among: both, at: now).map(\.id)
        #expect(Set(gone) == [1, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 17])
    }

    @Test func `is what is no older, and the newest in any case`() {
        let gone = TimelapseKeeping(age: .seconds(86_400 * 4)).removals(among: made(pinned: [1]), at: now).map(\.id)
        #expect(gone == [2, 3, 4, 5, 6])
        #expect(TimelapseKeeping(age: .seconds(1)).removals(among: made(), at: now).map(\.id) == Array(1...9))
    }

    @Test func `is what fits, pinned ones counted`() {
        let gone = TimelapseKeeping(size: ByteCount(450)).removals(among: made(pinned: [1]), at: now).map(\.id)
        #expect(gone == [2, 3, 4, 5, 6, 7])
        #expect(TimelapseKeeping(size: ByteCount(1)).removals(among: made(), at: now).count == 9)
    }

    @Test func `goes by what it is of, and not by when it was made`() {
        var old = made()
        old[0].finish(files: [], poster: nil, frames: 1, length: nil, at: now)
        #expect(TimelapseKeeping(count: 9).removals(among: old, at: now).map(\.id) == [1])
    }
}
