internal import Archive
internal import GRDB
package import Storage
package import Vocabulary

/// Moves a stretch of frames in time, with the slots, prints and usage readings of that time.
///
/// All or nothing, and the archive's promises hold afterwards: no two slots share an instant, none is unaccounted for, totals are
/// what counting gives. Time in which nobody captured makes room; slots that were captured by another reckoning do not, and
/// refuse it.
package struct TimeShift: Hashable, Sendable {
    /// The stretch's first frame and its last one.
    package let frames: ClosedRange<FrameID>
    package let shift: Duration

    package init(frames: ClosedRange<FrameID>, by shift: Duration) {
        (self.frames, self.shift) = (frames, shift)
    }

    /// No clock is wrong by more.
    static let longest = Duration.seconds(200 * 366 * 86_400)
}

/// What a shift moved, or would.
package struct TimeShiftReport: Hashable, Sendable {
    package internal(set) var cameras = 0
    package internal(set) var frames = 0
    package internal(set) var slots = 0
    package internal(set) var prints = 0
    package internal(set) var usageReadings = 0
    /// When the earliest frame and the latest were captured, before and after.
    package internal(set) var before: ClosedRange<Timestamp>
    package internal(set) var after: ClosedRange<Timestamp>
}

/// Why a stretch cannot be moved.
package enum TimeShiftError: ExplainedError, Hashable {
    case noFrames(ClosedRange<FrameID>)
    case tooFar
    /// Slots are there that were captured by another reckoning.
    case occupied(camera: CameraName, from: Timestamp, until: Timestamp)

    package var label: String {
        switch self {
        case .noFrames: "no_frames"
        case .tooFar: "shift_too_far"
        case .occupied: "time_occupied"
        }
    }

    package var description: String {
        switch self {
        case .noFrames(let frames): "no captured frame has a number from \(frames.lowerBound) to \(frames.upperBound)"
        case .tooFar: "that is no time that a clock could have meant"
        case .occupied(let camera, let from, let until):
            "\(camera) has slots from \(from) until \(until), where the stretch would be moved to"
        }
    }

    package var hint: String {
        switch self {
        case .noFrames, .tooFar: "“printlapse times” lists the stretches."
        case .occupied: "Give another time, or move the stretch that is there first."
        }
    }
}

extension FrameArchive {
    /// Moves a stretch of frames in time.
    ///
    /// - Parameters:
    ///   - applies: whether to do so, or only to say what it would move.
    ///   - now: by this machine's clock.
    /// - Throws: ``TimeShiftError``, ``ArchiveError``
    package func shift(_ shift: TimeShift, at now: Timestamp, applies: Bool) throws -> TimeShiftReport {
        do {
            return try pool.writeWithoutTransaction { database in
                var report: TimeShiftReport?
                try database.inTransaction(.immediate) {
                    var move = try StretchMove(shift, now: now, in: database)
                    report = try move.apply()
                    return applies ? .commit : .rollback
                }
                guard let report else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
                return report
            }
        } catch let error as TimeShiftError {
            throw error
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}

extension TimeShiftReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("cameras", \.cameras),
        Field("frames", \.frames),
        Field("slots", \.slots),
        Field("prints", \.prints),
        Field("usage_readings", \.usageReadings),
        Field("from", \.before.lowerBound),
        Field("until", \.before.upperBound),
        Field("new_from", \.after.lowerBound),
        Field("new_until", \.after.upperBound),
    ]
}
